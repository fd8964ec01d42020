import { say } from './reply/words.js'
import type { Figure, Report } from './report/model.js'

/** A goal of the year planned, and what the year before came to. */
export interface GoalPair {
  goal: Figure
  result: Figure
}

/** Each goal of growth with last year's figure of the same indicator. */
export function goalPairs({ figures }: Report): GoalPair[] {
  const results = figures.filter((f) => f.kind === 'growth' && f.statement.tense === 'result')
  return figures
    .filter((f) => f.kind === 'growth' && f.status === 'target')
    .flatMap((goal) => {
      const result = results.find((r) => plain(r.metric) === plain(goal.metric))
      return result ? [{ goal, result }] : []
    })
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
