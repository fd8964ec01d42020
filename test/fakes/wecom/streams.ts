import type { Message } from './board.js'
import { type Refusal, refusal } from './errors.js'

/** A message that the bot goes on writing. */
export interface Stream {
  message: Message
  reqId: string
  openedAt: number
  finished: boolean
  expired: boolean
  /** The card of a combined message goes once. */
  hasCard: boolean
}

export interface Streams {
  find: (id: string) => Stream | undefined
  open: (id: string, stream: Pick<Stream, 'message' | 'reqId' | 'finished' | 'hasCard'>) => void
  /** Why the stream cannot be written on, if it cannot. */
  closed: (stream: Stream, reqId: string) => Refusal | undefined
  /** As if the lifetime of all that are open were over. */
  expire: () => void
}

export function createStreams(now: () => number, lifeMs: number): Streams {
  const streams = new Map<string, Stream>()

  return {
    find: (id) => streams.get(id),
    open: (id, stream) => {
      streams.set(id, { ...stream, openedAt: now(), expired: false })
    },
    closed: (stream, reqId) => {
      if (stream.reqId !== reqId) return refusal(846605, 'the stream answers another message')
      if (stream.expired) return { ...refusal(846608), arranged: true }
      if (stream.finished) return refusal(846608, 'the stream is finished')
      return now() - stream.openedAt > lifeMs ? refusal(846608) : undefined
    },
    expire: () => {
      for (const stream of streams.values()) stream.expired = true
    },
  }
}
