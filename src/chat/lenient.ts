import { messageOf } from '../errors.js'
import type { Store } from './store.js'
import type { Log } from './watch.js'

/**
 * The store as the chats use it. Where nothing can be kept or found (a full disk, a database that is away), that is logged and the answer
 * is given all the same: without buttons, in a new thread, and perhaps twice rather than not at all.
 */
export function lenient(store: Store, log: Log): Store {
  const or =
    <A extends unknown[], T>(run: (...args: A) => Promise<T>, otherwise: T) =>
    (...args: A) =>
      run(...args).catch((cause) => {
        log.error({ error: messageOf(cause) }, 'state could not be kept')
        return otherwise
      })
  const { inbox, replies, voices } = store
  return {
    inbox: {
      claim: or(inbox.claim, true),
      begin: or(inbox.begin, true),
      release: or(inbox.release, undefined),
      abandoned: or(inbox.abandoned, []),
    },
    replies: {
      keep: or(replies.keep, undefined),
      shown: or(replies.shown, undefined),
      byId: or(replies.byId, undefined),
      last: or(replies.last, undefined),
    },
    voices: {
      unanswered: or(voices.unanswered, undefined),
      gaps: or(voices.gaps, []),
      feedback: or(voices.feedback, undefined),
    },
    prune: or(store.prune, undefined),
    close: store.close,
  }
}
