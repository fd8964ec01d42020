import { type ApiError, conflict } from './errors.js'
import type { Reply } from './reply.js'
import { boundedOf, type Call, integerOf } from './request.js'
import type { Updates } from './updates.js'

/** The long poll, of which one can be in flight. */
export interface Polling {
  handle: (call: Call, reply: Reply) => void
  /** Another poller takes over: the poll in flight and the next two are refused. */
  replaced: () => void
  /** Cuts the poll in flight, or the next one where the bot is between two. */
  disconnected: () => void
  /** Refuses the poll in flight. */
  end: (error: ApiError) => void
  /** How many times the bot began to poll. */
  begun: () => number
}

/** The long poll over these updates. */
export function createPolling(updates: Updates): Polling {
  let waiting: Waiting | undefined
  let conflicts = 0
  let cutNext = false
  let begun = 0
  let isPolling = false
  let lastOffset: number | undefined

  const release = () => {
    const held = waiting
    waiting = undefined
    clearTimeout(held?.timer)
    return held
  }
  const answer = (reply: Reply, limit: number) => {
    const jsons = updates.take(limit).map((entry) => entry.json)
    reply.ok(`[${jsons.join(',')}]`)
  }
  const end = (error: ApiError) => {
    isPolling = false
    release()?.reply.fail(error)
  }
  /** Whether this poll is refused or cut, by what was injected. */
  const meetsFault = (reply: Reply): boolean => {
    if (!cutNext && conflicts === 0) return false
    isPolling = false
    if (cutNext) reply.cut()
    else reply.fail(TAKEN_OVER)
    if (cutNext) cutNext = false
    else conflicts--
    return true
  }
  updates.onNews(() => {
    const held = release()
    if (held) answer(held.reply, held.limit)
  })
  const accept = (call: Call, reply: Reply, { offset, limit, timeout }: Poll) => {
    if (reply.isGone()) return
    // A poller that comes back after it was refused or cut, or that forgot how far it had come, begins anew.
    if (!isPolling || (offset === undefined && lastOffset !== undefined)) begun++
    isPolling = true
    lastOffset = offset
    if (waiting) call.note('two polls at once: the first one is refused')
    release()?.reply.fail(TAKEN_OVER)
    updates.confirm(offset ?? 0)
    if (timeout === 0 || updates.pending().length > 0) return answer(reply, limit)
    const timer = setTimeout(() => release()?.reply.ok('[]'), timeout * 1_000)
    const mine: Waiting = { reply, limit, timer }
    waiting = mine
    reply.onGone(() => {
      if (waiting !== mine) return
      isPolling = false
      release()
    })
  }

  return {
    handle: (call, reply) => {
      const offset = integerOf(call, 'offset')
      const limit = boundedOf(call, 'limit', 100, 1, 100)
      const timeout = boundedOf(call, 'timeout', 0, 0, LONGEST_POLL_S)
      if (meetsFault(reply)) return
      const poll = { offset, limit, timeout }
      if (!waiting) return accept(call, reply, poll)
      // A poller that was stopped and started again may be heard before its old connection is seen to close.
      setTimeout(() => accept(call, reply, poll), CLOSES_WITHIN_MS)
    },
    replaced: () => {
      end(TAKEN_OVER)
      conflicts = 2
    },
    disconnected: () => {
      isPolling = false
      const held = release()
      if (held) held.reply.cut()
      else cutNext = begun > 0
    },
    end,
    begun: () => begun,
  }
}

interface Waiting {
  reply: Reply
  limit: number
  timer: NodeJS.Timeout
}

interface Poll {
  offset: number | undefined
  limit: number
  timeout: number
}

const LONGEST_POLL_S = 50
const CLOSES_WITHIN_MS = 30

const TAKEN_OVER = conflict(
  'terminated by other getUpdates request; make sure that only one bot instance is running',
  true,
)
