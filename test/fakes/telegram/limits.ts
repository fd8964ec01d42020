/** How much may be sent, and whether one more message may be now. */
export interface Limits {
  /** Seconds to wait before the next message to this chat, or nothing where it may go at once. */
  wait: (chat: number, group: boolean) => number | undefined
  /** Counts a message that was let through. */
  count: (chat: number) => void
  /** Nothing is let through to this chat for so long. */
  block: (chat: number, ms: number) => void
  /** Takes the limits off; a block stays. */
  off: () => void
}

/** Sliding windows: a message a second to a chat with short bursts, 20 a minute to a group, 30 a second over all. */
export function createLimits(now: () => number = () => performance.now()): Limits {
  const sent = new Map<number | 'all', number[]>()
  const blocked = new Map<number, number>()
  let on = true

  const left = (key: number | 'all', { most, lastsMs }: Window) => {
    const times = (sent.get(key) ?? []).filter((at) => at > now() - lastsMs + GRACE_MS)
    // The message that must leave the window before one more fits in.
    const first = times[times.length - most]
    return first === undefined ? 0 : first + lastsMs - now()
  }

  return {
    wait: (chat, group) => {
      const waits = [(blocked.get(chat) ?? 0) - now() - GRACE_MS]
      if (on) waits.push(left('all', OVER_ALL), left(chat, A_CHAT), group ? left(chat, A_GROUP) : 0)
      const longest = Math.max(...waits)
      return longest > 0 ? Math.max(1, Math.ceil(longest / 1000)) : undefined
    },
    count: (chat) => {
      if (!on) return
      for (const key of ['all', chat] as const) {
        const recent = (sent.get(key) ?? []).filter((at) => at > now() - A_GROUP.lastsMs)
        sent.set(key, [...recent, now()])
      }
    },
    block: (chat, ms) => void blocked.set(chat, now() + ms),
    off: () => {
      on = false
      sent.clear()
    },
  }
}

interface Window {
  most: number
  lastsMs: number
}

/** Timers and the way over the loopback shift a message that was sent in time by a little. */
const GRACE_MS = 50
const OVER_ALL: Window = { most: 30, lastsMs: 1_000 }
/** Telegram gives no window for its message a second; short bursts may pass it. */
const A_CHAT: Window = { most: 5, lastsMs: 5_000 }
const A_GROUP: Window = { most: 20, lastsMs: 60_000 }
