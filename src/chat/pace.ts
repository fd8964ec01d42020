import PQueue from 'p-queue'
import type { Adapter, Limit } from './model.js'

/** Chats whose queues are kept; the idle ones of the rest are let go. */
const MOST_CHATS = 2000

/** Where a message goes, and whether it goes before others that wait there. */
export interface Turn {
  chat: string
  group: boolean
  first?: boolean
}

/** Keeps a platform's limits: nothing is dropped, what comes too fast waits its turn. */
export interface Pace {
  /** Runs the send when its turn has come. `onQueued` hears at once how many wait before it there, and for about how long. */
  run: <T>(turn: Turn, send: () => Promise<T>, onQueued: (before: number, waitMs: number) => void) => Promise<T>
  /** Lets nothing out to the chat for so long: the platform asked for it. */
  hold: (chat: string, ms: number) => void
}

/** The windows roll: at no moment are there more messages behind than a limit allows. */
export function createPace(limits: Adapter['limits']): Pace {
  const chats = new Map<string, PQueue[]>()
  const overall = limits.overall.map(queueOf)

  function queuesOf({ chat, group }: Pick<Turn, 'chat' | 'group'>): PQueue[] {
    const known = chats.get(chat)
    if (known) return known
    if (chats.size >= MOST_CHATS) for (const [key, queues] of chats) if (queues.every(isIdle)) chats.delete(key)
    const queues = (group ? limits.group : limits.chat).map(queueOf)
    chats.set(chat, queues)
    return queues
  }

  return {
    run(turn, send, onQueued) {
      const queues = queuesOf(turn)
      const sent = through([...queues, ...overall], send, turn.first ? 1 : 0)
      const before = Math.max(0, ...queues.map((queue) => queue.size)) - 1
      if (before >= 0) onQueued(before, Math.max(...queues.map(waitOf)))
      return sent
    },
    hold(chat, ms) {
      const [queue] = chats.get(chat) ?? []
      if (!queue || queue.isPaused) return
      queue.pause()
      setTimeout(() => queue.start(), ms)
    },
  }
}

const queueLimits = new WeakMap<PQueue, Limit>()

function queueOf(limit: Limit): PQueue {
  const queue = new PQueue({ intervalCap: limit.messages, interval: limit.everyMs, strict: true })
  queueLimits.set(queue, limit)
  return queue
}

function isIdle(queue: PQueue): boolean {
  return queue.size === 0 && queue.pending === 0 && !queue.isPaused
}

/** The window that is running out, and one more for every windowful that waits. */
function waitOf(queue: PQueue): number {
  const { messages, everyMs } = queueLimits.get(queue)!
  return queue.size === 0 ? 0 : Math.ceil(queue.size / messages) * everyMs
}

function through<T>([queue, ...rest]: PQueue[], send: () => Promise<T>, priority: number): Promise<T> {
  return queue ? queue.add(() => through(rest, send, priority), { priority }) : send()
}
