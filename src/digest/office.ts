import { noticeReply, pageOf } from '../chat/pages.js'
import type { Log } from '../chat/watch.js'
import { say } from '../reply/words.js'
import { dayOf, timeOf } from './calendar.js'
import { addressOf, type PushLink } from './dispatch.js'
import { DIGESTS, digestOf } from './rows.js'
import type { Entry, Ledger, Subscriptions, Target } from './store.js'

/** Looked at so often; what happens meanwhile is told together. */
const EVERY_MS = 60_000
const MOST_ROWS = 20_000
const MOST_LINES = 20

/** Chats of those who look after the bot. */
export interface Office {
  chats: Target[]
  subscriptions: Subscriptions
  ledger: Ledger
  clock: () => number
  log: Log
}

/** Tells the office, by one platform, what did not arrive; where there is no office, the log. */
export function createOffice({ chats, subscriptions, ledger, clock, log }: Office, { traits, push }: PushLink) {
  const own = chats.filter(({ platform }) => platform === traits.platform)
  let [toldMs, isSubscribed] = [Number.NEGATIVE_INFINITY, false]

  /** Digests that are meant for the office come to it without being asked for, until it ends them. */
  async function subscribe(): Promise<void> {
    for (const chat of own) {
      const known = new Set((await subscriptions.of(chat)).map(({ digest }) => digest))
      for (const { name } of DIGESTS.filter(({ office, name }) => office && !known.has(name)))
        await subscriptions.put({ ...chat, digest: name, ...newAt(clock()) })
    }
    isSubscribed = true
  }

  return async function look(): Promise<void> {
    if (!isSubscribed) await subscribe()
    const now = clock()
    if (now >= toldMs && now - toldMs < EVERY_MS) return
    toldMs = now
    if (chats.length && !own.length) return
    const rows = await ledger.rows.untold(MOST_ROWS)
    if (!rows.length) return
    const lines = linesOf(rows)
    for (const line of lines) log.warn({ line }, 'digests did not arrive')
    const text = [say('officeHead'), ...lines.slice(0, MOST_LINES), say('officeFoot')].join('\n')
    const page = pageOf([noticeReply(text)], 0, traits.page)
    const nonce = `o${now.toString(36)}`
    const sent = await Promise.all(
      own.map((chat) => push({ ...page, to: addressOf({ ...chat, id: nonce }), nonce }, async () => true)),
    )
    // Where the line is down it is told later.
    if (sent.some(({ outcome }) => outcome === 'sent') || !own.length)
      await ledger.rows.markTold(rows.map(({ id }) => id))
  }
}

/** What a subscription begins with. */
export function newAt(nowMs: number) {
  return { time: '', active: true, pausedUntil: 0, plannedTo: nowMs, report: '', position: 0 }
}

/** One line a digest, due time and state: how many chats, why. */
function linesOf(rows: Entry[]): string[] {
  const groups = new Map<string, Entry[]>()
  for (const row of rows) {
    const key = [row.digest, row.due, row.platform, row.state, row.reason].join('|')
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  return [...groups.values()].map((group) => {
    const [{ digest: name, due, platform, state, reason, id }] = group as [Entry]
    const digest = digestOf(name)
    const zone = digest?.zone ?? 'UTC'
    return say('officeLine', {
      title: digest?.title ?? name,
      when: `${dayOf(due, zone)} ${timeOf(due, zone)}`,
      platform,
      count: group.length,
      state: say(`state.${state}`),
      reason,
      id,
    })
  })
}
