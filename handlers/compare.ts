import { type GoalPair, goalPairs, pairLine } from '../src/goals.js'
import type { Handler } from '../src/handler.js'
import { draft } from '../src/reply/draft.js'
import { say } from '../src/reply/words.js'

const ASKS_GOALS = /目标/
const ASKS_LAST_YEAR = /去年|上年|实绩|实际|完成/
const LOWER = /低|下调|调低|降|保守/
const HIGHER = /高|上调|调高|积极/
/** Fewer goals than this with last year's result beside them are no comparison. */
const FEWEST = 2

/** Which goals are set above or below last year's result (哪些目标定得比去年低): both figures side by side, each quoted. */
export const compare: Handler = {
  name: 'compare',
  handle: ({ question, message }, { report }) => {
    const { text } = message
    const asksAll = !question.contents.some((c) => c.weight > 0.5)
    if (!asksAll || !ASKS_GOALS.test(text) || !ASKS_LAST_YEAR.test(text)) return undefined
    if (!message.cues.has('compare') && !message.cues.has('list') && !message.cues.has('what')) return undefined
    const pairs = goalPairs(report)
    const isWanted = LOWER.test(text) ? isLower : HIGHER.test(text) ? (p: GoalPair) => !isLower(p) : () => true
    const wanted = pairs.filter(isWanted)
    if (pairs.length < FEWEST || wanted.length === 0) return undefined
    const told = wanted.flatMap((p) => [p.goal, p.result])
    return draft({
      kind: 'answer',
      intent: 'compare',
      headline: say(LOWER.test(text) ? 'goalsLower' : HIGHER.test(text) ? 'goalsHigher' : 'goalsAll'),
      lines: wanted.map((p) => pairLine(p, report)),
      statements: told.map((f) => f.statement).sort((a, b) => a.start - b.start),
      figures: told,
      confidence: 1.3,
    })
  },
}

function isLower({ goal, result }: GoalPair): boolean {
  return (goal.value ?? 0) < (result.value ?? 0)
}
