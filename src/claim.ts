import { clauseBefore, isSame, leadOf } from './amount.js'
import { CONTRASTS, contrasts } from './contrast.js'
import { type Outcome, outcomeOf } from './doubt.js'
import type { Kit } from './handler.js'
import { anyOf } from './knowledge/language.js'
import { STAGES } from './knowledge/stages.js'
import { isMisplaced } from './misplaced.js'
import { shareOfPairs } from './pairs.js'
import type { Content, Mention, Question } from './question/model.js'
import { namedItems } from './reply/headline.js'
import { frontOf } from './report/front.js'
import type { Figure } from './report/model.js'
import type { Evidence } from './search/evidence.js'

export interface Verdict {
  outcome: Outcome
  /** The statements that decide it, the first to be told. */
  told: Evidence[]
}

const OTHER = [CONTRASTS.scope, CONTRASTS.change]
const ALL = new RegExp(anyOf(CONTRASTS.extent[0]!))
const ONLY = new RegExp(`(?:${anyOf(CONTRASTS.only)})[^，。]{0,14}一[家个处项所款名](?!企业|人)|唯一`)
const NEAR = 0.15
/** The number must stand in a statement that the claim names as well as any. */
const NEAREST = 0.05
const ENOUGH = 0.5
/** A run of the report this rare names one thing. */
const NAMED = 1

/** Holds a claim against the statements nearest to it; undefined where the report says nothing of the kind. */
export function judgeClaim(question: Question, kit: Kit): Verdict | undefined {
  // The title and the meeting tell nothing that could bear a claim out.
  const { lines } = frontOf(kit.report)
  const evidence = kit
    .find(withoutNumbers(question))
    .filter((e) => e.able && e.coverage >= ENOUGH && !lines.includes(e.statement.sentence))
    .filter((e, _, all) => e.statement.tense !== 'definition' || isFuller(e, all) || holdsAll(e, question, kit))
  const top = evidence[0]
  if (!top) return undefined
  const timely = evidence.filter((e) => e.inTime)
  const near = (timely.length ? timely : evidence).filter((e) => e.coverage >= (timely[0] ?? top).coverage - NEAR)
  const claims = question.mentions.filter((m) => !isThing(m, question, near[0]!))
  const nearest = near.filter((e) => e.coverage >= near[0]!.coverage - NEAREST)
  const isJoint = claims.length > 1 || question.dependent
  const held = claims.map(
    (m) =>
      nearest.find((e) => e.statement.figures.some((f) => isSame(m, f, kit) && isMeant(f, m, question, e))) ??
      (isJoint ? besideIn(near[0]!, m, evidence, kit) : undefined),
  )
  if (claims.length) {
    const same = held[0]
    if (held.every(Boolean) && same!.inTime) {
      if (claims.some((m, i) => isMisplaced(question, held[i]!, [m], kit)))
        return { outcome: 'open', told: held as Evidence[] }
      const other = claims.map((m) => meantElsewhere(m, same!, evidence)).find(Boolean)
      if (other) return { outcome: 'open', told: [same!, other] }
      const told = [...new Set(held as Evidence[])]
      const outcomes = told.map((e) => (isContrary(question, e) ? 'wrong' : outcomeOf(question, e, kit)))
      const wrong = told[outcomes.indexOf('wrong')]
      return wrong
        ? { outcome: 'wrong', told: [wrong] }
        : { outcome: outcomes.find((o) => o === 'open') ?? 'right', told }
    }
    const wrong = claims[held.findIndex((h) => !h)] ?? claims[0]!
    const measures = (e: Evidence) =>
      e.statement.figures.some((f) => f.kind !== 'name' && f.kind !== 'threshold' && f.dimension === wrong.dimension)
    const beside = isJoint ? evidence.filter((e) => e.statement.sentence === near[0]!.statement.sentence) : []
    const alike = [...near, ...beside].find(measures) ?? near[0]!
    // 去年增长20%: where the number stands under another year, that is shown beside it.
    const elsewhere = evidence.find((e) => e !== alike && e.statement.figures.some((f) => isSame(wrong, f, kit)))
    return { outcome: 'wrong', told: elsewhere ? [alike, elsewhere] : [alike] }
  }
  const short = ALL.test(question.text) ? near.find((e) => fallsShort(e, question)) : undefined
  if (short) return { outcome: 'wrong', told: [short] }
  const best = near[0]!
  const named = nameOf(question, best)
  const own = named && kit.find(withoutNumbers(question)).find((e) => !e.unmet.some((c) => c.text === named.text))
  if (own) return { outcome: 'open', told: [own, best] }
  if (!best.inTime || otherYear(question, best)) return { outcome: 'wrong', told: [best] }
  if (
    direction(question, best) ||
    [CONTRASTS.level, CONTRASTS.extent].some((rows) => contrasts(question.text, best.passage.own, rows))
  )
    return { outcome: 'wrong', told: [best] }
  if (isOnly(question) && namedItems(best.statement).length > 1) return { outcome: 'wrong', told: [best] }
  const stage = otherStage(question, best, kit)
  if (stage) return { outcome: 'wrong', told: [...stage, best] }
  // What the report prints nowhere (跟另一所大学合作) may be just what is wrong with the claim.
  if (best.unmet.some((c) => !c.alternatives.some((a) => kit.index.attests(a)))) return undefined
  return { outcome: outcomeOf(question, best, kit), told: [best] }
}

