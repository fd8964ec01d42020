import type { ReportLanguage } from './knowledge/language.js'
import type { Lexicon } from './knowledge/lexicon.js'
import type { Conversation } from './question/conversation.js'
import type { Question } from './question/model.js'
import type { Message } from './question/read.js'
import type { Draft } from './reply/draft.js'
import type { Report, Statement } from './report/model.js'
import type { Evidence } from './search/evidence.js'
import type { ReportIndex } from './search/index.js'

/** What every handler may use. */
export interface Kit {
  report: Report
  index: ReportIndex
  language: ReportLanguage
  lexicon: Lexicon
  find: (question: Question) => Evidence[]
  parse: (text: string) => Question
  /** Below this confidence a draft is not sent. */
  leastConfidence: number
}

/** One thing asked, with the statements nearest to it. */
export interface Asked {
  question: Question
  evidence: Evidence[]
  message: Message
  conversation: Conversation
}

/**
 * One kind of question. A handler answers with a draft that says how sure it is (the share of the question its evidence covers),
 * or with undefined: not mine.
 */
export interface Handler {
  name: string
  handle: (asked: Asked, kit: Kit) => Draft | undefined
}

/**
 * A draft below this confidence is not sent; the answer is then "the report does not say".
 * Set on test/corpus/questions; CONTRIBUTING.md has its precision and recall (npm run eval -- --sweep).
 */
export const LEAST_CONFIDENCE = 0.6

/**
 * The best statement that is of the right time and kind and covers enough of the question.
 * Where who or where is asked and the nearest statement names nobody, no other will do; nor will one that covers clearly less
 * than a nearest statement of another sentence, which lacks what is wanted: that is another matter.
 */
export function bestOf(evidence: Evidence[]): Evidence | undefined {
  const nearest = evidence.filter((e) => e.able && e.inTime).sort((a, b) => b.coverage - a.coverage)[0]
  if (nearest?.lacksName) return undefined
  const best = evidence.find((e) => e.able && e.inTime && e.fits)
  const goesOn = best?.passage.subjectless && nearest && isBefore(nearest.statement, best.statement)
  const isOther = best && nearest && !goesOn
  return isOther && nearest.coverage - best.coverage >= NEARER ? undefined : best
}

/** In the same paragraph, not after it: what a statement without a subject goes on from. */
function isBefore(one: Statement, other: Statement): boolean {
  const [a, b] = [one.sentence, other.sentence]
  return a.section === b.section && a.paragraph === b.paragraph && a.id <= b.id
}

const NEARER = 0.15

/** What a question is about, in its own words. */
export function topicOf(question: Question): string {
  const contents = question.contents.filter((c) => c.weight >= 0.3)
  return contents.map((c) => c.text).join('') || question.text
}

/** The words by which a headline is narrowed to what was asked. */
export function focusOf(question: Question): string[] {
  const own = question.contents.filter((c) => c.weight >= 0.3)
  // 青禾农场呢 is not told by what the question before named.
  const isNamed = own.some((c) => c.source === 'report' && c.text.length > 2)
  const contents = isNamed ? own : [...own, ...question.inherited.filter((c) => c.weight >= 0.3)]
  return [
    ...new Set([
      ...contents.map((c) => c.text),
      ...contents.flatMap((c) => c.alternatives.filter((a) => a.length > 1)),
    ]),
  ]
}
