import type { Desk } from '../desk.js'
import { createTalk, type Talk } from './talk.js'
import { createTeller } from './tell.js'

const NONE = async () => []

/** Talk about digests where none can be sent and nothing is kept: what would come can be seen all the same. */
export function talkAlone(desk: Desk, clock: () => number): Talk {
  return createTalk({
    subscriptions: { of: NONE, active: NONE, all: NONE, put: async () => undefined },
    lastOf: NONE,
    clock,
    office: [],
    isTrusted: () => false,
    teller: createTeller(desk, NONE),
    linkOf: () => undefined,
    onChange: () => undefined,
  })
}
