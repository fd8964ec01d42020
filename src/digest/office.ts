import { noticeReply, pageOf } from '../chat/pages.js'
import type { Log } from '../chat/watch.js'
import { say } from '../reply/words.js'
import { dayOf, timeOf } from './calendar.js'
import { addressOf, type PushLink } from './dispatch.js'
import { DEFAULT_DIGEST, DIGESTS, digestOf } from './rows.js'
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

/** The office on one platform: `look` tells it what did not arrive; where there is no office, the log. */
export function createOffice({ chats, subscriptions, ledger, clock, log }: Office, { traits, push }: PushLink) {
  const own = chats.filter(({ platform }) => platform === traits.platform)
  let toldMs = Number.NEGATIVE_INFINITY

  /** Who cannot ask for it gets it without, until it is ended: the office what is meant for it, chats that nobody can write in the default. */
  async function subscribe(): Promise<void> {
    const targets = (traits.push?.chats ?? []).map((chat) => ({
      platform: traits.platform,
      chat,
      thread: '',
      group: true,
    }))
    const wanted = [
      ...own.flatMap((chat) => DIGESTS.filter(({ office }) => office).map(({ name }) => ({ chat, name }))),
      ...targets.map((chat) => ({ chat, name: DEFAULT_DIGEST.name })),
    ]
    for (const { chat, name } of wanted) {
      const known = await subscriptions.of(chat)
      if (!known.some(({ digest }) => digest === name))
        await subscriptions.put({ ...chat, digest: name, ...newAt(clock()) })
    }
  }

  async function look(): Promise<void> {
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
  return { subscribe, look }
}

/** What a subscription begins with. */
export function newAt(nowMs: number) {
  return { time: '', active: true, pausedUntil: 0, plannedTo: nowMs, report: '', position: 0 }
}

/** One line a digest, due time and state: how many chats, why. */
function linesOf(rows: Entry[]): string[] {
  const groups = new Map<string, Entry[]>()
  for (const row of rows) {
    // A platform's words may name the chat; its code does not.
    const code = /^-?\d+ /.exec(row.reason)?.[0] ?? row.reason
    const key = [row.digest, row.due, row.platform, row.state, code].join('|')
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
