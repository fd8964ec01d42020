import type { Kysely } from 'kysely'
import type { Store } from '../chat/store.js'
import type { Ledger, Subscriptions } from '../digest/store.js'
import type { YoujuError } from '../errors.js'
import { createInbox } from './inbox.js'
import { createLedger } from './ledger.js'
import { createReplies } from './replies.js'
import { createSubscriptions } from './subscriptions.js'
import type { Tables } from './tables.js'
import { createVoices } from './voices.js'

/** How long deliveries and replies are kept is the gateway's to say; what was sent on schedule is kept for more than a year. */
const LEDGER_KEPT_MS = 400 * 24 * 60 * 60_000

/** One of several processes serves a platform at a time. */
export interface Hold {
  /** Resolves when another may have it. */
  lost: Promise<void>
  release: () => Promise<void>
}

/** What a service keeps: the chats' part, and the digests'. */
export interface ServiceStore extends Store {
  subscriptions: Subscriptions
  ledger: Ledger
  /**
   * Waits until this process has the name to itself. Rejects when the signal is aborted, and where another has had it for so many
   * milliseconds while we looked.
   */
  hold: (name: string, signal: AbortSignal, patienceMs?: number) => Promise<Hold>
}

export interface Engine extends Pick<ServiceStore, 'hold' | 'close'> {
  /** The fault in words for whoever runs the bot. */
  faultOf: (cause: unknown) => YoujuError
  /** Whether a statement that failed so may be tried again at once, and for how long. */
  again?: { isMeant: (cause: unknown) => boolean; longestMs: number; everyMs: number }
}

/** The store on a database that has been brought up to date. Whatever fails fails with a `YoujuError`. */
export function storeOn(db: Kysely<Tables>, engine: Engine): ServiceStore {
  const ledger = createLedger(db)
  const guarded = <T extends object>(part: T) => guard(part, engine)
  return {
    inbox: guarded(createInbox(db)),
    replies: guarded(createReplies(db)),
    voices: guarded(createVoices(db)),
    subscriptions: guarded(createSubscriptions(db)),
    ledger: { ...guarded(ledger), rows: guarded(ledger.rows) },
    hold: engine.hold,
    ...guarded({
      async prune(beforeMs: number) {
        await db.deleteFrom('deliveries').where('at', '<', beforeMs).execute()
        await db.deleteFrom('replies').where('at', '<', beforeMs).execute()
        await db.deleteFrom('feedback').where('at', '<', beforeMs).execute()
        await db.deleteFrom('unanswered').where('at', '<', beforeMs).execute()
        await db
          .deleteFrom('ledger')
          .where('due', '<', beforeMs - LEDGER_KEPT_MS)
          .where('state', '!=', 'due')
          .execute()
      },
    }),
    close: engine.close,
  }
}

/** The methods, each of which may be called again with the same result, tried again where that helps. */
function guard<T extends object>(part: T, { faultOf, again }: Engine): T {
  const wrap =
    (run: (...args: unknown[]) => Promise<unknown>) =>
    async (...args: unknown[]) => {
      for (let waitedMs = 0; ; waitedMs += again!.everyMs) {
        try {
          return await run(...args)
        } catch (cause) {
          if (!again?.isMeant(cause) || waitedMs >= again.longestMs) throw faultOf(cause)
          await new Promise((done) => setTimeout(done, again.everyMs))
        }
      }
    }
  return Object.fromEntries(
    Object.entries(part).map(([name, run]) => [name, typeof run === 'function' ? wrap(run) : run]),
  ) as T
}
