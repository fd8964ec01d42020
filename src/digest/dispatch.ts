import { placeOf } from '../chat/answerer.js'
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
import { type Digest, digestOf } from './rows.js'
import type { Due, Entry, Ledger, Settled, Target } from './store.js'
import type { Teller } from './tell.js'
import { lateness, verdictOn, verdictOnLate, verdictOnLeft, waitOf, windowEnd } from './verdict.js'

/** So many are told and wait their turn at once; the rest wait in the ledger. */
const MOST_IN_HAND = 100
/** What somebody has had in hand for so long is not in hand any more. */
const STALE_MS = 2 * 60_000
/** So many failures in a row are not one chat's. */
const MOST_IN_A_ROW = 3
/** Between tries to write down what became of a message. */
const FIRST_WAIT_MS = 250
const LONGEST_WAIT_MS = 5000

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
  const { link, ledger, replies, teller, clock, log, owner } = parts
  const { platform, push: pushes, page: longest } = link.traits
  const remembersMs = pushes?.remembersMs ?? 0
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
      const settled = verdictOnLeft(entry, clock(), remembersMs)
      await ledger.settle(entry, entry.owner, settled, clock())
      log.warn(
        { platform, digest: entry.digest, entry: entry.id, state: settled.state },
        'an earlier process was cut off',
      )
    }
    adoptedMs = clock()
  }

  async function deliver(entry: Due): Promise<void> {
    const digest = digestOf(entry.digest)
    if (!digest || !entry.wanted) return settle(entry, '', { state: 'missed', reason: say('ended'), told: true })
    if (clock() > windowEnd(entry, digest)) return settle(entry, '', verdictOnLate(entry))
    // What was begun is told again as it was.
    const telling = await teller.next(digest, entry.report ? entry : entry.rotation, clock())
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
    if (pushed.outcome === 'failed') return settle(item, owner, failed(item, digest, pushed.error))
    failures = 0
    await settle(item, owner, { state: 'sent', message: pushed.message })
    if (id !== undefined) await replies.shown(id, pushed.message)
    // Where nobody can turn a page, all of them are sent; the first is what the ledger tells of.
    const pages = pushes?.chats ? (page.place?.pages ?? 1) : 1
    for (let index = 1; index < pages; index++) {
      const more = { ...outgoing, ...pageOf(telling.pages, index, longest, id), above: telling.above }
      const { outcome } = await link.push(more, async () => true)
      if (outcome !== 'sent')
        log.error({ platform, entry: entry.id, page: index + 1 }, 'a page of a digest was not sent')
    }
    // By itself, where it does not go with the text: it only shows what the text says, and is not sent again.
    if (picture && !fits) await link.push(alone(outgoing, picture), async () => true)
  }

  function failed(entry: Entry, digest: Digest, error: DeliveryError): Settled {
    const { fate, message: reason } = error
    log.warn({ platform, digest: digest.name, entry: entry.id, fate, reason }, 'a digest was not sent')
    if (fate === 'notSent' || fate === 'limited') failures++
    // A line that is down, or too much over all, keeps every other from being sent too.
    if (fate === 'notSent' || failures >= MOST_IN_A_ROW)
      pausedUntilMs = Math.max(pausedUntilMs, clock() + waitOf(error, failures - 1))
    return verdictOn(entry, digest, error, clock(), remembersMs)
  }

  /** Until it is written down, or we are stopped: it must not be taken for something else. */
  async function settle(entry: Entry, as: string, settled: Settled): Promise<void> {
    for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
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
