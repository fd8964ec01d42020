import { bestOf, type Kit, LEAST_CONFIDENCE } from './handler.js'
import { hasSubstance } from './question/lean.js'
import type { Content, Question } from './question/model.js'

/** A statement that covers so much of a question holds all that it joins. */
const COVERS_ALL = 0.85
/** What each of several joined things must reach to be answered apart. */
const FOUND_APART = 0.7
const MOST_APART = 8

/** A question as the questions that are answered one by one: each year, and each of several things that no one statement holds. */
export function askedApart(question: Question, kit: Kit): Question[] {
  return byYear(question, kit).flatMap((q) => byGroup(q, kit))
}

/** A question about both years is asked of each. */
function byYear(question: Question, { report, find }: Kit): Question[] {
  const { resultYear, planYear } = report
  const compares = question.cues.has('compare') && question.years.every((y) => y === resultYear || y === planYear)
  const known = compares && (find(question)[0]?.coverage ?? 0) >= LEAST_CONFIDENCE
  if (known && !question.groups && hasSubstance(question))
    return [resultYear, planYear].map((year) => ({ ...question, years: [year], apart: true }))
  if (!question.years.includes(resultYear) || !question.years.includes(planYear)) return [question]
  return [resultYear, planYear].map((year) => ({ ...question, years: [year], apart: true }))
}

/** 食品抽检和药品抽检各多少批: where no statement holds both things and each has one of its own, they are asked apart. */
function byGroup(question: Question, { find }: Kit): Question[] {
  if ((bestOf(find(question))?.coverage ?? 0) >= COVERS_ALL) return [question]
  const everywhere = (c: Content) => c.required === true && !c.indicator
  const indicators = question.contents.filter((c) => c.indicator)
  const groupOf = (c: Content) =>
    `${c.group} ${c.indicator ? indicators.filter((i) => i.group === c.group).indexOf(c) : 0}`
  const groups = [...new Set(question.contents.filter((c) => !everywhere(c)).map(groupOf))]
  if (groups.length < 2 || groups.length > MOST_APART) return [question]
  const apart = groups.map((group) => ({
    ...question,
    contents: question.contents.filter((c) => everywhere(c) || groupOf(c) === group),
    inherited: [...question.inherited, ...question.contents.filter((c) => !everywhere(c) && groupOf(c) !== group)],
    groups: 0,
    apart: true,
  }))
  const each = apart.filter((q) => q.contents.some((c) => c.weight > 0.3))
  const allFound = each.every((q) => (bestOf(find(q))?.coverage ?? 0) >= FOUND_APART)
  return each.length > 1 && allFound ? each : [question]
}
