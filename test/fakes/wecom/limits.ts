/** How much may be sent to one conversation; replies and pushes count together. */
export interface Limiter {
  /** One more would break a limit. */
  full: (chat: string) => boolean
  count: (chat: string) => void
  off: () => void
}

/** Sliding windows: 30 in any minute and 1,000 in any hour, a conversation, where nothing else is said. */
export function createLimiter(now: () => number, windows = CONVERSATION): Limiter {
  const sent = new Map<string, number[]>()
  const longestMs = Math.max(...windows.map(({ lastsMs }) => lastsMs))
  let on = true

  return {
    full: (chat) => {
      const times = sent.get(chat) ?? []
      return on && windows.some(({ most, lastsMs }) => times.filter((at) => at > now() - lastsMs).length >= most)
    },
    count: (chat) => {
      if (!on) return
      const recent = (sent.get(chat) ?? []).filter((at) => at > now() - longestMs)
      sent.set(chat, [...recent, now()])
    },
    off: () => {
      on = false
      sent.clear()
    },
  }
}

const CONVERSATION = [
  { most: 30, lastsMs: 60_000 },
  { most: 1000, lastsMs: 3_600_000 },
]
