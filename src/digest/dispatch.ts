import { sizeOf } from '../chat/blocks.js'
import type { DeliveryError } from '../chat/delivery.js'
import type { Outgoing, Picture, Traits, Utterance } from '../chat/model.js'
import { alone, pageOf } from '../chat/pages.js'
import type { Pushed } from '../chat/post.js'
import type { Store } from '../chat/store.js'
import type { Log } from '../chat/watch.js'
import { messageOf } from '../errors.js'
import type { Reply } from '../reply/model.js'
import { say } from '../reply/words.js'
import { timeOf } from './calendar.js'
import { catchUpMs, type Digest, digestOf } from './rows.js'
import type { Due, Entry, Ledger, Settled, Target } from './store.js'
import type { Teller, Telling } from './tell.js'

/** So many are told and wait their turn at once; the rest wait in the ledger. */
const MOST_IN_HAND = 100
/** Entered so long after it was due, it says that it comes late. */
const LATE_MS = 60_000
/** What somebody has had in hand for so long is not in hand any more. */
const STALE_MS = 2 * 60_000
const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 60_000
const GAPS_MS = 7 * 24 * 60 * 60_000
const MOST_GAPS = 10

/** A platform as digests are sent by it. */
export interface PushLink {
  traits: Traits
  push: (outgoing: Outgoing, begin: () => Promise<boolean>) => Promise<Pushed>
  /** Whether who spoke may decide for the group; undefined where the platform does not tell. */
  manages: (utterance: Utterance) => Promise<boolean | undefined>
}

export interface DispatchParts {
  link: PushLink
  ledger: Ledger
  replies: Store['replies']
  voices: Store['voices']
  teller: Teller
  clock: () => number
  log: Log
  /** Names this process in the ledger. */
  owner: string
  pictureOf: (reply: Reply) => Promise<Picture | undefined>
  /** Something has come to an end: there may be room for more. */
  onRoom: () => void
}

/** Sends what the ledger says is due on one platform, each row once, and writes down what became of it. */
export interface Dispatch {
  /** Takes as many rows in hand as there is room for. */
  send: () => Promise<void>
  /** Resolves when nothing is in hand. */
  idle: () => Promise<void>
}

