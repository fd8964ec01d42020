import { NetworkError, TelegramApiError, TimeoutError } from 'node-telegram-bot-api'
import { DeliveryError } from '../../chat/delivery.js'

/** Causes of a request that never left this machine. */
const NEVER_LEFT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** What became of a message whose sending failed. An edit may be made twice; a 502 or a cut line may hide a message that is there. */
export function deliveryErrorOf(cause: unknown, isEdit: boolean): DeliveryError {
  const told = cause instanceof Error ? cause.message : String(cause)
  if (cause instanceof TelegramApiError) {
    const { errorCode, description, retryAfter } = cause
    if (errorCode === 429)
      return new DeliveryError('limited', description, { cause, retryAfterMs: (retryAfter ?? 1) * 1000 })
    if (errorCode < 500) return new DeliveryError('refused', `${errorCode} ${description}`, { cause })
    return new DeliveryError('unknown', `${errorCode} ${description}`, { cause, repeatable: isEdit })
  }
  if (cause instanceof NetworkError && hasCause(cause, NEVER_LEFT)) return new DeliveryError('notSent', told, { cause })
  const isLine = cause instanceof NetworkError || cause instanceof TimeoutError
  return new DeliveryError('unknown', told, { cause, repeatable: isEdit && isLine })
}

function hasCause(error: unknown, codes: Set<string>): boolean {
  if (!(error instanceof Error)) return false
  const all = error instanceof AggregateError ? error.errors : []
  return (
    codes.has((error as NodeJS.ErrnoException).code ?? '') ||
    [error.cause, ...all].some((each) => hasCause(each, codes))
  )
}
