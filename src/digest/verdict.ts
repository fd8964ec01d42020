import type { DeliveryError } from '../chat/delivery.js'
import { say } from '../reply/words.js'
import { timeOf } from './calendar.js'
import { catchUpMs, type Digest } from './rows.js'
import type { Entry, Settled } from './store.js'

/** Entered so long after it was due, it says that it comes late. */
const LATE_MS = 60_000
const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 60_000

/** Milliseconds before another try: as long as the platform says, else longer from one to the next. */
export function waitOf({ options }: DeliveryError, failures: number): number {
  return options.retryAfterMs ?? Math.min(FIRST_WAIT_MS * 2 ** failures, LONGEST_WAIT_MS)
}

/**
 * What a failed try makes of a row: due again where it surely is not there and its window lasts, or where the platform knows it again
 * for so many milliseconds yet; else at an end. What may have been shown is never called failed.
 */
export function verdictOn(
  entry: Entry,
  digest: Digest,
  error: DeliveryError,
  nowMs: number,
  remembersMs: number,
): Settled {
  const { fate, message: reason, options } = error
  const doubtful = entry.doubtful || fate === 'unknown'
  const next = nowMs + waitOf(error, entry.attempts)
  const isTriedAgain = fate === 'unknown' ? options.repeatable === true : fate !== 'refused'
  const isInTime = next <= windowEnd(entry, digest) && (!doubtful || isRemembered(entry, next, remembersMs))
  return isTriedAgain && isInTime
    ? { state: 'due', next, doubtful, reason }
    : { state: doubtful ? 'unknown' : 'failed', reason }
}

/** What is left of a row that somebody had in hand when they died. */
export function verdictOnLeft(entry: Entry, nowMs: number, remembersMs: number): Settled {
  const reason = say('cutOff')
  return isRemembered(entry, nowMs, remembersMs)
    ? { state: 'due', next: nowMs, doubtful: true, reason }
    : { state: 'unknown', reason }
}

/** What a row comes to that can no longer be sent. */
export function verdictOnLate({ doubtful, attempts, reason }: Entry): Settled {
  return { state: doubtful ? 'unknown' : attempts ? 'failed' : 'missed', reason: reason || say('tooLate') }
}

/** Whether a second message of its nonce would be known for the first one. */
function isRemembered({ begun }: Entry, nowMs: number, remembersMs: number): boolean {
  return nowMs - begun < remembersMs && nowMs >= begun
}

/** Until when it is tried. What a human has sent again has a window of its own. */
export function windowEnd({ due, entered }: Entry, digest: Digest): number {
  const end = due + catchUpMs(digest)
  return entered > end ? entered + catchUpMs(digest) : end
}

/** That it comes late, in words; nothing where it does not. */
export function lateness({ due, entered }: Entry, { zone }: Digest): string[] {
  return entered - due >= LATE_MS ? [say('late', { time: timeOf(due, zone) })] : []
}
