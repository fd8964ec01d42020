import PQueue from 'p-queue'
import type { Adapter, Limit } from './model.js'
import type { Queue } from './teller.js'

/** Chats whose queues are kept; the idle ones of the rest are let go. */
const MOST_CHATS = 2000

/** Of a window as long as this, one place is left free for telling who waits that they do. */
const LONG_WINDOW_MS = 60_000
/** Messages may be under way for unequal times: windows are held so much longer than they are, at most. */
const MARGIN_MS = 250
const MARGIN = 0.05

/** Where a message goes. `first`: before others that wait there; `notice`: past the windows in which a place is left for it. */
export interface Turn {
  chat: string
  group: boolean
  first?: boolean
  notice?: boolean
}

/** Keeps a platform's limits: nothing is dropped, what comes too fast waits its turn. */
export interface Pace {
  /** Runs the send when its turn has come. `onQueued` hears at once that it has not. */
  run: <T>(turn: Turn, send: () => Promise<T>, onQueued?: () => void) => Promise<T>
  /** What waits in a chat. */
  queue: (chat: string) => Queue
  /** Lets nothing out to the chat for so long: the platform asked for it. */
  hold: (chat: string, ms: number) => void
  /** Forgets what waits. */
  close: () => void
}

interface Window {
  limit: Limit
  queue: PQueue
}

/**
 * The windows roll: at no moment are there more messages behind than a limit allows. A message goes through the windows of its chat,
 * the longest first, then through those over all. It is counted when it enters a window, and may then wait in the next: so that no
 * second one is behind in this way, each window but the last lets one at a time go on, and keeps one place free for it.
 */
export function createPace(limits: Adapter['limits'], clock: () => number): Pace {
  const overall = windowsOf(limits.overall, true)
  const chats = new Map<string, { windows: Window[]; usedMs: number }>()

  function windowsFor({ chat, group }: Pick<Turn, 'chat' | 'group'>): Window[] {
    const { windows } = chats.get(chat) ?? { windows: windowsOf(group ? limits.group : limits.chat, !overall.length) }
    chats.delete(chat)
    if (chats.size >= MOST_CHATS)
      for (const [key, kept] of chats) if (isPast(kept.windows, kept.usedMs)) chats.delete(key)
    chats.set(chat, { windows, usedMs: clock() })
    return windows
  }

  /** Nothing waits there, and nothing that was sent counts any more. */
  function isPast(windows: Window[], usedMs: number): boolean {
    return windows.every(({ queue, limit }) => queue.size + queue.pending === 0 && usedMs < clock() - 2 * limit.everyMs)
  }

  return {
    run(turn, send, onQueued) {
      const own = windowsFor(turn).filter(({ limit }) => !turn.notice || !isLong(limit))
      const sent = through([...own, ...overall], send, turn.first || turn.notice ? 1 : 0)
      if (own.some(({ queue }) => queue.size > 0)) onQueued?.()
      return sent
    },
    queue(chat) {
      const windows = chats.get(chat)?.windows ?? []
      return {
        waiting: windows.reduce((sum, { queue }) => sum + queue.size, 0),
        waitMs: Math.max(0, ...windows.map(waitOf)),
      }
    },
    hold(chat, ms) {
      const [first] = chats.get(chat)?.windows ?? []
      if (!first || first.queue.isPaused) return
      first.queue.pause()
      setTimeout(() => first.queue.start(), ms)
    },
    close() {
      for (const { queue } of [...overall, ...[...chats.values()].flatMap(({ windows }) => windows)]) queue.clear()
    },
  }
}

/** `isEnd`: no windows come after these. */
function windowsOf(limits: Limit[], isEnd: boolean): Window[] {
  return [...limits]
    .sort((a, b) => b.everyMs - a.everyMs)
    .map((limit, i) => {
      const isLast = isEnd && i === limits.length - 1
      const kept = (isLong(limit) ? 1 : 0) + (isLast ? 0 : 1)
      const interval = limit.everyMs + Math.min(MARGIN_MS, limit.everyMs * MARGIN)
      const concurrency = isLast ? Number.POSITIVE_INFINITY : 1
      return { limit, queue: new PQueue({ intervalCap: limit.messages - kept, interval, strict: true, concurrency }) }
    })
}

function isLong({ everyMs }: Limit): boolean {
  return everyMs >= LONG_WINDOW_MS
}

/** The window that is running out, and one more for every windowful that waits. */
function waitOf({ queue, limit }: Window): number {
  return Math.ceil(queue.size / limit.messages) * limit.everyMs
}

function through<T>([window, ...rest]: Window[], send: () => Promise<T>, priority: number): Promise<T> {
  if (!window) return send()
  if (!rest.length) return window.queue.add(send, { priority })
  return new Promise<T>((resolve, reject) => {
    const goOn = () =>
      new Promise<void>((left) => {
        const leave = () => {
          left()
          return send()
        }
        through(rest, leave, priority).then(resolve, reject)
      })
    window.queue.add(goOn, { priority }).catch(reject)
  })
}
