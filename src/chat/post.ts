import { say } from '../reply/words.js'
import { DeliveryError, deliver, type Outcome } from './delivery.js'
import type { Adapter, Outgoing } from './model.js'
import { createPace } from './pace.js'
import { noticeReply, pageOf } from './pages.js'
import type { Store } from './store.js'
import { createTeller } from './teller.js'
import type { Log, Meter } from './watch.js'

/** Where the platform says that it is too much, and not for how long. */
const LIMITED_MS = 2000
const NO_LIMITS = { chat: [], group: [], overall: [] }

interface PostParts {
  store: Store
  clock: () => number
  ticks: () => number
  log: Log
  meter: Meter
  paced: boolean
  /** How many wait in a chat, those behind others of the same person too. */
  pendingIn: (chat: string) => number
  signal: AbortSignal
}

/** What became of one try: `taken` where it is another's to send, or the next process's, `kept` where that could not be found out, and nothing was sent. */
export type Pushed =
  | { outcome: 'sent'; message: string }
  | { outcome: 'taken' }
  | { outcome: 'kept'; cause: unknown }
  | { outcome: 'failed'; error: DeliveryError }

interface PostOptions {
  /** The number that the page is kept under. */
  id?: number | undefined
  /** Called once, when its turn has come; where it gives false, another has sent it. */
  beforeFirst?: () => Promise<boolean>
}

/** Sends pages by one adapter, at the pace it allows, and keeps record of what became of them. Never throws for what the platform does. */
export function createPost(adapter: Adapter, { store, clock, ticks, log, meter, paced, pendingIn, signal }: PostParts) {
  const { traits } = adapter
  const { platform } = traits
  const pace = createPace(paced ? traits.limits : NO_LIMITS, ticks)
  const teller = createTeller(
    (chat) => pace.queue(chat, pendingIn(chat)),
    (to, { waiting, waitMs }) => {
      const reply = noticeReply(say('waiting', { waiting, seconds: Math.ceil(waitMs / 1000) }))
      void post({ ...pageOf([reply], 0, traits.page), to, passing: true, nonce: `w${clock().toString(36)}` })
    },
  )

  /** Gives what became of the page. */
  async function post(outgoing: Outgoing, { id, beforeFirst }: PostOptions = {}): Promise<Outcome> {
    const { chat, group } = outgoing.to
    let [tries, isBegun] = [0, false]
    const { outcome, message, error } = await deliver(
      (mayBeShown) =>
        pace.run(
          { chat, group, first: tries++ > 0, notice: outgoing.passing === true },
          async () => {
            if (signal.aborted) throw new DeliveryError('notSent', 'the service was stopped')
            // From here on it may be shown; until here it can be taken up by the next process.
            if (!isBegun && beforeFirst && !(await beforeFirst())) throw new DeliveryError('refused', 'sent by another')
            isBegun = true
            return adapter.send({ ...outgoing, mayBeShown })
          },
          () => outgoing.passing || teller.waits(outgoing.to),
        ),
      (waitMs, { fate, message: reason }) => {
        meter.send(platform, fate)
        log.warn({ platform, reason, waitMs }, 'not sent, trying again')
        if (fate === 'limited') pace.hold(chat, waitMs)
      },
      signal,
    )
    meter.send(platform, outcome)
    if (error) log.error({ platform, outcome, reason: error.message }, 'a reply is not known to have arrived')
    if (message && id !== undefined) await store.replies.shown(id, message)
    return outcome
  }

  /** One try at what nobody asked for, behind all that is asked. `begin` is called when its turn has come: false where another has it. */
  async function push(outgoing: Outgoing, begin: () => Promise<boolean>): Promise<Pushed> {
    const { chat, group } = outgoing.to
    return pace.run({ chat, group, bulk: true }, async (): Promise<Pushed> => {
      if (signal.aborted) return { outcome: 'taken' }
      try {
        if (!(await begin())) return { outcome: 'taken' }
      } catch (cause) {
        return { outcome: 'kept', cause }
      }
      try {
        const message = await adapter.send(outgoing)
        meter.send(platform, 'sent')
        return { outcome: 'sent', message }
      } catch (cause) {
        const error = cause instanceof DeliveryError ? cause : new DeliveryError('unknown', String(cause), { cause })
        meter.send(platform, error.fate)
        if (error.fate === 'limited') pace.hold(chat, error.options.retryAfterMs ?? LIMITED_MS)
        return { outcome: 'failed', error }
      }
    })
  }

  function close(): void {
    teller.close()
    pace.close()
  }
  return { post, push, close }
}
