/**
 * What became of a message that could not be seen to arrive.
 * `notSent`: surely not shown; try again. `limited`: not shown, too many; try again after a while.
 * `unknown`: it may have been shown. `refused`: the platform will never take it.
 */
export type Fate = 'notSent' | 'limited' | 'unknown' | 'refused'

/** A send that failed, in the gateway's terms: each adapter maps its client's errors to it, in one place. */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError'

  constructor(
    readonly fate: Fate,
    message: string,
    readonly options: ErrorOptions & {
      /** Milliseconds to wait, where the platform says. */
      retryAfterMs?: number
      /** The platform knows a message it has seen by its nonce or id, so a second try cannot double it. */
      repeatable?: boolean
    } = {},
  ) {
    super(message, options)
  }
}

/** Causes of a request that never left this machine: Node's own codes. */
const NEVER_LEFT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** Whether no connection could be made at all, by the error or by what caused it. */
export function neverLeft(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const causes: unknown[] = [error.cause, ...(error instanceof AggregateError ? error.errors : [])]
  return NEVER_LEFT.has((error as NodeJS.ErrnoException).code ?? '') || causes.some(neverLeft)
}

/** Waits between tries: from half a second, doubled up to half a minute. */
const FIRST_WAIT_MS = 500
/** Where the platform says that it is too much, and not for how long. */
const FIRST_LIMITED_MS = 2000
const LONGEST_WAIT_MS = 30_000
/** After so long without a line the person has asked again, or gone. What a platform only puts off is never given up. */
const LONGEST_TRIES_MS = 30 * 60_000

/** `givenUp`: surely not sent, and no longer tried. */
export type Outcome = 'sent' | 'unknown' | 'refused' | 'givenUp'

/**
 * Sends until the message is out or its fate is sealed: what surely did not go out is tried again with back-off, what may have gone
 * out is not, unless the platform tells a second try from a second message. Never throws.
 * `send` hears whether an earlier try may be shown already; `onWait` hears how long is waited and why; `signal` ends the tries.
 */
export async function deliver(
  send: (mayBeShown: boolean) => Promise<string>,
  onWait: (waitMs: number, error: DeliveryError) => void,
  signal: AbortSignal,
): Promise<{ outcome: Outcome; message?: string; error?: DeliveryError }> {
  let [waited, mayBeShown] = [0, false]
  for (let tries = 0; ; tries++) {
    try {
      return { outcome: 'sent', message: await send(mayBeShown) }
    } catch (cause) {
      const error = cause instanceof DeliveryError ? cause : new DeliveryError('unknown', String(cause), { cause })
      if (error.fate === 'refused') return { outcome: 'refused', error }
      if (error.fate === 'unknown' && !error.options.repeatable) return { outcome: 'unknown', error }
      mayBeShown ||= error.fate === 'unknown'
      const first = error.fate === 'limited' ? FIRST_LIMITED_MS : FIRST_WAIT_MS
      const wait = error.options.retryAfterMs ?? Math.min(first * 2 ** tries, LONGEST_WAIT_MS)
      if (error.fate !== 'limited') waited += wait
      const givenUp = { outcome: mayBeShown ? 'unknown' : 'givenUp', error } as const
      if (waited > LONGEST_TRIES_MS) return givenUp
      onWait(wait, error)
      await pause(wait, signal)
      if (signal.aborted) return givenUp
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      done()
    }
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end)
  })
}
