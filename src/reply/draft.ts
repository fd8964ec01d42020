import type { Outcome } from '../doubt.js'
import type { Figure, Section, Statement } from '../report/model.js'

/** One of several things told, and the statement it stands in. */
export interface Item {
  text: string
  statement: number
}

/** What a handler found, before it is put into words for a channel. */
export interface Draft {
  kind: 'answer' | 'choose' | 'not_found' | 'chat'
  intent: string
  headline: string
  /** Statements to quote, the most telling first. */
  statements: Statement[]
  /** Figures that the headline states. */
  figures: Figure[]
  /** Lines below the headline, already in the bot's words; numerals in them must be quoted ones. */
  lines: string[]
  /** Headings that are told, and so cited, as they stand. */
  headings: Section[]
  options: string[]
  /** Items that 第二个 can point at. */
  items: Item[]
  /** Of a list's second page and those after it. */
  goesOn?: boolean
  /** Of a claim: whether the report bears it out. */
  verdict?: Outcome
  /** How sure the handler is: the share of the question that its evidence covers, 0 to 1, and up to 1.5 for what names its kind outright. */
  confidence: number
}

export function draft(part: Partial<Draft> & Pick<Draft, 'kind' | 'intent' | 'headline'>): Draft {
  return {
    statements: [],
    figures: [],
    lines: [],
    headings: [],
    options: [],
    items: [],
    confidence: 0,
    ...part,
  }
}
