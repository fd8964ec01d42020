/** How many requests of one sort are let through in how long. */
export interface Limit {
  limit: number
  windowMs: number
}

/** How one request stands to its limit. */
export interface Standing {
  allowed: boolean
  remaining: number
  /** Until the next request is let through (or, where some remain, until the first of the window leaves it). */
  resetAfterMs: number
}

export interface Limits {
  /** Counts a request of this key, where it is let through. */
  take: (key: string, limit: Limit) => Standing
  /** Nothing of this key is let through for so long. */
  block: (key: string, ms: number) => void
  /** Takes all limits off, for good. */
  off: () => void
  isOn: () => boolean
}

/** Sliding windows, one a key. */
export function createLimits(): Limits {
  const windows = new Map<string, number[]>()
  const blocked = new Map<string, number>()
  let on = true
  return {
    take: (key, { limit, windowMs }) => {
      const now = performance.now()
      const wait = (blocked.get(key) ?? 0) - now
      if (wait > GRACE_MS) return { allowed: false, remaining: 0, resetAfterMs: wait }
      blocked.delete(key)
      const hits = (windows.get(key) ?? []).filter((at) => at > now - windowMs)
      const allowed = !on || hits.length < limit
      if (allowed) hits.push(now)
      windows.set(key, hits)
      return { allowed, remaining: Math.max(0, limit - hits.length), resetAfterMs: (hits[0] ?? now) + windowMs - now }
    },
    block: (key, ms) => void blocked.set(key, performance.now() + ms),
    off: () => {
      on = false
    },
    isOn: () => on,
  }
}

/** Timers on the other side may fire a little early. */
const GRACE_MS = 20
