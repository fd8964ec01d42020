import PQueue from 'p-queue'
import type { Limit, Traits } from './model.js'
import type { Queue } from './teller.js'

/** Chats whose queues are kept; the idle ones of the rest are let go. */
const MOST_CHATS = 2000

/** Of a window as long as this, one place is left free for telling who waits that they do. */
const LONG_WINDOW_MS = 60_000
/** A timer is late by a millisecond or so: of two at a time, that is half as much a message. */
const BULK_AT_ONCE = 2
/** Of thousands, so many are under way where no limit over all says otherwise. */
const MOST_BULK = 50
/** Clocks differ a little: windows are held so much longer than they are, at most. */
const MARGIN_MS = 100
const MARGIN = 0.05

/** Where a message goes. `first`: before others that wait there; `notice`: past the windows in which a place is left for it. */
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

interface Window {
  limit: Limit
  queue: PQueue
  /** When the last messages had arrived at the latest, as far as the limit counts them; those under way are still open. */
  arrived: Promise<number>[]
}

/**
 * The windows roll: at no moment are there more messages behind than a limit allows. A message queues for the windows of its chat, the
 * longest first, then for those over all. Queues count from when a message sets out, platforms from when it arrives: so that
 * it is held against when those before it in its chat had arrived.
 */
export function createPace(limits: Traits['limits'], clock: () => number): Pace {
  const overall = limits.overall.map(windowOf)
  const bulk = limits.overall.length ? limits.overall.map(steadyOf) : [new PQueue({ concurrency: MOST_BULK })]
  const chats = new Map<string, { windows: Window[]; usedMs: number }>()

  function windowsFor({ chat, group }: Pick<Turn, 'chat' | 'group'>): Window[] {
    const { windows } = chats.get(chat) ?? { windows: (group ? limits.group : limits.chat).map(windowOf) }
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

  async function setOut<T>(windows: Window[], send: () => Promise<T>): Promise<T> {
    const before = windows.map(({ arrived, limit }) => arrived.at(-limit.messages))
    let arrive: (atMs: number) => void = () => undefined
    const arrival = new Promise<number>((done) => {
      arrive = done
    })
    for (const window of windows) window.arrived = [...window.arrived, arrival].slice(-window.limit.messages)
    for (const [i, { limit }] of windows.entries()) {
      const atMs = await before[i]
      const rest = atMs === undefined ? 0 : atMs + limit.everyMs + marginOf(limit) - clock()
      if (rest > 0) await new Promise((done) => setTimeout(done, rest))
    }
    return send().finally(() => arrive(clock()))
  }

  return {
    run(turn, send, onQueued) {
      const own = windowsFor(turn)
      const queues = own.filter(({ limit }) => !turn.notice || !isLong(limit))
      const priority = turn.bulk ? -1 : turn.first || turn.notice ? 1 : 0
      const last = turn.bulk ? [...bulk, ...overall.map(queueOf)] : overall.map(queueOf)
      const sent = through(queues.map(queueOf), () => setOut(own, () => through(last, send, priority)), priority)
      if (own.some(({ queue }) => queue.size > 0)) onQueued?.()
      return sent
    },
    queue(chat, pending) {
      const windows = chats.get(chat)?.windows ?? []
      const queued = windows.reduce((sum, { queue }) => sum + queue.size, 0)
      const waiting = queued ? Math.max(queued, pending) : 0
      const full = windows.filter(({ queue }) => queue.size > 0)
      return { waiting, waitMs: Math.max(0, ...full.map(({ limit }) => waitOf(waiting, limit))) }
    },
    hold(chat, ms) {
      const [first] = chats.get(chat)?.windows ?? []
      if (!first || first.queue.isPaused) return
      first.queue.pause()
      setTimeout(() => first.queue.start(), ms)
    },
    close() {
      for (const queue of bulk) queue.clear()
      for (const { queue } of [...overall, ...[...chats.values()].flatMap(({ windows }) => windows)]) queue.clear()
    },
  }
}

function windowOf(limit: Limit): Window {
  const intervalCap = limit.messages - (isLong(limit) ? 1 : 0)
  return {
    limit,
    queue: new PQueue({ intervalCap, interval: limit.everyMs + marginOf(limit), strict: true }),
    arrived: [],
  }
}

function marginOf({ everyMs }: Limit): number {
  return Math.min(MARGIN_MS, everyMs * MARGIN)
}

function isLong({ everyMs }: Limit): boolean {
  return everyMs >= LONG_WINDOW_MS
}

/** The window that runs out, and one more for every windowful that waits. */
function waitOf(waiting: number, { messages, everyMs }: Limit): number {
  return Math.ceil(waiting / messages) * everyMs
}

function queueOf({ queue }: Window): PQueue {
  return queue
}

/** As many as the limit allows, spread evenly: a question that comes meanwhile waits for the next one at most. */
function steadyOf(limit: Limit): PQueue {
  const interval = Math.ceil(((limit.everyMs + marginOf(limit)) / limit.messages) * BULK_AT_ONCE)
  return new PQueue({ intervalCap: BULK_AT_ONCE, interval })
}

function through<T>([queue, ...rest]: PQueue[], send: () => Promise<T>, priority: number): Promise<T> {
  return queue ? queue.add(() => through(rest, send, priority), { priority }) : send()
}
