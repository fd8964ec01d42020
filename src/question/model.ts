import type { Bound } from '../contrast.js'
import type { Cue, Entry, Indicator } from '../knowledge/lexicon.js'

/** A part of a question that says what it is about; the report has to match it. */
export interface Content {
  text: string
  /** What the report may print for it, the text itself first. */
  alternatives: string[]
  /** How much it counts, from 0 (could be missing) upwards. */
  weight: number
  /** Printed in the report as it stands, known by a row, or neither. */
  source: 'report' | 'row' | 'unknown'
  indicator?: Indicator
  /** A statement that does not match it cannot be the answer: a place, an indicator. */
  required?: boolean
  /** What is counted or measured (多少员工, 利润多少): a statement that does not name it tells something else. */
  counted?: boolean
  /** A place or a span of time: nothing like it will do, nor its being named elsewhere in the sentence. */
  exact?: boolean
  /** Only its very words will do (环评, 利润). */
  demanded?: boolean
  /** Says what is measured (增速, 面积) rather than of what. */
  aspect?: boolean
  /** Told of a thing and hardly a thing itself (投资, 规模): behind a named thing it is asked of that. */
  relational?: boolean
  /** A verb, which says what is done and not what is measured. */
  verbal?: boolean
  /** A number, which no longer number holds. */
  number?: boolean
  /** Which of the things joined by 和, 跟 it belongs to. */
  group: number
}

/** A number that the question names: 3593项, 12.1%, 一百五十万只. `unit` is '' where none is said. */
export interface Mention {
  text: string
  value: number
  unit: string
  dimension: string
  /** 不到1%, 超过5000万: what is claimed is a bound. */
  bound?: Bound
}

/** What is wanted of a figure: a dimension of units.yaml, or growth, rank. */
export type Want = string

/** One thing asked. A message holds one or more. */
export interface Question {
  text: string
  contents: Content[]
  /** Years asked for by number or by 去年, 今年. */
  years: number[]
  /** A leaning to results or plans without a year. */
  leaning: 'result' | 'plan' | undefined
  wants: Want[]
  /** The measure word after 多少 or 几, where one is said: 几座, 多少条. */
  classifiers: string[]
  cues: Set<Cue>
  mentions: Mention[]
  /** Indicators that come close to a word of the question without being the same (税收: 一般公共预算收入). */
  nearest: Indicator[]
  /** A place other than the report's. */
  foreignPlace: string | undefined
  /** Whether the report's own place is named, which ends talk of another. */
  ownPlace: boolean
  /** Words of an entry with a cue, as typed, for --explain. */
  words: { text: string; entry: Entry | 'report' | 'unknown' }[]
  /** Contents taken over from the conversation: a match counts, a miss does not. */
  inherited: Content[]
  /** What kind of thing is to be named: 国家 of 哪些国家. */
  classNoun: string | undefined
  /** A later part of a message, which speaks of the same thing as the part before it. */
  dependent: boolean
  /** One of several questions that were asked as one. */
  apart: boolean
  /** What is wanted was only taken over from the question before. */
  softWants: boolean
  /** The sentence that the answer before cited, for a question that leans on it. */
  anchor: number | undefined
  /** Of A比B高, the place in `contents` where B begins. */
  than: number | undefined
  /** How many times 和, 跟 or 、 joined things. */
  groups: number
}
