import { type Asked, bestOf, focusOf, type Kit } from './handler.js'
import type { Content, Question } from './question/model.js'
import { draft } from './reply/draft.js'
import { factLine, namedItems } from './reply/headline.js'
import type { Statement } from './report/model.js'
import type { Evidence } from './search/evidence.js'
import type { ReportIndex } from './search/index.js'

const CLOSE = 0.06
const APART = 0.15
/** What is told goes before a definition, unless that covers so much more of the question. */
const FULLER = 0.1
const MOST_RIVALS = 2
/** A run of the report this rare is a name; a lighter word than this is none. */
const NAME = 0.85
/** A word of a row, of four characters and more, that the report prints elsewhere: 养老保险. */
const NAMING = 0.8
const HEAVY = 0.3

/** The figure that answers best, with statements that fit almost as well quoted beside it; undefined where it is of the other tense. */
export function lookUp(intent: 'metric' | 'target', { question, evidence }: Asked, { report, index }: Kit) {
  const told = bestOf(evidence.filter((e) => e.statement.tense !== 'definition'))
  const defined = bestOf(evidence.filter((e) => e.statement.tense === 'definition'))
  const best = told && defined && defined.coverage - told.coverage < FULLER ? told : (defined ?? told)
  if (!best || (best.statement.tense === 'plan') !== (intent === 'target') || isOfAnother(question, best))
    return undefined
  if (isOfOtherProject(question, best, index)) return undefined
  if (isFaint(question, evidence, best)) return undefined
  const headline = question.groups
    ? factLine(report, best.statement, [])
    : factLine(report, best.statement, focusOf(question), undefined, best.figure)
  // Of 青禾3万吨…、远山铝业…项目 the number is the other's.
  if (best.figure && question.cues.has('number') && !best.statement.figures.some((f) => headline.includes(f.text)))
    return undefined
  return draft({
    kind: 'answer',
    intent,
    headline,
    statements: [best.statement, ...rivals(question, evidence, best)],
    figures: best.statement.figures.filter((f) => f.kind !== 'name'),
    items: namedItems(best.statement),
    confidence: best.coverage + (isClear(question, evidence, best) ? 0.08 : 0) - (isBroad(question) ? 0.2 : 0),
  })
}

/**
 * 某景区接待了多少游客 is not answered by what the whole district received: a rare name that the report prints elsewhere is what is
 * asked about. And what is only told of things (产量, 投资) answers for no other thing than the one named.
 */
function isOfAnother({ contents, cues, wants }: Question, { unmet }: Evidence): boolean {
  if (!cues.has('number') && !wants.length) return false
  if (unmet.some(isTelling)) return true
  const met = contents.filter((c) => c.weight >= HEAVY && !unmet.includes(c))
  return (
    met.length > 0 &&
    met.every((c) => c.relational && !c.verbal) &&
    unmet.some((c) => !c.relational && c.text.length > 1)
  )
}

/** A rare run of the report, or a long word of a row that it prints: what is told of another thing does not answer. */
function isTelling({ source, text, weight, relational, aspect }: Content): boolean {
  if (relational || aspect) return false
  return source === 'report'
    ? text.length > 2 && weight >= NAME
    : source === 'row' && text.length > 3 && weight >= NAMING
}

/** A figure of just the kind that is asked for, and no other statement near it, makes up for a word that is not the report's. */
function isClear(question: Question, evidence: Evidence[], best: Evidence): boolean {
  if (!best.figure || !question.wants.some((w) => w === best.figure?.dimension)) return false
  if (best.unmet.some((c) => c.source === 'report')) return false
  return !evidence.some((e) => e !== best && e.able && e.inTime && e.fits && e.score > best.score - APART)
}

/** 青铝有多少贷款 is not answered by a sentence that does not name 青铝, though it tells of loans. */
function isOfOtherProject({ text, cues }: Question, { passage }: Evidence, index: ReportIndex): boolean {
  if (!cues.has('number')) return false
  const named = index.projects
  const asked = named.filter((name) => text.includes(name))
  if (!asked.length || asked.some((name) => passage.own.includes(name))) return false
  // A statement that names another project is that one's.
  const isOthers = named.some((name) => passage.own.includes(name))
  return isOthers || !asked.some((name) => (passage.headings + passage.before).includes(name))
}

/** 用了多少电: a lone character that no row knows, and several statements hold it in words of every kind. */
function isFaint({ contents, inherited, wants }: Question, evidence: Evidence[], best: Evidence): boolean {
  const heavy = [...contents, ...inherited].filter((c) => c.weight >= HEAVY)
  if (wants.length || !heavy.length || heavy.some((c) => c.source !== 'unknown' || c.text.length > 1)) return false
  return evidence.filter((e) => e.able && e.inTime && e.fits && e.score > best.score - CLOSE).length > MOST_RIVALS
}

/** Asked for a list or an account, one statement is less than was wanted. */
function isBroad(question: Question): boolean {
  return (
    (question.cues.has('summary') || question.cues.has('list')) &&
    !question.cues.has('number') &&
    !question.wants.length
  )
}

/**
 * Statements that fit almost as well are quoted too: whoever asked sees what else the words could mean. Where no year is asked for,
 * that of the other year is one of them (污水治理几个村: 7个 in the one, 6个 in the other).
 */
function rivals(question: Question, evidence: Evidence[], best: Evidence): Statement[] {
  const isOpen = !question.years.length && !question.leaning
  const close = evidence.filter(
    (e) =>
      e !== best &&
      e.able &&
      e.inTime &&
      e.fits &&
      e.score >= best.score - CLOSE &&
      (isOpen || e.statement.tense === best.statement.tense),
  )
  return close.slice(0, MOST_RIVALS).map((e) => e.statement)
}
