import type { Sent, Store } from '../chat/store.js'

/** Replies that are kept; older ones can no longer be gone on from. */
const MOST_KEPT = 1000

/** A store that forgets at the end of the process: for the terminal. */
export function memoryStore(): Store {
  const begun = new Map<string, boolean>()
  const replies = new Map<number, Sent>()
  let last = 0

  return {
    inbox: {
      claim: async (delivery) => {
        const isNew = !begun.has(delivery)
        if (isNew) begun.set(delivery, false)
        if (begun.size > MOST_KEPT) begun.delete(begun.keys().next().value!)
        return isNew
      },
      begin: async (delivery) => {
        const isFirst = begun.get(delivery) !== true
        begun.set(delivery, true)
        return isFirst
      },
      release: async (delivery) => void begun.set(delivery, false),
      abandoned: async () => [],
    },
    replies: {
      keep: async (sent) => {
        replies.set(++last, { ...sent, id: last, message: '' })
        if (replies.size > MOST_KEPT) replies.delete(replies.keys().next().value!)
        return last
      },
      shown: async (id, message) => {
        const sent = replies.get(id)
        if (sent) sent.message = message
      },
      byId: async (id) => replies.get(id),
      last: async (sought) =>
        [...replies.values()]
          .reverse()
          .find((sent) => Object.entries(sought).every(([key, value]) => sent[key as keyof Sent] === value)),
    },
    voices: { unanswered: async () => undefined, gaps: async () => [], feedback: async () => undefined },
    prune: async () => undefined,
    close: async () => undefined,
  }
}
