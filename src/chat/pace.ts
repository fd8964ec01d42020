import type { Limit, Traits } from './model.js'
import type { Queue } from './teller.js'
import { createWindow, type Wait, type Window } from './window.js'

/** Chats whose windows are kept; the idle ones of the rest are let go. */
const MOST_CHATS = 2000
/** Of a window as long as this, one place is left free for telling who waits that they do. */
const LONG_WINDOW_MS = 60_000
/** Of thousands, so many are under way where no limit over all says otherwise. */
const MOST_BULK = 50

/** Where a message goes. `first`: before others that wait there; `notice`: into the place that is left free for it. */
export interface Turn {
  chat: string
  group: boolean
  first?: boolean
  notice?: boolean
  /** One of thousands: whoever asks goes before it. */
  bulk?: boolean
}

/** Keeps a platform's limits: nothing is dropped, what comes too fast waits its turn. */
export interface Pace {
  /** Runs the send when its turn has come. `onQueued` hears at once that it has not. */
  run: <T>(turn: Turn, send: () => Promise<T>, onQueued?: () => void) => Promise<T>
  /** What waits in a chat, of so many that are to be sent there. */
  queue: (chat: string, pending: number) => Queue
  /** Lets nothing out to the chat for so long: the platform asked for it. */
  hold: (chat: string, ms: number) => void
  /** Forgets what waits. */
  close: () => void
}

/** A message waits for the windows of its chat, the longest first, then for those over all. `ticks`: milliseconds that only go on. */
export function createPace(limits: Traits['limits'], ticks: () => number): Pace {
  const overall = limits.overall.map((limit) => createWindow(limit, ticks))
  const crowd = overall.length ? [] : [createWindow({ messages: MOST_BULK, everyMs: 0 }, ticks)]
  const chats = new Map<string, Window[]>()

  function windowsOf({ chat, group }: Pick<Turn, 'chat' | 'group'>): Window[] {
    const windows = chats.get(chat) ?? (group ? limits.group : limits.chat).map((limit) => createWindow(limit, ticks))
    chats.delete(chat)
    if (chats.size >= MOST_CHATS)
      for (const [key, kept] of chats) if (kept.every(({ isIdle }) => isIdle())) chats.delete(key)
    chats.set(chat, windows)
    return windows
  }

  return {
    async run(turn, send, onQueued) {
      const priority = turn.bulk ? -1 : turn.first || turn.notice ? 1 : 0
      const arrivals: (() => void)[] = []
      const own = windowsOf(turn)
      let isTold = false
      const waits = [
        ...own.map((window) => ({ window, wait: { priority, spare: isLong(window.limit) && !turn.notice ? 1 : 0 } })),
        ...(turn.bulk ? crowd : []).map((window) => ({ window, wait: { priority } })),
        ...overall.map((window) => ({ window, wait: turn.bulk ? bulkOf(window.limit) : { priority } })),
      ]
      try {
        for (const { window, wait } of waits) {
          const entered = window.enter(wait)
          if (!isTold && own.some(({ waiting }) => waiting() > 0)) {
            isTold = true
            onQueued?.()
          }
          arrivals.push(await entered)
        }
        return await send()
      } finally {
        for (const arrive of arrivals) arrive()
      }
    },
    queue(chat, pending) {
      const windows = chats.get(chat) ?? []
      const queued = windows.reduce((sum, { waiting }) => sum + waiting(), 0)
      const waiting = queued ? Math.max(queued, pending) : 0
      const full = windows.filter((window) => window.waiting() > 0)
      return { waiting, waitMs: Math.max(0, ...full.map(({ limit }) => waitOf(waiting, limit))) }
    },
    hold(chat, ms) {
      chats.get(chat)?.[0]?.hold(ms)
    },
    close() {
      for (const { clear } of [...overall, ...crowd, ...[...chats.values()].flat()]) clear()
    },
  }
}

/** Spread evenly: a question that comes meanwhile goes next, and waits for one place at most. */
function bulkOf({ messages, everyMs }: Limit): Wait {
  return { priority: -1, apartMs: everyMs / messages }
}

function isLong({ everyMs }: Limit): boolean {
  return everyMs >= LONG_WINDOW_MS
}

/** The window that runs out, and one more for every windowful that waits. */
function waitOf(waiting: number, { messages, everyMs }: Limit): number {
  return Math.ceil(waiting / messages) * everyMs
}
