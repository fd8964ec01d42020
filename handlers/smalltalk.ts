import { type Handler, type Kit, LEAST_CONFIDENCE } from '../src/handler.js'
import { hasSubstance } from '../src/question/lean.js'
import { draft } from '../src/reply/draft.js'
import { say } from '../src/reply/words.js'

/** A message that asks nothing and touches less of the report than this is mere talk. */
const STRAY = 0.3

/** Greetings, thanks, what can you do, and talk that has nothing to do with a report. */
export const smalltalk: Handler = {
  name: 'help',
  handle: ({ message, question, evidence, conversation }, kit) => {
    const said = (['offtopic', 'help', 'thanks', 'greet'] as const).find((c) => message.cues.has(c))
    const matched = (evidence[0]?.coverage ?? 0) >= (said ? LEAST_CONFIDENCE : STRAY)
    const thanked =
      (said === 'thanks' || said === 'greet') &&
      !question.cues.has('number') &&
      !/哪|什么|多少|几|谁|吗|[?？]/.test(message.text)
    const asks =
      (!said && /哪|什么|多少|几|谁|吗|[?？]/.test(message.text)) ||
      question.wants.length > 0 ||
      question.mentions.length > 0 ||
      question.years.length > 0
    const cue = said ?? (matched || asks || question.cues.size || conversation.last ? undefined : 'offtopic')
    if (!cue || (cue !== 'offtopic' && (asks || (hasSubstance(question) && matched && !thanked)))) return undefined
    const values = { title: kit.report.title.replace(/[《》]/g, ''), example: exampleOf(kit) }
    return draft({
      kind: 'chat',
      intent: cue === 'offtopic' ? 'smalltalk' : cue === 'help' ? 'help' : 'smalltalk',
      headline: say(cue, values),
      confidence: 1.3,
    })
  },
}

/** A question that this report can answer. */
export function exampleOf({ report }: Kit): string {
  const figure = report.figures.find(
    (f) => (f.status === 'actual' || f.status === 'estimate') && f.dimension === 'money' && f.metric.length > 3,
  )
  return figure ? say('example', { metric: figure.metric }) : ''
}