/** 签约34个、460.1亿元: the second number stands beside the first in its sentence, the only one of its dimension there. */
function besideIn(first: Evidence, mention: Mention, evidence: Evidence[], kit: Kit): Evidence | undefined {
  const measures = first.statement.sentence.figures.filter((f) => f.kind !== 'name' && f.kind !== 'threshold')
  const same = measures.find((f) => isSame(mention, f, kit))
  if (!same || measures.filter((f) => f.dimension === same.dimension).length > 1) return undefined
  return evidence.find((e) => e.statement === same.statement) ?? first
}

/** The name that the claim is about and the statement lacks (某店 of 某店评上示范餐厅): what the report says of it has to be shown. */
function nameOf({ contents }: Question, { unmet }: Evidence): Content | undefined {
  const heaviest = contents.filter((c) => c.source === 'report' && c.text.length > 2 && c.weight >= NAMED)
  return heaviest.find((c) => unmet.includes(c))
}

/** 去年增长18%以上 follows from 31.2%, but is the goal of the other year: both have to be shown. */
function meantElsewhere(mention: Mention, same: Evidence, evidence: Evidence[]): Evidence | undefined {
  const isExact = ({ statement }: Evidence) =>
    statement.figures.some((f) => f.value === mention.value && f.unit === mention.unit)
  return mention.bound && !isExact(same) ? evidence.find((e) => e.able && !e.inTime && isExact(e)) : undefined
}

/** A definition is told only where it covers more of the claim than any result or plan. */
function isFuller(defined: Evidence, all: Evidence[]): boolean {
  return all.every((e) => e.statement.tense === 'definition' || defined.coverage - e.coverage >= NEAR)
}

/** Several numbers claimed at once, all of them in the one definition (66个社区、49个村). */
function holdsAll({ statement }: Evidence, { mentions }: Question, kit: Kit): boolean {
  return mentions.length > 1 && mentions.every((m) => statement.figures.some((f) => isSame(m, f, kit)))
}

/** A number that only names the thing (46个重大项目) is no claim. */
function isThing(mention: Mention, question: Question, best: Evidence): boolean {
  if (mention.bound) return false
  const content = question.contents.find(
    (c) => c.text.includes(mention.text) && !c.text.endsWith(mention.text) && c.text.length > mention.text.length + 1,
  )
  return content !== undefined && best.passage.own.includes(content.text)
}

function withoutNumbers(question: Question): Question {
  return {
    ...question,
    contents: question.contents.flatMap((c) => {
      const claimed = question.mentions.find((m) => isClaimedIn(m, c))
      return claimed ? beforeNumber(c, claimed) : [c]
    }),
    wants: [],
  }
}

/** 控制在3‰以内, though the report prints it somewhere, is an amount and no name. */
function isClaimedIn({ text, bound }: Mention, content: Content): boolean {
  return content.text.includes(text) && (bound !== undefined || content.text.endsWith(text))
}

