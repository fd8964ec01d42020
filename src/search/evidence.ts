import type { Lexicon } from '../knowledge/lexicon.js'
import type { Content, Question } from '../question/model.js'
import type { Figure, Statement } from '../report/model.js'
import type { Passage, ReportIndex } from './index.js'
import { tokenize } from './tokens.js'

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
  /** Whether it is of the time asked for. */
  inTime: boolean
  /** Whether it matches every content that is required. */
  able: boolean
  /** Whether it has a figure of the kind asked for (true where none is asked for). */
  fits: boolean
}

const CANDIDATES = 60
const IN_SENTENCE = 0.7
const IN_HEADING = 0.6
const BY_ROW = 0.95
const PARTIAL = 0.85
const LEAST_OVERLAP = 0.5
/** An indicator named elsewhere in the sentence is another one than this statement's. */
const ELSEWHERE = 0.25
/** A measure word that the figure shares (几座: 5座) is evidence too, once enough of the rest is matched. */
const CLASSIFIER = 0.45
const LEAST_NAMED = 0.42
const MATCHED = 0.4

/** Makes the function that finds the statements nearest to a question, best first, each with how much of the question it covers. */
export function evidenceFinder(index: ReportIndex, lexicon: Lexicon) {
  const { report } = index

  return (question: Question): Evidence[] => {
    const own = question.contents.length ? question.contents : question.inherited
    const extra = question.contents.length ? question.inherited : []
    const terms = [...own, ...extra].flatMap((c) => c.alternatives.flatMap(tokenize))
    if (terms.length === 0) return []
    const passages = index.search([...new Set(terms)], CANDIDATES)
    const wants = wantedDimensions(question)
    return passages.map((p) => weigh(question, own, extra, wants, p)).sort((a, b) => b.score - a.score)
  }

  function weigh(question: Question, own: Content[], extra: Content[], wants: Set<string>[], passage: Passage): Evidence {
    const { statement } = passage
    let total = 0
    let met = 0
    let able = true
    const unmet: Content[] = []
    for (const content of own) {
      const match = matchOf(content, passage)
      total += content.weight
      met += content.weight * match
      if (content.required && match < MATCHED) able = false
      if (match < MATCHED && content.weight >= 0.3) unmet.push(content)
    }
    const named = total > 0 ? met / total : 0
    for (const classifier of question.classifiers) {
      total += CLASSIFIER
      met += CLASSIFIER * classifierMatch(classifier, statement)
    }
    const coverage = named < LEAST_NAMED ? Math.min(named, met / total) : total > 0 ? met / total : 0
    const bonus = extra.length ? extra.reduce((sum, c) => sum + c.weight * matchOf(c, passage), 0) / extra.reduce((sum, c) => sum + c.weight, 0) : 0
    const inTime = isInTime(question, statement)
    const figure = figureFor(question, own, wants, statement)
    const asksNumber = wants.length > 0 || question.cues.has('number')
    const exact = figure !== undefined && question.wants.some((w) => w === figure.dimension || w === figure.kind)
    const timed = !question.cues.has('when') || /\d{4}年|\d{1,2}月|年底|年内|季度|\d日/.test(statement.text)
    const fits = !timed ? false : wants.length ? wants.some((w) => statement.figures.some((f) => answers(f, w))) : !asksNumber || figure !== undefined
    let score = coverage + 0.3 * bonus + (figure ? 0.2 * focus(figure, own) : 0)
    if (statement.tense === 'definition' && !question.cues.has('glossary')) score -= asksNumber || question.years.length ? 0.2 : 0.05
    if (statement.tense === 'other') score -= 0.05
    if (question.leaning && !question.years.length) score += statement.tense === question.leaning ? 0.08 : -0.04
    else if (!question.years.length && statement.tense === 'result') score += 0.03
    if (exact) score += 0.06
    if (wants.length > 1) score += 0.1 * (wants.filter((w) => statement.figures.some((f) => answers(f, w))).length / wants.length)
    if (!able) score -= 0.2
    if (!inTime) score -= 0.3
    if (!fits) score -= 0.25
    return { statement, passage, figure, coverage, score, unmet, able, inTime, fits }
  }

  function wantedDimensions(question: Question): Set<string>[] {
    return [...new Set(question.wants)].map((w) => lexicon.fits.get(w) ?? new Set([w]))
  }

  function answers(figure: Figure, want: Set<string>): boolean {
    if (figure.kind === 'name' || figure.kind === 'threshold') return false
    if (figure.kind === 'date') return want.has('time')
    return want.has(figure.dimension) || want.has(figure.kind)
  }

  function figureFor(question: Question, own: Content[], wants: Set<string>[], statement: Statement): Figure | undefined {
    const able = statement.figures.filter((f) => (wants.length ? wants.some((w) => answers(f, w)) : !['name', 'date', 'threshold'].includes(f.kind)))
    const pool = able.length || wants.length ? able : statement.figures.filter((f) => question.cues.has('when') && f.kind === 'date')
    return pool.reduce<Figure | undefined>((best, f) => (best && focus(best, own) >= focus(f, own) ? best : f), undefined)
  }

  function isInTime(question: Question, statement: Statement): boolean {
    if (!question.years.length || statement.tense === 'definition') return true
    return question.years.some((year) => {
      if (statement.years.includes(year) || statement.text.includes(String(year))) return true
      if (year === report.resultYear) return statement.tense === 'result'
      return year === report.planYear && statement.tense === 'plan' && !statement.years.some((y) => y > year)
    })
  }
}

function classifierMatch(classifier: string, statement: Statement): number {
  const unit = /^[回趟遍]$/.test(classifier) ? '次' : classifier
  const units = statement.figures.map((f) => f.unit)
  if (units.some((u) => u === unit || (unit.length === 1 && u.startsWith(unit)))) return 1
  return 0
}

/** How well a passage matches one content: 1 for the words themselves, less for its sentence, its headings, or a part of the words. */
function matchOf(content: Content, passage: Passage): number {
  let best = 0
  for (const [i, alternative] of content.alternatives.entries()) {
    const rate = i === 0 ? 1 : BY_ROW
    if (passage.own.includes(alternative)) best = Math.max(best, rate)
    else if (content.indicator) best = Math.max(best, passage.around.includes(alternative) ? ELSEWHERE : 0)
    else if (passage.around.includes(alternative)) best = Math.max(best, rate * IN_SENTENCE)
    else if (passage.headings.includes(alternative)) best = Math.max(best, rate * IN_HEADING)
    if (best === 1) return 1
  }
  if (content.indicator || content.text.length < 3) return best
  return Math.max(best, PARTIAL * overlap(content.text, passage.own), PARTIAL * IN_SENTENCE * overlap(content.text, passage.around))
}

/** Share of the text's neighbouring pairs that `within` prints; 0 below a half. */
function overlap(text: string, within: string): number {
  let held = 0
  for (let i = 0; i + 1 < text.length; i++) if (within.includes(text.slice(i, i + 2))) held++
  const share = held / (text.length - 1)
  return share >= LEAST_OVERLAP ? share : 0
}

/** Share of a figure's metric that the question names. */
function focus(figure: Figure, contents: Content[]): number {
  const { metric } = figure
  if (metric.length < 2) return 0
  let held = 0
  for (let i = 0; i + 1 < metric.length; i++) {
    const pair = metric.slice(i, i + 2).toLowerCase()
    if (contents.some((c) => c.alternatives.some((a) => a.includes(pair)))) held++
  }
  return held / (metric.length - 1)
}
