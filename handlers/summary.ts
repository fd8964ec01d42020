import { following, gather, gatheredDraft, headed, withSection } from '../src/gather.js'
import type { Asked, Handler, Kit } from '../src/handler.js'
import { fold } from '../src/question/normalize.js'
import type { Statement } from '../src/report/model.js'

const FEW = 3
const SHORT = 2

/** Everything the report says of a topic or section (今年医疗高地怎么打造). */
export const summary: Handler = {
  name: 'summary',
  handle: (asked, kit) => {
    if (!isAsked(asked, kit) || asked.question.wants.length) return undefined
    const found = gather(asked, kit, false)
    if (!found) return undefined
    const statements = found.announced.length ? found.announced : withSection(found, kit)
    return gatheredDraft('summary', asked, kit, found, [
      ...statements,
      ...(isNamed(asked, kit) ? [] : goingOn(statements, kit)),
    ])
  },
}

/** Of a firm or project, what names it is the account. */
function isNamed({ question }: Asked, { report }: Kit): boolean {
  const names = report.entities.flatMap((e) => [e.name, e.owner, ...e.aliases].map(fold))
  return question.contents.some((c) => c.text.length > SHORT && names.some((name) => name.includes(c.text)))
}

/** An account of so few sentences goes on with the paragraph they open. */
function goingOn(statements: Statement[], kit: Kit): Statement[] {
  const told = new Set(statements.map((s) => s.sentence))
  if (told.size >= FEW) return []
  return statements
    .flatMap((s) => following(s, kit, true))
    .filter((s, i, all) => !told.has(s.sentence) && all.indexOf(s) === i)
}

/** Asked outright, or how a thing stands that has a section of its own. */
function isAsked(asked: Asked, kit: Kit): boolean {
  const { cues } = asked.message
  return cues.has('summary') || ((cues.has('status') || cues.has('list')) && headed(asked, kit) !== undefined)
}
