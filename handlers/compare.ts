import type { Handler } from '../src/handler.js'
import { draft } from '../src/reply/draft.js'
import { say } from '../src/reply/words.js'
import type { Figure, Report } from '../src/report/model.js'

const ASKS_GOALS = /目标/
const ASKS_LAST_YEAR = /去年|上年|实绩|实际|完成/
const LOWER = /低|下调|调低|降|保守/
const HIGHER = /高|上调|调高|积极/
/** Fewer goals than this with last year's result beside them are no comparison. */
const FEWEST = 2

interface Pair {
  goal: Figure
  result: Figure
}

/** Which goals are set above or below last year's result (哪些目标定得比去年低): both figures side by side, each quoted. */
export const compare: Handler = {
  name: 'compare',
  handle: ({ question, message }, { report }) => {
    const { text } = message
    const asksAll = !question.contents.some((c) => c.weight > 0.5)
    if (!asksAll || !ASKS_GOALS.test(text) || !ASKS_LAST_YEAR.test(text)) return undefined
    if (!message.cues.has('compare') && !message.cues.has('list') && !message.cues.has('what')) return undefined
    const pairs = goalPairs(report)
    const isWanted = LOWER.test(text) ? isLower : HIGHER.test(text) ? (p: Pair) => !isLower(p) : () => true
    const wanted = pairs.filter(isWanted)
    if (pairs.length < FEWEST || wanted.length === 0) return undefined
    const told = wanted.flatMap((p) => [p.goal, p.result])
    return draft({
      kind: 'answer',
      intent: 'compare',
      headline: say(LOWER.test(text) ? 'goalsLower' : HIGHER.test(text) ? 'goalsHigher' : 'goalsAll'),
      lines: wanted.map((p) => lineFor(p, report)),
      statements: told.map((f) => f.statement).sort((a, b) => a.start - b.start),
      figures: told,
      confidence: 1.3,
    })
  },
}

/** Each goal with last year's figure of the same indicator. */
function goalPairs({ figures }: Report): Pair[] {
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

function isLower({ goal, result }: Pair): boolean {
  return (goal.value ?? 0) < (result.value ?? 0)
}

function lineFor({ goal, result }: Pair, { resultYear, planYear }: Report): string {
  const hedged = (f: Figure) =>
    f.text + f.qualifiers.map((q) => (f.sentence.text.startsWith(f.text + q, f.from) ? q : `（${q}）`)).join('')
  return say('goalLine', {
    metric: plain(goal.metric),
    resultYear,
    result: hedged(result),
    planYear,
    goal: hedged(goal),
  })
}
