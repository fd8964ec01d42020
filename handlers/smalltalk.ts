import type { Handler, Kit } from '../src/handler.js'
import { hasSubstance } from '../src/question/read.js'
import { draft } from '../src/reply/draft.js'
import { say } from '../src/reply/words.js'

/** Greetings, thanks, what can you do, and talk that has nothing to do with a report. */
export const smalltalk: Handler = {
  name: 'help',
  handle: ({ message, question }, kit) => {
    const cue = (['offtopic', 'help', 'thanks', 'greet'] as const).find((c) => message.cues.has(c))
    if (!cue) return undefined
    const asksMore = hasSubstance(question) || question.wants.length > 0
    if (cue !== 'offtopic' && asksMore) return undefined
    const values = { title: kit.report.title.replace(/[《》]/g, ''), example: exampleOf(kit) }
    return draft({ kind: 'chat', intent: cue === 'offtopic' ? 'smalltalk' : cue === 'help' ? 'help' : 'smalltalk', headline: say(cue, values), confidence: 1 })
  },
}

/** A question that this report can answer. */
export function exampleOf({ report }: Kit): string {
  const figure = report.figures.find((f) => (f.status === 'actual' || f.status === 'estimate') && f.dimension === 'money' && f.metric.length > 3)
  return figure ? say('example', { metric: figure.metric }) : ''
}
