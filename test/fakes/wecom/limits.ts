/** How much may be sent to one conversation; replies and pushes count together. */
export interface Limiter {
  /** One more would break a limit. */
  full: (chat: string) => boolean
  count: (chat: string) => void
  off: () => void
}

/** Sliding windows: 30 in any minute and 1,000 in any hour, a conversation. */
export function createLimiter(now: () => number): Limiter {
  const sent = new Map<string, number[]>()
  let on = true

  return {
    full: (chat) => {
      const times = sent.get(chat) ?? []
      return on && WINDOWS.some(({ most, lastsMs }) => times.filter((at) => at > now() - lastsMs).length >= most)
    },
    count: (chat) => {
      if (!on) return
      const recent = (sent.get(chat) ?? []).filter((at) => at > now() - HOUR_MS)
      sent.set(chat, [...recent, now()])
    },
    off: () => {
      on = false
      sent.clear()
    },
  }
}

const HOUR_MS = 3_600_000
const WINDOWS = [
  { most: 30, lastsMs: 60_000 },
  { most: 1000, lastsMs: HOUR_MS },
]
