import { boundOf, CONTRASTS, contrasts, denies } from './contrast.js'
import type { Kit } from './handler.js'
import { isSplit } from './misplaced.js'
import { shareOfPairs } from './pairs.js'
import type { Question } from './question/model.js'
import type { Evidence } from './search/evidence.js'

/** A claim is borne out, contradicted, or neither can be said and the report's words have to speak for themselves. */
export type Outcome = 'right' | 'wrong' | 'open'

/** A word this heavy that the statement lacks, though the report prints it elsewhere, speaks of another thing. */
const HEAVY = 0.5
const MARK = /第[\d一二三四五六七八九十]+[名位]?|\d*a级|[ivx]+类/g
/** So many characters at its end tell a name from its neighbours. */
const TAIL = 4
/** So much of a name has to be said for it to be meant. */
const LEAST_SHARE = 0.4

/**
 * What the statement that seems to bear a claim out still says against it. Nobody is told 对 on a number alone: the claim must not
 * deny what the statement tells, tell as done what is planned, or hold a number or a name that was not looked for.
 */
export function outcomeOf(question: Question, evidence: Evidence, kit: Kit): Outcome {
  const { text, tense } = evidence.statement
  const [denied, told] = [denies(withoutBounds(question)), denies(text)]
  if (denied && !told) return 'wrong'
  if (told && !denied) return 'open'
  if (saysDone(question, kit) && (tense === 'plan' || isPending(question, text))) return 'wrong'
  if ([CONTRASTS.level, CONTRASTS.extent].some((rows) => contrasts(question.text, evidence.passage.own, rows)))
    return 'wrong'
  if (otherMark(question.text, evidence.passage.own)) return 'wrong'
  const pairing = pairedAs(question.text, evidence.passage.own)
  if (pairing === 'wrong') return 'wrong'
  if (isUnread(question, evidence)) return 'open'
  if (
    evidence.unmet.some(
      (c) => c.weight >= HEAVY && !boundOf(c.text) && c.alternatives.some((a) => kit.index.attests(a)),
    )
  )
    return 'open'
  if (isUnheard(question, evidence)) return 'open'
  // A与B分别获评甲、乙: which is which is for the reader to see.
  if (text.includes('分别') && !pairing && !question.mentions.length && !question.text.includes('分别')) return 'open'
  return isSplit(question, evidence) ? 'open' : 'right'
}

/** 不到500亿 bounds an amount and denies nothing. */
function withoutBounds({ text }: Question): string {
  return Object.values(CONTRASTS.bounds)
    .flatMap((bound) => bound.before)
    .reduce((rest, word) => rest.replaceAll(word, ''), text)
}

function saysDone(question: Question, { report }: Kit): boolean {
  if (CONTRASTS.achieved.some((word) => question.text.includes(word))) return true
  const isOfPlan = question.leaning === 'plan' || question.years.includes(report.planYear)
  return !isOfPlan && CONTRASTS.done.some((word) => question.text.includes(word))
}

function isPending(question: Question, text: string): boolean {
  return CONTRASTS.pending.some((word) => text.includes(word) && !question.text.includes(word))
}

/** A number in the claim that no mention, year or name of the statement accounts for. */
function isUnread(question: Question, { passage }: Evidence): boolean {
  const known = [
    ...question.mentions.map((m) => m.text),
    ...question.contents.flatMap((c) => (passage.own.includes(c.text) ? [c.text] : [])),
  ].sort((a, b) => b.length - a.length)
  const rest = known.reduce((text, word) => text.replaceAll(word, ''), question.text)
  return /\d|第[一二三四五六七八九十]/.test(rest.replace(/(?:19|20)?\d\d年/g, ''))
}

/** A claim without a number stands on its words: one that the report has nowhere (翻了一番) leaves it open. */
function isUnheard({ mentions, contents }: Question, { passage }: Evidence): boolean {
  const isHeard = (word: string) => shareOfPairs(word, passage.around) > 0
  return mentions.length === 0 && contents.some((c) => c.source === 'unknown' && c.text.length > 1 && !isHeard(c.text))
}

/** 第一 and 第1名 are one place. */
function markOf(mark: string): string {
  return mark
    .replace(/[名位]$/, '')
    .replace(/[一二三四五六七八九]/g, (c) => String('一二三四五六七八九'.indexOf(c) + 1))
}

/** Grades and places in an order are told by marks of their own: 3A级 is not A级, 第2名 not 第1名. */
function otherMark(claim: string, told: string): boolean {
  const marksOf = (text: string): string[] => (text.match(MARK) ?? []).map(markOf)
  const [claimed, stated] = [marksOf(claim), marksOf(told)]
  return claimed.length > 0 && stated.length > 0 && !claimed.some((mark) => stated.includes(mark))
}

/** Of A、B分别获评甲、乙, whether a claim that names one of each names a pair. */
function pairedAs(claim: string, told: string): 'right' | 'wrong' | undefined {
  const [names, things] = told
    .split('分别')
    .map((side) => side.split(/[、和与，；。]/).filter((part) => part.length > 1))
  if (!names || !things || names.length < 2 || names.length !== things.length) return undefined
  const [name, thing] = [namedIn(claim, names), namedIn(claim, things)]
  if (name < 0 || thing < 0) return undefined
  return name === thing ? 'right' : 'wrong'
}

/** The only one of the parts whose ending the claim prints, else the one it prints most of; -1 where none stands out. */
function namedIn(claim: string, parts: string[]): number {
  const held = parts.flatMap((part, i) => (claim.includes(part.slice(-TAIL)) ? [i] : []))
  if (held.length) return held.length === 1 ? held[0]! : -1
  const shares = parts.map((part) => shareOfPairs(part, claim))
  const most = Math.max(...shares)
  return most >= LEAST_SHARE && shares.filter((share) => share === most).length === 1 ? shares.indexOf(most) : -1
}
