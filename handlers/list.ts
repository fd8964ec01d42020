import { following, gather, gatheredDraft, withSection } from '../src/gather.js'
import type { Handler } from '../src/handler.js'
import { namedItems } from '../src/reply/headline.js'

/** Everything of one kind (去年有哪些项目投产). */
export const list: Handler = {
  name: 'list',
  handle: (asked, kit) => {
    if (!asked.message.cues.has('list') || asked.question.wants.length) return undefined
    const found = gather(asked, kit)
    if (!found) return undefined
    const { best, near, announced } = found
    const several = near.length > 1 ? withSection(found, kit) : near.map((e) => e.statement)
    const statements = announced.length ? announced : several
    // 新认定3家: the names stand in the sentences behind the number.
    const isBare = new Set(statements.map((s) => s.sentence)).size === 1 && namedItems(best.statement).length === 0
    const names = isBare ? following(best.statement, kit, true) : []
    return gatheredDraft('list', asked, kit, found, [...statements, ...names])
  },
}
