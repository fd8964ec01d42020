import type { Utterance } from './model.js'

/** A queue is looked at when those who ask at once have all asked; who waits longer than this is told so, then once a minute. */
const SETTLED_MS = 1000
const LONG_WAIT_MS = 5000
const AGAIN_MS = 60_000

/** How many messages wait in a chat, and for how long the last of them. */
export interface Queue {
  waiting: number
  waitMs: number
}

/** Tells a chat that answers wait their turn there, for as long as they do. */
export interface Teller {
  /** Another answer waits. */
  waits: (to: Utterance) => void
  close: () => void
}

/** `tell` is asked to tell it to whoever came last: they wait longest. */
export function createTeller(queueOf: (chat: string) => Queue, tell: (to: Utterance, queue: Queue) => void): Teller {
  const chats = new Map<string, { last: Utterance; timer: NodeJS.Timeout }>()

  function look(chat: string): void {
    const queue = queueOf(chat)
    const entry = chats.get(chat)
    if (!entry || queue.waitMs <= LONG_WAIT_MS) {
      chats.delete(chat)
      return
    }
    entry.timer = setTimeout(() => look(chat), AGAIN_MS)
    tell(entry.last, queue)
  }

  return {
    waits(to) {
      const entry = chats.get(to.chat)
      if (entry) entry.last = to
      else chats.set(to.chat, { last: to, timer: setTimeout(() => look(to.chat), SETTLED_MS) })
    },
    close() {
      for (const { timer } of chats.values()) clearTimeout(timer)
      chats.clear()
    },
  }
}
