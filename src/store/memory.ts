import type { Sent, Store } from '../chat/store.js'

/** Replies that are kept; older ones can no longer be gone on from. */
const MOST_KEPT = 1000

/** A store that forgets at the end of the process: for the terminal. */
export function memoryStore(): Store {
  const begun = new Map<string, boolean>()
  const replies = new Map<number, Sent>()
  let last = 0
  const find = (is: (sent: Sent) => boolean) => [...replies.values()].reverse().find(is)

  return {
    claim: async (delivery) => {
      const isNew = !begun.has(delivery)
      if (isNew) begun.set(delivery, false)
      if (begun.size > MOST_KEPT) begun.delete(begun.keys().next().value!)
      return isNew
    },
    begin: async (delivery) => void begun.set(delivery, true),
    release: async (delivery) => void begun.set(delivery, false),
    abandoned: async () => [],
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
    byAsked: async (platform, place, asked) =>
      find((s) => s.platform === platform && s.place === place && s.asked === asked),
    byMessage: async (platform, place, message) =>
      find((s) => s.platform === platform && s.place === place && s.message === message),
    prune: async () => undefined,
    close: async () => undefined,
  }
}
