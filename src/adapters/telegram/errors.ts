import { NetworkError, TelegramApiError, TimeoutError } from 'node-telegram-bot-api'
import { DeliveryError, neverLeft } from '../../chat/delivery.js'

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
  if (neverLeft(cause)) return new DeliveryError('notSent', told, { cause })
  const isLine = cause instanceof NetworkError || cause instanceof TimeoutError
  return new DeliveryError('unknown', told, { cause, repeatable: isEdit && isLine })
}
