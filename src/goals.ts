import { say } from './reply/words.js'
import type { Figure, Report } from './report/model.js'

/** A goal of the year planned, and what the year before came to. */
export interface GoalPair {
  goal: Figure
  result: Figure
}

/** Words between which and the figure no other clause begins. */
const DECLINE = /(?:下降|减少|降低|回落|下滑|负增长|-|－)[^，；。、]*$/
const BEFORE = 10

/** Each goal of growth with last year's figure of the same indicator. */
export function goalPairs({ figures }: Report): GoalPair[] {
  const results = figures.filter((f) => f.kind === 'growth' && f.statement.tense === 'result' && !isDecline(f))
  return figures
    .filter((f) => f.kind === 'growth' && f.status === 'target' && !isDecline(f))
    .flatMap((goal) => {
      const result = results.find((r) => plain(r.metric) === plain(goal.metric))
      return result ? [{ goal, result }] : []
    })
}

/** 下降3% is no growth of 3%: it is told in the report's own words only. */
function isDecline({ sentence, from }: Figure): boolean {
  return DECLINE.test(sentence.text.slice(Math.max(0, from - BEFORE), from))
}

function plain(metric: string): string {
  return metric.replace('规模以上', '规上').replace(/增速$/, '')
}

/** Both figures in one line, each with its hedges. */
export function pairLine({ goal, result }: GoalPair, { resultYear, planYear }: Report): string {
  return say('goalLine', {
    metric: plain(goal.metric),
    resultYear,
    result: hedged(result),
    planYear,
    goal: hedged(goal),
  })
}

/** The figure as printed; a hedge that does not stand behind it is put there. */
function hedged(f: Figure): string {
  return f.text + f.qualifiers.map((q) => (f.sentence.text.startsWith(f.text + q, f.from) ? q : `（${q}）`)).join('')
}
