import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js'
import { DeliveryError, neverLeft } from '../../chat/delivery.js'

/** https://discord.com/developers/docs/topics/opcodes-and-status-codes */
export const ALREADY_ACKNOWLEDGED = 40060
/** An interaction, its webhook or its token is known no longer. */
export const EXPIRED = [10062, 10015, 50027]
export const UNKNOWN_MESSAGE = 10008
export const MISSING_PERMISSIONS = 50013
/** Whether Discord answered with this code of its own. */
export function isCode(cause: unknown, code: number): boolean {
  return cause instanceof DiscordAPIError && Number(cause.code) === code
}

/** What became of a message whose sending failed. A second try never doubles: a nonce, an interaction or an edit is taken once. */
export function deliveryErrorOf(cause: unknown): DeliveryError {
  const told = cause instanceof Error ? cause.message : String(cause)
  if (cause instanceof RateLimitError)
    return new DeliveryError('limited', `rate limit of ${cause.route}`, {
      cause,
      retryAfterMs: cause.retryAfter || cause.timeToReset,
    })
  if (cause instanceof DiscordAPIError && cause.status < 500)
    return new DeliveryError('refused', `${cause.code} ${told}`, { cause })
  if (cause instanceof HTTPError && cause.status < 500) return new DeliveryError('refused', told, { cause })
  // After the token was revoked, the client sends nothing any more.
  if (told.startsWith('Expected token')) return new DeliveryError('refused', told, { cause })
  if (neverLeft(cause)) return new DeliveryError('notSent', told, { cause })
  return new DeliveryError('unknown', told, { cause, repeatable: true })
}
