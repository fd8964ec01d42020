import type { Asked, Handler, Kit } from './handler.js'
import type { Draft } from './reply/draft.js'

export interface Proposal {
  handler: string
  draft: Draft
}

/** Lets every handler propose and orders the drafts by how sure they are. */
export function route(handlers: Handler[], asked: Asked, kit: Kit): Proposal[] {
  return handlers
    .flatMap((handler) => {
      const draft = handler.handle(asked, kit)
      return draft ? [{ handler: handler.name, draft }] : []
    })
    .sort((a, b) => b.draft.confidence - a.draft.confidence)
}
