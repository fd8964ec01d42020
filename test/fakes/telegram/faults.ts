import type { Fault } from '../kit.js'
import { refusalNamed, tooMany, unauthorized } from './errors.js'
import type { Limits } from './limits.js'
import type { Polling } from './polling.js'
import type { Reply } from './reply.js'

/** Faults that a request meets; the others happen at once. */
export type SendFault = Exclude<Fault, { kind: 'replaced' | 'disconnected' | 'revoked' }>

/** What was injected and what became of it. */
export interface Faults {
  inject: (fault: Fault) => void
  /** The fault that the next message meets. */
  next: () => SendFault | undefined
  isRevoked: () => boolean
}

/** A line of faults, empty at first. */
export function createFaults(polling: Polling, onRevoked: () => void): Faults {
  const line: SendFault[] = []
  let revoked = false
  return {
    inject: (fault) => {
      if (fault.kind === 'replaced') return polling.replaced()
      if (fault.kind === 'disconnected') return polling.disconnected()
      if (fault.kind !== 'revoked') return void line.push(fault)
      revoked = true
      polling.end(unauthorized(true))
      onRevoked()
    },
    next: () => line.shift(),
    isRevoked: () => revoked,
  }
}

/** Refuses the request where its fault says that nothing of it is done; true where it was answered so. */
export function refuseBefore(fault: SendFault | undefined, reply: Reply, chat: number, limits: Limits): boolean {
  if (fault?.kind === 'badGateway' && !fault.accepted) {
    reply.badGateway()
  } else if (fault?.kind === 'rateLimited') {
    const seconds = Math.max(1, Math.ceil(fault.retryAfterMs / 1000))
    limits.block(chat, seconds * 1000)
    reply.fail(tooMany(seconds, true))
  } else if (fault?.kind === 'refused') {
    reply.fail(refusalNamed(fault.code))
  } else {
    return false
  }
  return true
}

/** The way back as the fault leaves it, for a request that is done. */
export function spoiled(fault: SendFault | undefined, reply: Reply): Reply {
  if (fault?.kind === 'lostAck') return { ...reply, ok: reply.cut, fail: reply.cut }
  if (fault?.kind === 'badGateway') return { ...reply, ok: reply.badGateway, fail: reply.badGateway }
  if (fault?.kind !== 'slow') return reply
  const later = <T>(answer: (value: T) => void) => {
    return (value: T) => {
      const timer = setTimeout(() => answer(value), fault.delayMs)
      reply.onGone(() => clearTimeout(timer))
    }
  }
  return { ...reply, ok: later(reply.ok), fail: later(reply.fail) }
}
