import type { Message } from './board.js'
import type { Chat } from './chats.js'
import type { Frame } from './frames.js'

/** What a frame of the platform lets the bot do in return, by the request id of that frame. */
export interface Target {
  kind: 'message' | 'welcome' | 'card' | 'none'
  chat: Chat
  /** Id of the message that is answered, or of the event. */
  about: string
  /** The message whose card was pressed. */
  message?: Message
}

/** A target, or why there is none: `earlier` is one of a connection before this. */
export type Found = Target | 'unknown' | 'late' | 'used' | 'earlier'

export interface Targets {
  add: (frame: Frame, target: Target) => void
  find: (reqId: string, kind: Target['kind']) => Found
  /** Welcomes and card updates go once. */
  use: (reqId: string) => void
}

/** Keeps what may be answered; `connection` numbers the line, where ids are bound to it. */
export function createTargets(now: () => number, connection: () => number): Targets {
  const targets = new Map<string, Target & { at: number; by: number; used: boolean }>()

  return {
    add: (frame, target) => {
      targets.set(frame.headers.req_id, { ...target, at: now(), by: connection(), used: false })
    },
    find: (reqId, kind) => {
      const target = targets.get(reqId)
      if (target === undefined || target.kind !== kind || kind === 'none') return 'unknown'
      if (now() - target.at > LASTS_MS[kind]) return 'late'
      if (target.used) return 'used'
      return target.by === connection() ? target : 'earlier'
    },
    use: (reqId) => {
      const target = targets.get(reqId)
      if (target !== undefined) target.used = true
    },
  }
}

const LASTS_MS = { message: 24 * 3_600_000, welcome: 5000, card: 5000 }
