import { type Asked, focusOf, type Kit, topicOf } from './handler.js'
import { shareOfPairs } from './pairs.js'
import { type Draft, draft, type Item } from './reply/draft.js'
import { factLine, namedItems } from './reply/headline.js'
import { say } from './reply/words.js'
import type { Report, Section, Sentence, Statement } from './report/model.js'
import type { Evidence } from './search/evidence.js'
import { standsInOrder } from './search/match.js'

/** So many sentences after a mere number are told with it. */
const NEXT = 2
/** Statements of other sections that are told beside the section that is meant. */
const BESIDE = 3
/** How near to the best statement another must come to be told with it. */
const NEAR = 0.78
const WITHIN = 0.25
const HEADED_CONFIDENCE = 0.8
const NAMED_OUTRIGHT = 0.15
/** So much of the topic a heading must print; of a short one all. */
const MOSTLY = 0.6
const LONG_NAME = 4
/** A name may have been cut into so many runs (城市精细·化管理). */
const MOST_TOPICS = 2

/** The statements that a question about a topic or a kind is answered with, the best one first in `best`. */
export interface Gathered {
  best: Evidence
  near: Evidence[]
  /** The section whose heading names the topic. */
  section: Section | undefined
  /** What stands below the best statement, where it announces a list with a colon. */
  announced: Statement[]
}

/** Gathers what comes near to the best statement; undefined where nothing is of the right time. A list may stand in a definition. */
export function gather(asked: Asked, kit: Kit, defined: boolean): Gathered | undefined {
  const timely = asked.evidence.filter((e) => e.able && e.inTime && !e.lacksName && e.statement.tense !== 'other')
  const told = timely.filter((e) => e.statement.tense !== 'definition')
  const section = headed(asked, kit)
  const isTold = (told[0]?.coverage ?? 0) >= kit.leastConfidence || asked.question.years.length > 0 || !defined
  const able = isTold ? told : timely
  const best = (able[0]?.coverage ?? 0) >= kit.leastConfidence || !section ? able[0] : openingOf(section, kit)
  if (!best) return undefined
  const near = able.filter((e) => e.coverage >= best.coverage * NEAR && e.score >= best.score - WITHIN)
  const announced = best.statement.text.endsWith('：') ? following(best.statement, kit) : []
  return { best, near, section, announced }
}

/** How a section begins, taken as evidence where its heading alone names what is asked. */
function openingOf(section: Section, { index }: Kit): Evidence {
  const { id } = index.openings.find((o) => o.section === section)!.first.statements[0]!
  const passage = index.passages[id]!
  const holds = { able: true, inTime: true, fits: true, lacksName: false }
  return { statement: passage.statement, passage, figure: undefined, coverage: 0, score: 0, unmet: [], ...holds }
}

/** Statements gathered as a draft: one sentence is told in the headline, several below it. */
export function gatheredDraft(
  intent: 'summary' | 'list',
  { question }: Asked,
  { report }: Kit,
  { best, section }: Gathered,
  statements: Statement[],
): Draft {
  const when = question.years.length ? `（${question.years.join('、')}年）` : ''
  const only = new Set(statements.map((s) => s.sentence.id)).size === 1
  return draft({
    kind: 'answer',
    intent,
    headline: only
      ? factLine(report, best.statement, focusOf(question))
      : say(intent, { topic: topicOf(question), when }),
    statements,
    items: enumerated(statements, best.statement),
    confidence: Math.max(best.coverage, section ? HEADED_CONFIDENCE : 0) + NAMED_OUTRIGHT,
  })
}

/** What stands below a line that ends with a colon; `near`: the next sentences of its paragraph, which tell the names. */
export function following({ sentence }: Statement, { report }: Kit, near = false): Statement[] {
  return report.sentences
    .filter((s) => s.section === sentence.section && s.id > sentence.id)
    .filter((s) => !near || (s.paragraph === sentence.paragraph && s.id <= sentence.id + NEXT))
    .map((s) => s.statements[0]!)
}

/** Where a heading names the topic, the whole of its section is meant; else the statements themselves, in the report's order. */
export function withSection({ best, near, section }: Gathered, { report, index }: Kit): Statement[] {
  const announced = report.sentences.filter((s) => index.topics.get(s) === best.statement.sentence)
  if (!section && announced.length) return announced.map((s) => firstHit(s.statements, near))
  const inSection = section
    ? report.sentences.filter((s) => s.section === section).map((s) => firstHit(s.statements, near))
    : []
  const rest = near.map((e) => e.statement).filter((s) => s.sentence.section !== section)
  return [...inSection, ...(section ? rest.slice(0, BESIDE) : rest)].sort((a, b) => a.start - b.start)
}

/** The section whose heading names the one thing asked about, whole or for the most part (城市精细化管理: 城市精细化水平不断提高). */
export function headed({ question }: Asked, { report, index }: Kit): Section | undefined {
  const topics = question.contents.filter((c) => c.weight > 0.3 && c.text.length > 1 && !c.relational)
  if (!topics.length || topics.length > MOST_TOPICS) return undefined
  const joined = topics.map((c) => c.text).join('')
  const wordings = topics.length === 1 ? topics[0]!.alternatives : question.text.includes(joined) ? [joined] : []
  let best: { section: Section; share: number } | undefined
  for (const { section, heading, first } of index.openings) {
    const share = Math.max(0, ...wordings.map((a) => (a.length > 1 ? shareIn(a, heading) : 0)))
    if (share >= Math.max(MOSTLY, best?.share ?? 0) && isOfYears(first, question.years, report))
      best = { section, share }
  }
  return best?.section
}

function shareIn(text: string, heading: string): number {
  if (standsInOrder(text, heading)) return 1
  return text.length < LONG_NAME ? 0 : shareOfPairs(text, heading)
}

function isOfYears({ tense }: Sentence, years: number[], { resultYear, planYear }: Report): boolean {
  if (tense === 'definition') return false
  if (!years.length) return true
  return years.some((year) => (year === resultYear ? tense === 'result' : year === planYear && tense === 'plan'))
}

function firstHit(statements: Statement[], near: Evidence[]): Statement {
  return near.find((e) => statements.includes(e.statement))?.statement ?? statements[0]!
}

/** 一是…；二是…: what 第二个 will point at. */
function enumerated(statements: Statement[], best: Statement): Item[] {
  const numbered = statements.find((s) => /一是.+二是/.test(s.sentence.text))
  if (numbered) {
    const parts = numbered.sentence.text
      .split(/(?=[一二三四五六七八九]是)/)
      .filter((part) => /^[一二三四五六七八九]是/.test(part))
    return parts.map((text) => ({ text, statement: numbered.id }))
  }
  if (new Set(statements.map((s) => s.sentence.id)).size === 1) return namedItems(best)
  return statements.map((s) => ({ text: s.text, statement: s.id }))
}
