import { anyOf } from '../knowledge/language.js'
import { rows } from './rows.js'

const HEADS = new RegExp(`^(?:${anyOf(rows.heads)})(?=.{4})`)
const TAILS = new RegExp(`(?:${anyOf(rows.tails)})$`)
const BROKEN = new RegExp(anyOf(rows.broken))
const YEAR_TAIL = new RegExp(`^(?:${anyOf(rows.yearTail)})(?=.{3})`)
const RATE = '率'
/** A name stands by itself: it does not begin or end with a mark or a joining word, and its brackets close. */
const WHOLE_NAME = /^(?![的以之和与及])[\p{L}\p{N}“《][^。；，]*[\p{L}\p{N}）”》](?<![的和与及是])$/u

/** What a metric is called in a chart, without what only hedges it and, but for a rate, what is done to it; undefined where that is no name. */
export function nameOf(metric: string, quote: string, isRate: boolean): string | undefined {
  const behindYear = quote.includes(`年${metric}`)
  let name = behindYear ? metric.replace(YEAR_TAIL, '') : metric
  for (let cut = name; ; name = cut) {
    cut = (isRate ? name : name.replace(HEADS, '')).replace(TAILS, '')
    if (cut === name) break
  }
  const isName = WHOLE_NAME.test(name) && closes(name) && !BROKEN.test(name) && !rows.vague.includes(name)
  return isName ? name : undefined
}

/** The same for every wording of one thing. */
export function keyOf(name: string): string {
  return Object.entries(rows.same).reduce((key, [word, instead]) => key.replace(word, instead), name)
}

/** Whether the names have two characters in a row in common that say what they name, or both name a rate. */
export function isRelated(a: string, b: string): boolean {
  if (a.at(-1) === RATE && b.at(-1) === RATE) return true
  return [...a].some((_, i) => {
    const pair = a.slice(i, i + 2)
    return pair.length === 2 && !rows.unrelated.includes(pair) && b.includes(pair)
  })
}

function closes(name: string): boolean {
  return ['（）', '“”', '《》'].every(([open, close]) => name.split(open!).length === name.split(close!).length)
}
