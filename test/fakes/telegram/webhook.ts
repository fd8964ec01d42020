import { badRequest } from './errors.js'
import type { Json } from './json.js'
import { boundedOf, type Call, flagOf, textOf } from './request.js'
import type { Entry, Updates } from './updates.js'

/** The delivery of updates to the bot's own server. */
export interface Webhook {
  set: (call: Call) => void
  remove: (call: Call) => void
  info: () => Json
  isSet: () => boolean
  /** How many times an address was set. */
  begun: () => number
  stop: () => void
}

/** The delivery of these updates, to nobody at first. */
export function createWebhook(updates: Updates): Webhook {
  let target: Target | undefined
  let begun = 0
  const trouble: { at?: number; what?: string } = {}

  /** Delivers what is pending of one chat, one after the other, until there is no more. */
  const drain = async (queue: number, to: Target) => {
    if (to.busy.has(queue)) return
    to.busy.add(queue)
    let waitMs = FIRST_WAIT_MS
    for (let entry = next(queue); entry && target === to; entry = next(queue)) {
      const problem = await deliver(entry, to)
      if (problem === undefined) {
        updates.done(entry)
        waitMs = FIRST_WAIT_MS
        continue
      }
      Object.assign(trouble, { at: Math.floor(Date.now() / 1000), what: problem })
      await pause(waitMs, to.stopped.signal)
      waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2)
    }
    to.busy.delete(queue)
  }
  const next = (queue: number) => updates.pending().find((entry) => entry.queue === queue)
  const drainAll = () => {
    const to = target
    if (to) for (const queue of new Set(updates.pending().map((entry) => entry.queue))) void drain(queue, to)
  }
  const drop = () => {
    target?.stopped.abort()
    target = undefined
  }
  updates.onNews(drainAll)

  return {
    set: (call) => {
      const url = checkedAddress(textOf(call, 'url'))
      const secret = textOf(call, 'secret_token')
      if (secret.length > 256) throw badRequest('secret token is too long')
      if (!/^[\w-]*$/.test(secret)) throw badRequest('secret token contains unallowed characters')
      const connections = boundedOf(call, 'max_connections', 40, 1, 100)
      drop()
      if (flagOf(call, 'drop_pending_updates')) updates.clear()
      target = { url, secret, connections, busy: new Set(), stopped: new AbortController() }
      begun++
      drainAll()
    },
    remove: (call) => {
      drop()
      if (flagOf(call, 'drop_pending_updates')) updates.clear()
    },
    info: () => ({
      url: target?.url ?? '',
      has_custom_certificate: false,
      pending_update_count: updates.pending().length,
      ...(trouble.what && target && { last_error_date: trouble.at, last_error_message: trouble.what }),
      ...(target && { max_connections: target.connections, ip_address: '127.0.0.1' }),
      ...(updates.wanted() && { allowed_updates: updates.wanted() }),
    }),
    isSet: () => target !== undefined,
    begun: () => begun,
    stop: drop,
  }
}

interface Target {
  url: string
  secret: string
  connections: number
  /** Chats whose updates are on their way. */
  busy: Set<number>
  stopped: AbortController
}

/** Nothing but the loopback address is ever called, where the real platform asks for HTTPS on a public one. */
function checkedAddress(url: string): string {
  const { protocol, hostname } = URL.canParse(url) ? new URL(url) : { protocol: '', hostname: '' }
  if (protocol !== 'http:' && protocol !== 'https:') throw badRequest('invalid webhook URL specified')
  if (hostname === '127.0.0.1' || hostname === 'localhost') return url
  throw badRequest('bad webhook: Failed to resolve host: this server calls the loopback address only')
}

/** What went wrong, or nothing. */
async function deliver(entry: Entry, { url, secret, stopped }: Target): Promise<string | undefined> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(secret && { 'x-telegram-bot-api-secret-token': secret }),
      },
      body: entry.json,
      signal: AbortSignal.any([stopped.signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
    })
    await response.arrayBuffer()
    return response.ok ? undefined : `Wrong response from the webhook: ${response.status} ${response.statusText}`
  } catch {
    return 'Connection failed'
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

/** The platform waits for seconds and more; tests have less time. */
const FIRST_WAIT_MS = 50
const LONGEST_WAIT_MS = 1_000
const ANSWER_WITHIN_MS = 60_000