/** What the content names before its number. */
function beforeNumber(content: Content, { text: number }: Mention): Content[] {
  const text = content.text.slice(0, content.text.indexOf(number))
  return text.length > 1
    ? [{ ...content, text, alternatives: [text], weight: (content.weight * text.length) / content.text.length }]
    : []
}

/** Of two figures of one kind in a statement (占比和普惠率分别突破52%和96%), the claim means the one whose metric it names better. */
function isMeant(figure: Figure, mention: Mention, question: Question, { statement }: Evidence): boolean {
  const per = figure.unit.split('/')[1]
  if (per && !question.text.includes(per)) return false
  // 新增8家以上，达到50家: 新增50家 means neither.
  const [claimed, lead] = [clauseBefore(question, mention), leadOf(figure)]
  const { changing, reached } = CONTRASTS
  const holds = (words: string[], text: string) => words.some((word) => text.includes(word))
  if (holds(changing, claimed) && !holds(reached, claimed) && holds(reached, lead)) return false
  // 66个社区和49个村: what stands behind the number says which is meant.
  const noun = question.text.slice(question.text.indexOf(mention.text) + mention.text.length)[0] ?? ''
  const isOf = (f: Figure) => f.metric.includes(noun)
  const counted = statement.figures.filter((f) => f.dimension === figure.dimension)
  if (noun && counted.length > 1 && counted.some(isOf)) return isOf(figure)
  const paired = statement.text.includes('分别')
  const rivals = statement.figures.filter(
    (f) =>
      f !== figure &&
      f.metric !== figure.metric &&
      (paired || (f.dimension === figure.dimension && f.kind === figure.kind)),
  )
  return rivals.every((rival) => named(rival, question) <= named(figure, question))
}

function named(figure: Figure, question: Question): number {
  return shareOfPairs(figure.metric, question.text)
}

/** Told the other way (下降 of what grew), of another span of time, or as a change of what it came to. */
function isContrary(question: Question, evidence: Evidence): boolean {
  return direction(question, evidence) || OTHER.some((rows) => contrasts(question.text, evidence.passage.own, rows))
}

/** 全部整改到位 against 整改率99.6%: the rate of what is claimed of all. */
function fallsShort({ statement }: Evidence, { contents }: Question): boolean {
  const claimed = contents.filter((c) => c.weight >= ENOUGH).map((c) => c.text)
  return statement.figures.some(
    (f) => f.kind === 'share' && f.unit === '%' && f.value! < 100 && claimed.some((text) => f.metric.startsWith(text)),
  )
}

/** 就青禾一家: claimed to be the only one. */
function isOnly({ text }: Question): boolean {
  return ONLY.test(text)
}

function direction(question: Question, { passage }: Evidence): boolean {
  return contrasts(question.text, passage.own, CONTRASTS.direction)
}

/** 2027年建成千亿级园区 against a claim of this year: the year printed last before the thing counts. */
function otherYear(question: Question, { passage }: Evidence): boolean {
  const thing = question.contents.filter((c) => c.weight > 0.3).sort((a, b) => b.weight - a.weight)[0]
  const at = thing ? Math.max(...thing.alternatives.map((a) => passage.own.indexOf(a))) : -1
  const years = [...passage.own.slice(0, Math.max(0, at)).matchAll(/(\d{4})年/g)]
  const year = Number(years.at(-1)?.[1])
  return question.years.length > 0 && years.length > 0 && !question.years.includes(year)
}

/** The claim names a stage that the statement does not; tells where the report speaks of that stage in the same paragraph. */
function otherStage(question: Question, best: Evidence, kit: Kit): Evidence[] | undefined {
  const claimed = STAGES.find((s) => s.words.some((w) => question.text.includes(w)))
  if (!claimed) return undefined
  const own = best.passage.own
  const words = STAGES.filter((s) => s.words.some((w) => own.includes(w)))
  if (claimed.words.some((w) => own.includes(w)) || words.length === 0) return undefined
  const section = best.statement.sentence.section
  const said = claimed.words.filter((w) => question.text.includes(w))
  return kit
    .find(question)
    .filter(
      (e) =>
        e.statement.sentence.section === section &&
        e.inTime &&
        e.statement.figures.length > 0 &&
        said.some((w) => e.passage.own.includes(w)),
    )
    .slice(0, 1)
}
