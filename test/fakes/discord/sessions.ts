import { randomBytes } from 'node:crypto'
import type { WebSocket } from 'ws'
import type { Json } from './json.js'

/** Makes of an event what a session with these intents gets of it; nothing, where it gets none. */
export type Tailor = (intents: number) => Json | undefined

/** What survives a lost connection: the numbered events, for whoever comes back for them. */
export interface Session {
  id: string
  intents: number
  seq: number
  frames: Frame[]
  socket: WebSocket | undefined
}

interface Frame {
  s: number
  key: string | undefined
  text: string
}

export interface Sessions {
  open: (socket: WebSocket, intents: number) => Session
  find: (id: string) => Session | undefined
  give: (session: Session, event: string, key: string | undefined, d: Json) => void
  dispatch: (event: string, key: string, tailor: Tailor) => void
  repeat: (key: string) => void
  /** Sends what came after this number, and that this was all. */
  resume: (session: Session, socket: WebSocket, after: number) => void
  /** The connection is gone; for good, where the client said so. */
  leave: (session: Session, socket: WebSocket, forGood: boolean) => void
  live: () => boolean
  /** Forgets all sessions; gives the connections that are still there. */
  clear: () => WebSocket[]
}

export function createSessions(): Sessions {
  const sessions = new Map<string, Session>()
  const events = new Map<string, { event: string; tailor: Tailor }>()
  const give: Sessions['give'] = (session, event, key, d) => {
    const s = ++session.seq
    const text = JSON.stringify({ op: 0, t: event, s, d })
    session.frames.push({ s, key, text })
    session.socket?.send(text)
  }
  const tailored = (session: Session, key: string) => {
    const { event, tailor } = events.get(key)!
    const d = tailor(session.intents)
    if (d) give(session, event, key, d)
  }
  return {
    open: (socket, intents) => {
      const session: Session = { id: randomBytes(16).toString('hex'), intents, seq: 0, frames: [], socket }
      sessions.set(session.id, session)
      return session
    },
    find: (id) => sessions.get(id),
    give,
    dispatch: (event, key, tailor) => {
      events.set(key, { event, tailor })
      for (const session of sessions.values()) tailored(session, key)
    },
    repeat: (key) => {
      if (!events.has(key)) throw new Error(`nothing was delivered as ${key}`)
      for (const session of sessions.values()) {
        const frame = session.frames.find((f) => f.key === key)
        if (frame) session.socket?.send(frame.text)
        else tailored(session, key)
      }
    },
    resume: (session, socket, after) => {
      session.socket = socket
      for (const frame of session.frames.filter(({ s }) => s > after)) socket.send(frame.text)
      give(session, 'RESUMED', undefined, {})
    },
    leave: (session, socket, forGood) => {
      if (session.socket !== socket) return
      session.socket = undefined
      if (forGood) sessions.delete(session.id)
    },
    live: () => [...sessions.values()].some(({ socket }) => socket),
    clear: () => {
      const open = [...sessions.values()].flatMap(({ socket }) => socket ?? [])
      sessions.clear()
      return open
    },
  }
}
