import type { Picture } from '../chat/model.js'
import type { Store } from '../chat/store.js'
import type { Log } from '../chat/watch.js'
import type { Desk } from '../desk.js'
import { messageOf } from '../errors.js'
import type { Reply } from '../reply/model.js'
import { say } from '../reply/words.js'
import { dayOf, isArranged } from './calendar.js'
import { createDispatch, type PushLink } from './dispatch.js'
import { createOffice } from './office.js'
import { createPlanner } from './plan.js'
import { DIGESTS } from './rows.js'
import type { Ledger, Subscriptions, Target } from './store.js'
import { createTalk, type Talk } from './talk.js'
import { createTeller } from './tell.js'

/** So long before a year begins, its holidays should be known. */
const AHEAD_MS = 30 * 24 * 60 * 60_000
/** How often it is looked what is due. */
const STEP_MS = 500

export interface DigestParts {
  desk: Desk
  subscriptions: Subscriptions
  ledger: Ledger
  store: Pick<Store, 'replies' | 'voices'>
  clock: () => number
  log: Log
  /** Names this process in the ledger. */
  owner: string
  office: Target[]
  /** Whether this person may decide for any chat. */
  isTrusted: (platform: string, person: string) => boolean
  pictureOf: (reply: Reply) => Promise<Picture | undefined>
}

/** What sends digests on one platform. */
export interface Runner {
  /** Plans what has become due, and takes in hand what can be sent. Throws where state cannot be read or written. */
  step: () => Promise<void>
  /** Steps until the signal is aborted; what goes wrong is logged, and tried again. */
  run: (signal: AbortSignal) => Promise<void>
  /** Resolves when nothing is in hand. */
  idle: () => Promise<void>
}

/** Everything that is told unasked: on schedule, and to who talks about it. */
export interface Digests {
  talk: Talk
  runner: (link: PushLink) => Runner
}

export function createDigests(parts: DigestParts): Digests {
  const { desk, subscriptions, ledger, store, clock, log, owner, pictureOf } = parts
  const teller = createTeller(desk, store.voices.gaps)
  const links = new Map<string, PushLink>()
  const changed = new Set<() => void>()
  const talk = createTalk({
    ...parts,
    teller,
    lastOf: ledger.rows.last,
    linkOf: (platform) => links.get(platform),
    onChange: () => {
      for (const tell of changed) tell()
    },
  })

  function runner(link: PushLink): Runner {
    const { platform } = link.traits
    links.set(platform, link)
    let wake = () => undefined as void
    const { plan, changed: replan } = createPlanner({ platform, subscriptions, ledger, clock })
    const onChange = () => {
      replan()
      wake()
    }
    changed.add(onChange)
    const { subscribe, look } = createOffice({ chats: parts.office, subscriptions, ledger, clock, log }, link)
    let isSubscribed = false
    let warnedOn = ''
    const dispatch = createDispatch({
      link,
      ledger,
      replies: store.replies,
      teller,
      clock,
      log,
      owner,
      pictureOf,
      onRoom: () => wake(),
    })

    /** Without the State Council's arrangement, workdays are Monday to Friday: told in good time. */
    function warnOfYear(): void {
      const wanted = DIGESTS.filter(({ days }) => days === 'workdays')
      const day = wanted[0] && dayOf(clock() + AHEAD_MS, wanted[0].zone)
      if (!day || day === warnedOn) return
      warnedOn = day
      if (!isArranged(day)) log.warn({ year: day.slice(0, 4) }, say('notArranged'))
    }

    async function step(): Promise<void> {
      if (!isSubscribed) await subscribe()
      warnOfYear()
      isSubscribed = true
      await plan()
      await dispatch.send()
      await look()
    }

    async function run(signal: AbortSignal): Promise<void> {
      signal.addEventListener('abort', () => wake())
      for (let isFailing = false; !signal.aborted; ) {
        // What happens while we look is looked at next.
        let isWoken = false
        wake = () => {
          isWoken = true
        }
        try {
          await step()
          if (isFailing) log.info({ platform }, 'digests go on')
          isFailing = false
        } catch (cause) {
          if (!isFailing) log.error({ platform, error: messageOf(cause) }, 'digests wait')
          isFailing = true
        }
        if (signal.aborted || (isWoken && !isFailing)) continue
        await new Promise<void>((done) => {
          const timer = setTimeout(done, STEP_MS)
          wake = () => {
            clearTimeout(timer)
            done()
          }
        })
      }
      changed.delete(onChange)
      if (links.get(platform) === link) links.delete(platform)
    }
    return { step, run, idle: dispatch.idle }
  }

  return { talk, runner }
}
