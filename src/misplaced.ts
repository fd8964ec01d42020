import { clauseBefore, isSame, leadOf } from './amount.js'
import { CONTRASTS } from './contrast.js'
import type { Kit } from './handler.js'
import type { Content, Mention, Question } from './question/model.js'
import { fold } from './question/normalize.js'
import { itemsOf } from './reply/headline.js'
import type { Figure } from './report/model.js'
import type { Evidence } from './search/evidence.js'

/** A lighter word tells no thing from its neighbours. */
const HEAVY = 0.5

/**
 * Whether a claim's number, though the statement holds it, is told there of something else: of another item of the enumeration
 * (甲年产3万吨、乙年产5万吨), of what the next statement of the sentence names, or as an amount where the claim tells an increase.
 */
export function isMisplaced(question: Question, evidence: Evidence, mentions: Mention[], kit: Kit): boolean {
  if (mentions.length && isOfSibling(question, evidence)) return true
  return mentions.some((mention) => {
    const figure = evidence.statement.figures.find((f) => isSame(mention, f, kit))
    return figure !== undefined && (isOfOtherItem(question, figure) || isToldOtherwise(question, mention, figure))
  })
}

/** What the claim names stands in another measured item of the enumeration than the number. */
function isOfOtherItem(question: Question, figure: Figure): boolean {
  const items = itemsOf(figure.statement.text).map(fold)
  const own = items.findIndex((item) => item.includes(fold(figure.text)))
  if (items.length < 2 || own < 0) return false
  return namesOf(question).some((content) => {
    const holders = items.flatMap((item, i) => (content.alternatives.some((a) => item.includes(a)) ? [i] : []))
    return holders.length > 0 && !holders.includes(own) && holders.every((i) => /\d/.test(items[i]!))
  })
}

/** 甲年产5万吨线缆, where 甲 stands in one measured item of the enumeration and the cable in another. */
export function isSplit(question: Question, { statement }: Evidence): boolean {
  const items = itemsOf(statement.text).map(fold)
  if (items.length < 2 || question.groups > 0) return false
  const held = question.contents
    .filter((c) => c.weight >= HEAVY && c.text.length > 1 && !c.relational && !c.aspect)
    .map((c) => items.flatMap((item, i) => (c.alternatives.some((a) => item.includes(a)) ? [i] : [])))
    .filter((holders) => holders.length > 0 && holders.every((i) => /\d/.test(items[i]!)))
  return held.some((a) => held.some((b) => !a.some((i) => b.includes(i))))
}

/** What the claim names stands only in another statement of the sentence, which has a number of its own. */
function isOfSibling(question: Question, { statement, passage }: Evidence): boolean {
  const siblings = statement.sentence.statements.filter(
    (s) => s !== statement && s.figures.some((f) => f.kind !== 'name' && f.kind !== 'date' && f.kind !== 'threshold'),
  )
  return namesOf(question).some(
    (content) =>
      !content.alternatives.some((a) => passage.own.includes(a)) &&
      siblings.some((s) => fold(s.text).includes(content.text)),
  )
}

/** 增加了12亿元 of what is 12亿元 in all, or 总数4000户 of what is an increase. */
function isToldOtherwise(question: Question, mention: Mention, figure: Figure): boolean {
  const claimed = clauseBefore(question, mention)
  const told = leadOf(figure)
  const holds = (words: string[], where: string) => words.some((word) => where.includes(word))
  const { changing, total } = CONTRASTS
  if (holds(changing, claimed) && !holds(changing, told) && figure.kind !== 'growth' && figure.kind !== 'points')
    return true
  return holds(total, claimed) && holds(changing, figure.statement.text)
}

/** What the claim is about, its numbers and what is told of things left out. */
function namesOf({ contents, mentions }: Question): Content[] {
  return contents.filter(
    (c) =>
      c.weight >= HEAVY &&
      c.text.length > 1 &&
      !c.number &&
      !c.relational &&
      !c.aspect &&
      !mentions.some((m) => c.text.includes(m.text)),
  )
}
