import type { Limit } from './model.js'

/** Clocks run a little differently: a window is held longer than it is by so much. */
const MARGIN = 0.01
const LONGEST_MARGIN_MS = 20

/** How a message waits for its place. */
export interface Wait {
  /** The higher goes first; of equals, who came first. */
  priority: number
  /** Places that it leaves free for those before it. */
  spare?: number
  /** Milliseconds between it and the one before it of its kind: not in bursts. */
  apartMs?: number
}

/**
 * A rolling window of a platform's limit: at no moment are there more messages behind than it allows. A message counts from when it sets
 * out until so long after it has arrived, so that it holds as the platform counts, however long the way is.
 */
export interface Window {
  limit: Limit
  /** Resolves when its turn has come; what it gives is called when the message has arrived. */
  enter: (wait: Wait) => Promise<() => void>
  /** How many wait. */
  waiting: () => number
  /** Nothing is under way, and nothing that was sent counts any more. */
  isIdle: () => boolean
  /** Lets nothing out for so long: the platform asked for it. */
  hold: (ms: number) => void
  /** Forgets what waits. */
  clear: () => void
}

/** `ticks`: milliseconds that only go on, whatever the clock on the wall does. */
export function createWindow(limit: Limit, ticks: () => number): Window {
  const spanMs = limit.everyMs + Math.min(LONGEST_MARGIN_MS, limit.everyMs * MARGIN)
  const queue: (Wait & { go: () => void })[] = []
  const arrived: number[] = []
  let [underWay, heldUntilMs, nextApartMs] = [0, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]
  let timer: NodeJS.Timeout | undefined

  function used(now: number): number {
    while (arrived.length && arrived[0]! <= now - spanMs) arrived.shift()
    return underWay + arrived.length
  }

  /** Milliseconds until the first in the queue may set out; infinite where that is for an arrival to say. */
  function restOf({ spare = 0, apartMs = 0 }: Wait, now: number): number {
    const held = heldUntilMs - now
    const apart = apartMs ? nextApartMs - now : 0
    if (used(now) < Math.max(1, limit.messages - spare)) return Math.max(0, held, apart)
    return arrived.length ? Math.max(arrived[0]! + spanMs - now, held, apart) : Number.POSITIVE_INFINITY
  }

  function pump(): void {
    clearTimeout(timer)
    for (let [first] = queue; first; [first] = queue) {
      const now = ticks()
      const rest = restOf(first, now)
      if (rest > 0) {
        if (rest < Number.POSITIVE_INFINITY) timer = setTimeout(pump, Math.max(1, rest))
        return
      }
      queue.shift()
      underWay++
      // A timer that came late is made up for, by two at most.
      const { apartMs = 0 } = first
      if (apartMs) nextApartMs = Math.max(nextApartMs, now - 2 * apartMs) + apartMs
      first.go()
    }
  }

  function arrive(): void {
    underWay--
    arrived.push(ticks())
    pump()
  }

  return {
    limit,
    enter: (wait) =>
      new Promise((done) => {
        const at = queue.findLastIndex(({ priority }) => priority >= wait.priority) + 1
        queue.splice(at, 0, { ...wait, go: () => done(arrive) })
        pump()
      }),
    waiting: () => queue.length,
    isIdle: () => queue.length === 0 && used(ticks()) === 0,
    hold(ms) {
      heldUntilMs = Math.max(heldUntilMs, ticks() + ms)
    },
    clear() {
      queue.length = 0
      clearTimeout(timer)
    },
  }
}
