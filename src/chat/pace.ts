import PQueue from 'p-queue'
import type { Adapter, Limit } from './model.js'

/** Chats whose queues are kept; the idle ones of the rest are let go. */
const MOST_CHATS = 2000

/** Of a window as long as this, one place is left free for telling who waits that they do. */
const LONG_WINDOW_MS = 60_000
/** Messages may be under way for unequal times: windows are held so much longer than they are, at most. */
const MARGIN_MS = 100
const MARGIN = 0.03

/** Where a message goes. `first`: before others that wait there; `notice`: past the windows in which a place is left for it. */
export interface Turn {
  chat: string
  group: boolean
  first?: boolean
  notice?: boolean
}

/** Keeps a platform's limits: nothing is dropped, what comes too fast waits its turn. */
export interface Pace {
  /** Runs the send when its turn has come. `onQueued` hears at once how many wait before it there, and for about how long. */
  run: <T>(turn: Turn, send: () => Promise<T>, onQueued: (before: number, waitMs: number) => void) => Promise<T>
  /** Lets nothing out to the chat for so long: the platform asked for it. */
  hold: (chat: string, ms: number) => void
  /** Forgets what waits. */
  close: () => void
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
      const all = queuesOf(turn)
      const queues = turn.notice ? all.filter((queue) => !isLong(queueLimits.get(queue)!)) : all
      const sent = through([...queues, ...overall], send, turn.first || turn.notice ? 1 : 0)
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
    close() {
      for (const queue of [...overall, ...[...chats.values()].flat()]) queue.clear()
    },
  }
}

const queueLimits = new WeakMap<PQueue, Limit>()

function queueOf(limit: Limit): PQueue {
  const intervalCap = limit.messages - (isLong(limit) ? 1 : 0)
  const interval = limit.everyMs + Math.min(MARGIN_MS, limit.everyMs * MARGIN)
  const queue = new PQueue({ intervalCap, interval, strict: true })
  queueLimits.set(queue, limit)
  return queue
}

function isLong({ everyMs }: Limit): boolean {
  return everyMs >= LONG_WINDOW_MS
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
