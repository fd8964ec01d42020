import { goalPairs } from '../../goals.js'
import { shareOfPairs } from '../../pairs.js'
import { draft } from '../../reply/draft.js'
import { factLine } from '../../reply/headline.js'
import { say } from '../../reply/words.js'
import type { Figure, Report } from '../../report/model.js'
import type { Content } from './index.js'

/** So many targets at a time: each is told in two sentences. */
const AT_ONCE = 3
/** So much of the names of two figures must be the same. */
const ALIKE = 0.6
const SHORTEST_NAME = 4

interface Pair {
  target: Figure
  result: Figure
}

/** Targets beside what the report tells of the same thing for the year before, both in its own words. */
export const progress: Content = {
  name: 'progress',
  items: (report) => {
    const pairs = pairsOf(report)
    return Array.from({ length: Math.ceil(pairs.length / AT_ONCE) }, (_, i) =>
      pairs.slice(i * AT_ONCE, (i + 1) * AT_ONCE),
    ).map((chunk) => () => progressDraft(chunk, report))
  },
}

function pairsOf(report: Report): Pair[] {
  const known = new Map(goalPairs(report).map(({ goal, result }) => [goal, result]))
  const results = report.figures.filter((f) => f.statement.tense === 'result' && isTelling(f))
  const pairs = report.figures
    .filter((f) => f.status === 'target' && f.statement.tense === 'plan' && isTelling(f))
    .flatMap((target) => {
      const result = known.get(target) ?? results.find((r) => isAlike(target, r))
      return result ? [{ target, result }] : []
    })
  return pairs.filter(({ target }, i) => pairs.findIndex((p) => p.target.statement === target.statement) === i)
}

/** Of the same unit and the same kind, and named alike. */
function isAlike(target: Figure, result: Figure): boolean {
  return (
    target.dimension === result.dimension &&
    target.unit === result.unit &&
    target.kind === result.kind &&
    Math.min(shareOfPairs(target.metric, result.metric), shareOfPairs(result.metric, target.metric)) >= ALIKE
  )
}

/** 三个高地 is a name, whatever it counts. */
function isTelling({ kind, metric, text }: Figure): boolean {
  return (
    /\d/.test(text) &&
    kind !== 'name' &&
    kind !== 'date' &&
    kind !== 'threshold' &&
    kind !== 'capacity' &&
    metric.length >= SHORTEST_NAME
  )
}

function progressDraft(pairs: Pair[], report: Report) {
  const figures = pairs.flatMap(({ target, result }) => [result, target])
  return draft({
    kind: 'answer',
    intent: 'progress',
    headline: say('digestProgress', { planYear: report.planYear, resultYear: report.resultYear }),
    lines: figures.map((f) => factLine(report, f.statement, [f.metric.toLowerCase()], undefined, f)),
    statements: [...new Set(figures.map((f) => f.statement))].sort((a, b) => a.start - b.start),
    figures,
  })
}
