import type { ReportLanguage } from '../knowledge/language.js'
import type { Lexicon } from '../knowledge/lexicon.js'
import { pairsOf } from '../pairs.js'
import type { Content, Question } from '../question/model.js'
import type { Figure, Statement } from '../report/model.js'
import { type Requirement, requirements } from './fit.js'
import type { Passage, ReportIndex } from './index.js'
import { matcher } from './match.js'
import { termsOf } from './tokens.js'

/** A statement of the report weighed against a question. */
export interface Evidence {
  statement: Statement
  passage: Passage
  /** The figure that answers what is wanted, where one does. */
  figure: Figure | undefined
  /** Share of the question's weight that the statement (with its sentence and headings) matches, 0 to 1. */
  coverage: number
  score: number
  /** Contents that the statement leaves unmatched. */
  unmet: Content[]
  /** Whether it matches every content that is required. */
  able: boolean
  /** Whether it is of the time asked for. */
  inTime: boolean
  /** Whether it has what is wanted, as a figure, a date, a name (true where nothing special is wanted). */
  fits: boolean
  /** Who or where is asked, and it names nobody and no place. */
  lacksName: boolean
}

const CANDIDATES = 24
/** So many of the rarest terms find the candidates; commoner ones only rank them. */
const MOST_TERMS = 10
/** Once so many terms are in, those that more than this share of all statements hold would only bring in everything. */
const ENOUGH_TERMS = 4
const COMMON = 0.06
/** A follow-up that stays with the sentence of the answer before need not name again what it is about. */
const IN_ANCHOR = 0.9
/** A measure word that the figure shares (几座: 5座) is evidence too, once enough of the rest is matched. */
const CLASSIFIER = 0.45
const LEAST_NAMED = 0.42
/** A content this light costs nothing when the statement lacks it. */
const LIGHT = 0.12
/** One character that the statement lacks proves little. */
const LONE = 0.15
const MATCHED = 0.4
/** An average over several years is not the year's figure. */
const AVERAGE = /年均|五年|年平均/

/** The neighbouring pairs of each figure's metric, cut once. */
const METRIC_PAIRS = new WeakMap<Figure, string[]>()

/** Makes the function that finds the statements nearest to a question, best first, each with how much of the question it covers. */
export function evidenceFinder(index: ReportIndex, lexicon: Lexicon, language: ReportLanguage) {
  const match = matcher(index, lexicon, language)
  const require = requirements(index.report, lexicon, language)
  const found = new WeakMap<Question, Evidence[]>()

  return (question: Question): Evidence[] => {
    const known = found.get(question)
    if (known) return known
    const evidence = search(question)
    found.set(question, evidence)
    return evidence
  }

  function search(question: Question): Evidence[] {
    const own = question.contents.length ? question.contents : question.inherited
    const extra = question.contents.length ? question.inherited : []
    const terms = searchTerms(own, extra)
    if (terms.length === 0) return []
    const needs = require(question, own)
    const passages = index.search(terms, CANDIDATES)
    return passages.map((p) => weigh(question, own, extra, needs, p)).sort((a, b) => b.score - a.score)
  }

  function searchTerms(own: Content[], extra: Content[]): string[] {
    const all = [...own, ...extra]
    const heavy = all.filter((c) => c.weight > LIGHT)
    const terms = new Set((heavy.length ? heavy : all).flatMap((c) => c.alternatives.flatMap(termsOf)))
    const printed = [...terms]
      .map((term) => ({ term, frequency: index.frequency(term) }))
      .filter((t) => t.frequency > 0)
    const rarest = printed.sort((a, b) => a.frequency - b.frequency).slice(0, MOST_TERMS)
    return rarest.filter((t, i) => i < ENOUGH_TERMS || t.frequency <= COMMON * index.passages.length).map((t) => t.term)
  }

  function weigh(question: Question, own: Content[], extra: Content[], needs: Requirement, passage: Passage): Evidence {
    const { statement } = passage
    const anchored = question.anchor === statement.sentence.id
    const { coverage, unmet, able } = coverageOf(question, own, passage, anchored)
    const figure = figureFor(needs, statement, question.classifiers)
    const inTime = needs.inTime(statement)
    const lacksName = needs.lacksName(passage)
    const fits = !lacksName && needs.fits(passage, figure)
    const score =
      coverage + 0.3 * shareOf(extra, passage) + leaningOf(question, needs, statement, figure) + (anchored ? 0.15 : 0)
    const faults = (able ? 0 : 0.2) + (inTime ? 0 : 0.3) + (fits ? 0 : 0.25)
    return { statement, passage, figure, coverage, score: score - faults, unmet, able, inTime, fits, lacksName }
  }

  /** How much of the question's weight the passage matches, and what it leaves unmatched. */
  function coverageOf(
    { classifiers }: Question,
    own: Content[],
    passage: Passage,
    anchored: boolean,
  ): Pick<Evidence, 'coverage' | 'unmet' | 'able'> {
    const heavy = own.some((c) => c.weight > LIGHT)
    const unmet: Content[] = []
    let [total, met, able] = [0, 0, true]
    for (const content of own) {
      const held = heldBy(content, passage, anchored)
      if (held === 0 && content.weight <= LIGHT && heavy) continue
      total += held === 0 && content.text.length === 1 ? Math.min(content.weight, LONE) : content.weight
      met += content.weight * held
      if (held >= MATCHED) continue
      if (content.required || content.counted) able = false
      if (content.weight >= 0.3) unmet.push(content)
    }
    const named = total > 0 ? met / total : 0
    for (const classifier of classifiers) {
      total += CLASSIFIER
      if (hasUnit(passage.statement, classifier)) met += CLASSIFIER
    }
    const share = total > 0 ? met / total : 0
    return { coverage: named < LEAST_NAMED ? Math.min(named, share) : share, unmet, able }
  }

  function heldBy(content: Content, passage: Passage, anchored: boolean): number {
    const direct = match(content, passage)
    return anchored && direct < IN_ANCHOR && passage.around.includes(content.text) ? IN_ANCHOR : direct
  }

  function shareOf(contents: Content[], passage: Passage): number {
    let [total, met] = [0, 0]
    for (const content of contents) {
      total += content.weight
      met += content.weight * match(content, passage)
    }
    return total > 0 ? met / total : 0
  }
}

