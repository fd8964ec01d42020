import { boundAt, boundOf } from './contrast.js'
import type { Kit } from './handler.js'
import type { Mention, Question } from './question/model.js'
import type { Figure } from './report/model.js'

/** In years; more is the number of a year. */
const LONGEST_SPAN = 100
/** 将近30亿 may be short of it by so much. */
const SHORT_OF = 0.05

/** The same amount: equal in value and unit, or equal once both are turned into the dimension's base unit. */
export function isSame(mention: Mention, figure: Figure, kit: Kit): boolean {
  if (figure.value === undefined || (figure.kind === 'date' && !isSpan(mention, figure))) return false
  const order = compare(mention, figure, kit)
  if (order === undefined || (order !== 0 && !isOfScale(mention, figure))) return false
  const { statement } = figure
  const [from, to] = [figure.from - statement.from, figure.to - statement.from]
  const stated = boundAt(statement.text, from, to) ?? figure.qualifiers.map(boundOf).find(Boolean)
  // 突破400万吨 is not what 突破4000万吨 says, though it follows from it.
  if (order !== 0 && stated === mention.bound) return false
  if (order < 0 && mention.bound === 'near') return order >= -SHORT_OF * mention.value * scaleOf(mention, kit)
  if (order !== 0) return (mention.bound === 'above' && order > 0) || (mention.bound === 'below' && order < 0)
  return (
    mention.bound === undefined ||
    mention.bound === stated ||
    (mention.bound !== 'above' && mention.bound !== 'below' && !stated)
  )
}

function scaleOf({ unit }: Mention, { language }: Kit): number {
  return language.units.get(unit)?.factor ?? 1
}

/** 连续4年 is a length of time and can be claimed; a year cannot. */
function isSpan({ dimension, unit }: Mention, figure: Figure): boolean {
  return dimension === 'time' && unit === figure.unit && figure.value! < LONGEST_SPAN
}

/** 没到4000亿 bounds an amount in 亿, not the rate beside it. */
function isOfScale({ text, unit }: Mention, figure: Figure): boolean {
  return unit !== '' || figure.text.includes(/[万亿]/.exec(text)?.[0] ?? '')
}

/** How the figure's amount stands to the number claimed: below 0 less, above 0 more; undefined where they measure different things. */
function compare(mention: Mention, figure: Figure, { language }: Kit): number | undefined {
  const value = figure.value!
  if (!mention.unit || mention.unit === figure.unit) return value - mention.value
  // 500万元/月: whether a month is meant is seen from the claim's other words.
  const [unit] = mention.unit.includes('/') ? [figure.unit] : figure.unit.split('/')
  if (unit === mention.unit) return value - mention.value
  const [a, b] = [language.units.get(mention.unit), language.units.get(unit!)]
  if (a?.dimension !== b?.dimension) return undefined
  if (!a || !b || a.dimension === 'count') return value - mention.value
  // No rate of exchange is known.
  if (a.dimension === 'money' && [mention.unit, figure.unit].some((unit) => !/^(?:元|人民币)$/.test(unit)))
    return undefined
  const [claimed, stated] = [a.factor * mention.value, b.factor * value]
  return Math.abs(stated - claimed) < 1e-6 * stated ? 0 : stated - claimed
}

/** What the sentence says of the figure since the figure before it; dates and numbers in names measure nothing (连续4年保持在4000户). */
export function leadOf({ from, statement, sentence }: Figure): string {
  const before = statement.figures.filter((f) => f.from < from && f.kind !== 'date' && f.kind !== 'name')
  return sentence.text.slice(Math.max(statement.from, ...before.map((f) => f.to)), from)
}

/** What the claim says of a number since the clause or item before it. */
export function clauseBefore({ text }: Question, mention: Mention): string {
  return /[^，、；]*$/.exec(text.slice(0, text.indexOf(mention.text)))![0]
}