export function createDispatch(parts: DispatchParts): Dispatch {
  const { link, ledger, replies, voices, teller, clock, log, owner } = parts
  const { platform, push: pushes, page: longest } = link.traits
  const inHand = new Map<number, Promise<void>>()
  /** Rows that were not sent and whose beginning could not be written down, or not for certain. */
  const strays = new Map<number, Entry>()
  let [adoptedMs, pausedUntilMs, failures] = [Number.NEGATIVE_INFINITY, 0, 0]

  async function send(): Promise<void> {
    if (Math.abs(clock() - adoptedMs) > STALE_MS) await adopt()
    for (const entry of strays.values()) {
      await ledger.settle(entry, owner, { state: 'due', next: clock() }, clock())
      strays.delete(entry.id)
    }
    if (clock() < pausedUntilMs || inHand.size >= MOST_IN_HAND) return
    for (const entry of await ledger.rows.due(platform, clock(), MOST_IN_HAND)) {
      if (inHand.has(entry.id) || inHand.size >= MOST_IN_HAND) continue
      const done = deliver(entry)
        .catch((cause) =>
          log.error({ platform, digest: entry.digest, error: messageOf(cause) }, 'a digest was not sent'),
        )
        .finally(() => {
          inHand.delete(entry.id)
          if (inHand.size <= MOST_IN_HAND / 2) parts.onRoom()
        })
      inHand.set(entry.id, done)
    }
  }

  /** What those before us had in hand when they died may be there. Only a platform that knows it again is sent it again. */
  async function adopt(): Promise<void> {
    const isFirst = adoptedMs === Number.NEGATIVE_INFINITY
    for (const entry of await ledger.rows.ofOthers(platform, owner)) {
      // Later on, another may have served the platform for a moment, and be about to write it down.
      if (!isFirst && clock() - entry.begun < STALE_MS) continue
      const isKnownAgain = isRemembered(entry, clock())
      const settled: Settled = isKnownAgain
        ? { state: 'due', next: clock(), doubtful: true, reason: say('cutOff') }
        : { state: 'unknown', reason: say('cutOff') }
      await ledger.settle(entry, entry.owner, settled, clock())
      log.warn(
        { platform, digest: entry.digest, entry: entry.id, state: settled.state },
        'an earlier process was cut off',
      )
    }
    adoptedMs = clock()
  }

  function isRemembered({ begun }: Entry, now: number): boolean {
    return now - begun < (pushes?.remembersMs ?? 0) && now >= begun
  }

  async function deliver(entry: Due): Promise<void> {
    const digest = digestOf(entry.digest)
    if (!digest || !entry.wanted) return settle(entry, '', { state: 'missed', reason: say('ended'), told: true })
    if (clock() > windowEnd(entry, digest))
      return settle(entry, '', { ...tooLate(entry), reason: entry.reason || say('tooLate') })
    const telling = await tellingOf(entry, digest)
    if (!telling) return settle(entry, '', { state: 'failed', reason: say('nothingToTell') })
    const item = { ...entry, report: telling.report, position: telling.position, begun: entry.begun || clock() }
    const [{ suggestions: choices }] = telling.pages as [Reply]
    const kept = { platform, place: placeOf(entry), person: '', asked: '', turns: [], choices, told: telling.told }
    const id = await replies.keep(kept, clock())
    const page = pageOf(telling.pages, 0, longest, id)
    const picture = link.traits.withPicture === undefined ? undefined : await parts.pictureOf(page.reply)
    const fits = picture && sizeOf(page.blocks) + telling.above.length <= (link.traits.withPicture ?? 0)
    const outgoing: Outgoing = {
      ...page,
      to: addressOf(entry),
      above: [telling.above, ...lateness(entry, digest)].join(' · '),
      nonce: `d${entry.id.toString(36)}`,
      mayBeShown: entry.doubtful,
      ...(picture && fits ? { picture } : {}),
    }
    const pushed = await link.push(outgoing, () => ledger.begin(item, owner, clock()))
    if (pushed.outcome === 'taken') return
    if (pushed.outcome === 'kept') {
      strays.set(entry.id, item)
      throw pushed.cause
    }
    if (pushed.outcome === 'failed') return settle(item, owner, afterFailure(item, digest, pushed.error))
    failures = 0
    await settle(item, owner, { state: 'sent', message: pushed.message })
    if (id !== undefined) await replies.shown(id, pushed.message)
    // Where nobody can turn a page, all of them are sent; the first is what the ledger tells of.
    const pages = pushes?.chats ? (page.place?.pages ?? 1) : 1
    for (let index = 1; index < pages; index++)
      await link.push(
        { ...outgoing, ...pageOf(telling.pages, index, longest, id), above: telling.above },
        async () => true,
      )
    // By itself, where it does not go with the text: it only shows what the text says, and is not sent again.
    if (picture && !fits) await link.push(alone(outgoing, picture), async () => true)
  }

  async function tellingOf({ rotation }: Due, digest: Digest): Promise<Telling | undefined> {
    const gaps = await voices.gaps(clock() - GAPS_MS, MOST_GAPS)
    const telling = teller.tell(digest, rotation.position, gaps)
    // Another report begins its rotation at the beginning.
    return telling && rotation.report && rotation.report !== telling.report ? teller.tell(digest, 0, gaps) : telling
  }

  function afterFailure(entry: Entry, digest: Digest, { fate, message: reason, options }: DeliveryError): Settled {
    const now = clock()
    log.warn({ platform, digest: digest.name, entry: entry.id, fate, reason }, 'a digest was not sent')
    if (fate === 'refused') return { state: 'failed', reason }
    const doubtful = entry.doubtful || fate === 'unknown'
    if (fate === 'unknown' && !(options.repeatable && isRemembered(entry, now))) return { state: 'unknown', reason }
    const waitMs = options.retryAfterMs ?? Math.min(FIRST_WAIT_MS * 2 ** failures, LONGEST_WAIT_MS)
    // What keeps one from being sent keeps all: the line is down, or it is too much.
    if (fate !== 'unknown') {
      failures++
      pausedUntilMs = Math.max(pausedUntilMs, now + waitMs)
    }
    const next = now + waitMs
    const isOver = next > windowEnd(entry, digest) || (doubtful && !isRemembered(entry, next))
    return isOver ? { state: doubtful ? 'unknown' : 'failed', reason } : { state: 'due', next, doubtful, reason }
  }

  /** Until it is written down, or we are stopped: it must not be taken for something else. */
  async function settle(entry: Entry, as: string, settled: Settled): Promise<void> {
    for (let waitMs = FIRST_WAIT_MS / 4; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS / 12)) {
      try {
        return await ledger.settle(entry, as || entry.owner, settled, clock())
      } catch (cause) {
        log.error(
          { platform, entry: entry.id, state: settled.state, error: messageOf(cause) },
          'the ledger cannot be written',
        )
        await new Promise((done) => setTimeout(done, waitMs))
      }
    }
  }

  return {
    send,
    async idle() {
      while (inHand.size) await Promise.all(inHand.values())
    },
  }
}

/** What a human has sent again has a window of its own. */
function windowEnd({ due, entered }: Entry, digest: Digest): number {
  const end = due + catchUpMs(digest)
  return entered > end ? entered + catchUpMs(digest) : end
}

function tooLate({ doubtful, attempts }: Entry): Pick<Settled, 'state'> {
  return { state: doubtful ? 'unknown' : attempts ? 'failed' : 'missed' }
}

function lateness({ due, entered }: Entry, { zone }: Digest): string[] {
  return entered - due >= LATE_MS ? [say('late', { time: timeOf(due, zone) })] : []
}

export const placeOf = ({ chat, thread }: Pick<Target, 'chat' | 'thread'>): string =>
  thread ? `${chat}/${thread}` : chat

/** Nobody spoke: there is nothing to answer to. */
export function addressOf({ platform, chat, thread, group, id }: Target & { id: number | string }): Utterance {
  return {
    platform,
    chat,
    ...(thread ? { thread } : {}),
    group,
    delivery: `digest:${id}`,
    person: '',
    message: '',
    text: '',
  }
}
