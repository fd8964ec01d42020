import { DeliveryError } from '../../chat/delivery.js'

/** 846607: too many messages to one conversation; 45009, 45033: too many calls. */
const LIMITED = new Set([846607, 45009, 45033])
/** How other limits are worded. */
const LIMIT = /freq|rate.?limit|too many|频率|频繁/i
/** -1: the system is busy, nothing was done. */
const BUSY = -1

/** The server's own answer that it did not take a message; the client rejects with the bare frame. */
export interface Refusal {
  errcode: number
  errmsg?: string
}

export function isRefusal(cause: unknown): cause is Refusal {
  return typeof cause === 'object' && cause !== null && typeof (cause as Refusal).errcode === 'number'
}

/**
 * What became of a frame whose sending failed. `isStream`: a stream is known by its id, so that a cut line leaves nothing to double;
 * where the line holds and only the receipt is missing, it was most likely shown, and is left alone.
 */
export function deliveryErrorOf(cause: unknown, isStream: boolean): DeliveryError {
  if (isRefusal(cause)) {
    const told = `${cause.errcode} ${cause.errmsg ?? ''}`.trim()
    if (LIMITED.has(cause.errcode) || LIMIT.test(cause.errmsg ?? ''))
      return new DeliveryError('limited', told, { cause })
    return new DeliveryError(cause.errcode === BUSY ? 'notSent' : 'refused', told, { cause })
  }
  const told = cause instanceof Error ? cause.message : String(cause)
  if (/not connected|queue .* exceeds/i.test(told)) return new DeliveryError('notSent', told, { cause })
  return new DeliveryError('unknown', told, { cause, repeatable: isStream && /cancelled/i.test(told) })
}