/** What speaks for a statement besides its words: the figure wanted, the tense, the year's own figure rather than an average. */
function leaningOf(question: Question, needs: Requirement, statement: Statement, figure: Figure | undefined): number {
  let leaning = figure ? 0.2 * focusOf(figure, needs.pairs) : 0
  if (figure && question.wants.some((w) => w === figure.dimension || w === figure.kind)) leaning += 0.06
  const { wants, answers, asksNumber } = needs
  if (wants.length > 1)
    leaning += (0.1 * wants.filter((w) => statement.figures.some((f) => answers(f, w))).length) / wants.length
  if (statement.tense === 'definition' && !question.cues.has('glossary'))
    leaning -= asksNumber || question.years.length ? 0.2 : 0.05
  if (statement.tense === 'other') leaning -= 0.05
  if (question.leaning && !question.years.length) leaning += statement.tense === question.leaning ? 0.1 : -0.1
  else if (!question.years.length && statement.tense === 'result') leaning += 0.03
  if (AVERAGE.test(statement.text) && !AVERAGE.test(question.text)) leaning -= 0.1
  return leaning
}

/** Of the statement's figures that can answer, the one whose metric the question names best. */
function figureFor(
  { wants, answers, pairs }: Requirement,
  { figures }: Statement,
  classifiers: string[],
): Figure | undefined {
  let best: Figure | undefined
  let bestFocus = -1
  for (const figure of figures) {
    if (wants.length ? !wants.some((want) => answers(figure, want)) : !answers(figure)) continue
    // 多少件 asks for the 500万件 rather than the 150万只.
    const focus = focusOf(figure, pairs) + (classifiers.some((c) => figure.unit.endsWith(c)) ? 1 : 0)
    if (focus > bestFocus) [best, bestFocus] = [figure, focus]
  }
  return best
}

/** Share of a figure's metric that the question names. */
function focusOf(figure: Figure, pairs: Set<string>): number {
  let own = METRIC_PAIRS.get(figure)
  if (own === undefined) {
    own = pairsOf(figure.metric.toLowerCase())
    METRIC_PAIRS.set(figure, own)
  }
  let held = 0
  for (const pair of own) if (pairs.has(pair)) held++
  return own.length ? held / own.length : 0
}

function hasUnit(statement: Statement, classifier: string): boolean {
  const unit = /^[回趟遍]$/.test(classifier) ? '次' : classifier
  return statement.figures.some(
    (f) =>
      (f.value === 0 && f.dimension === 'count') || f.unit === unit || (unit.length === 1 && f.unit.startsWith(unit)),
  )
}
