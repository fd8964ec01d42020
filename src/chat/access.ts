import type { Asker } from './model.js'

/** What one person may ask in a minute: questions, and previews, of which every key that is typed asks one. */
const A_MINUTE = { question: 30, preview: 300 }
const MINUTE_MS = 60_000
/** People whose questions are counted; those who have been silent longest are forgotten. */
const MOST_PEOPLE = 10_000

/** Chats and people that are let in, by platform; a platform that is not named lets everyone in. */
export type AllowList = Map<string, Set<string>>

export type Access = 'allowed' | 'stranger' | { tooFast: { told: boolean; waitMs: number } }

/** Who may ask, and how often. */
export function createAccess(
  allowed: AllowList,
  clock: () => number,
): (asker: Asker, kind?: keyof typeof A_MINUTE) => Access {
  const asked = new Map<string, { times: number[]; told: boolean }>()
  return ({ platform, chat, person }, kind = 'question') => {
    const own = allowed.get(platform)
    if (own && !own.has(chat) && !own.has(person)) return 'stranger'
    const key = `${kind}:${platform}:${person}`
    const now = clock()
    const { times, told } = asked.get(key) ?? { times: [], told: false }
    const recent = times.filter((time) => time > now - MINUTE_MS)
    asked.delete(key)
    if (asked.size >= MOST_PEOPLE) asked.delete(asked.keys().next().value!)
    if (recent.length < A_MINUTE[kind]) {
      asked.set(key, { times: [...recent, now], told: false })
      return 'allowed'
    }
    asked.set(key, { times: recent, told: true })
    return { tooFast: { told, waitMs: recent[0]! + MINUTE_MS - now } }
  }
}
