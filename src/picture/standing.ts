import { anyOf, readReportLanguage } from '../knowledge/language.js'
import type { ReplyFigure } from '../reply/model.js'
import { kindTeller } from '../report/kinds.js'
import type { FigureKind } from '../report/model.js'
import { rows } from './rows.js'

/** How a figure stands in its quotation. */
export interface Standing {
  kind: FigureKind
  /** In the base unit; a decline is below zero. */
  value: number
  /** As printed, with its hedges, and with the word that makes it a decline. */
  label: string
  /** Belongs to a project as a whole, not to a year. */
  isWhole: boolean
}

const language = readReportLanguage()
const { grow, fall, project } = language.figures
const { before, after } = language.qualifiers
const kindOf = kindTeller(language)
const CHANGE = new RegExp(`负?(?:${anyOf([...grow, ...fall])})`, 'g')
const FALL = new RegExp(`^(?:负.+|${anyOf(fall)})$`)
/** What may stand between the word of change and its rate: a hedge, or the rates before it (分别下降2%、3%). 降到3% is a level. */
const BETWEEN = new RegExp(`^(?:了|为|达|约|${anyOf([...before, ...after])}|[-−－\\d.]+[%％]|[、和与])*$`)
const LEADING = new RegExp(`(?:${anyOf(before)})$`)
const SPAN = new RegExp(anyOf(rows.spans))
const WHOLE = new RegExp(anyOf(rows.whole))
const ITS_PROJECT = new RegExp(`^(?:以上)?(?:的)?[^，；。：、]{0,40}?(?:${anyOf(project)})`)
/** What the reply's names of rates have at their end, and the quotation has not. */
const RATE_TAIL = /增速$/
const BASE_YEAR = /[比较](\d{4})年/

/**
 * Reads the figure where it is quoted. The reply's figure has the size of a change, its quotation whether that was up or down.
 * Undefined where it is not found there, or where what is said of it is no single year's.
 */
export function standingOf(figure: ReplyFigure, quote: string): Standing | undefined {
  const name = figure.metric.replace(RATE_TAIL, '')
  const found = placesOf(figure.text, quote).map((at) => ({ at, distance: distanceTo(name, quote, at, figure.text) }))
  const nearest = Math.min(...found.map(({ distance }) => distance))
  const readings = found.filter(({ distance }) => distance === nearest).map(({ at }) => readAt(figure, quote, at))
  const [first] = readings
  // The same number more than once, and nothing tells which is meant: only what is true of each.
  return readings.every((r) => JSON.stringify(r) === JSON.stringify(first)) ? first : undefined
}

/** Where the text stands as a number of its own: 5% is not found in 15%. */
function placesOf(text: string, quote: string): number[] {
  const places: number[] = []
  for (let at = quote.indexOf(text); at >= 0; at = quote.indexOf(text, at + 1))
    if (!/[\d.]/.test(quote[at - 1] ?? '')) places.push(at)
  return places
}

function distanceTo(name: string, quote: string, at: number, text: string): number {
  const before = name ? quote.lastIndexOf(name, at - name.length) : -1
  if (before >= 0) return at - before - name.length
  const behind = name ? quote.indexOf(name, at + text.length) : -1
  return behind >= 0 ? quote.length + behind - at : 2 * quote.length
}

function readAt(figure: ReplyFigure, quote: string, at: number): Standing | undefined {
  const { text, unit, value = 0 } = figure
  const [left, right] = [quote.slice(0, at), quote.slice(at + text.length)]
  const clause = /[^，；。]*$/.exec(left)![0]
  const dimension = (language.units.get(unit) ?? language.units.get(unit.split('/')[0]!))?.dimension ?? ''
  const kind = kindOf({ left, right, unit, dimension, value, chinese: !/\d/.test(text) })
  const changed = kind === 'growth' || kind === 'points'
  const base = BASE_YEAR.exec(clause)?.[1]
  if (SPAN.test(/[^；。]*$/.exec(left)![0])) return undefined
  if (changed && base !== undefined && Number(base) !== Number(figure.period) - 1) return undefined
  const word = changed ? [...clause.matchAll(CHANGE)].at(-1) : undefined
  const between = word ? clause.slice(word.index + word[0].length) : ''
  if (changed && (!word || !BETWEEN.test(between) || rows.downward.includes(word[0]))) return undefined
  const falls = word !== undefined && FALL.test(word[0])
  // 提高12个百分点: without its word a difference reads like a level.
  const spoken = falls || kind === 'points' ? word![0] : ''
  return {
    kind,
    value: falls ? -Math.abs(value) : value,
    label: spoken + labelOf(figure, left, right),
    isWhole: dimension === 'money' && (WHOLE.test(clause) || (kind === 'investment' && ITS_PROJECT.test(right))),
  }
}

/** The text with its hedges: those that stand right before or behind it where they stand, the others in brackets. */
function labelOf({ text, qualifier }: ReplyFigure, left: string, right: string): string {
  const hedges = qualifier.split(' ').filter((hedge) => hedge && !text.includes(hedge))
  const lead = hedges.find((hedge) => LEADING.exec(left)?.[0] === hedge)
  const trail = hedges.find((hedge) => right.startsWith(hedge))
  const apart = hedges.filter((hedge) => hedge !== lead && hedge !== trail)
  return `${lead ?? ''}${text}${trail ?? ''}${apart.map((hedge) => `（${hedge}）`).join('')}`
}
