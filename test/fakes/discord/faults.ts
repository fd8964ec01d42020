import type { Fault } from '../kit.js'

/** A fault that one request meets. */
export type RequestFault = Exclude<Fault, { kind: 'replaced' | 'disconnected' | 'revoked' }>

/** Faults that wait for a request that sends something, first come, first served. */
export interface Faults {
  inject: (fault: Fault) => void
  take: () => RequestFault | undefined
  /** The token was taken back. */
  revoked: () => boolean
}

/** `now` lives through the faults that happen at once. */
export function createFaults(now: Record<'replaced' | 'disconnected' | 'revoked', () => void>): Faults {
  const waiting: RequestFault[] = []
  let revoked = false
  return {
    inject: (fault) => {
      if (fault.kind !== 'replaced' && fault.kind !== 'disconnected' && fault.kind !== 'revoked') {
        waiting.push(fault)
        return
      }
      revoked ||= fault.kind === 'revoked'
      now[fault.kind]()
    },
    take: () => waiting.shift(),
    revoked: () => revoked,
  }
}
