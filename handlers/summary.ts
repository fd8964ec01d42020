import { gather, gatheredDraft, headed, withSection } from '../src/gather.js'
import type { Asked, Handler, Kit } from '../src/handler.js'

/** Everything the report says of a topic or section (今年医疗高地怎么打造). */
export const summary: Handler = {
  name: 'summary',
  handle: (asked, kit) => {
    if (!isAsked(asked, kit) || asked.question.wants.length) return undefined
    const found = gather(asked, kit, false)
    if (!found) return undefined
    const statements = found.announced.length ? found.announced : withSection(found, kit)
    return gatheredDraft('summary', asked, kit, found, statements)
  },
}

/** Asked outright, or how a thing stands that has a section of its own. */
function isAsked(asked: Asked, kit: Kit): boolean {
  const { cues } = asked.message
  return cues.has('summary') || ((cues.has('status') || cues.has('list')) && headed(asked, kit) !== undefined)
}
