import type { Server } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'
import { OP, serveConnection } from './connection.js'
import { DEFINED, INTENT, PRIVILEGED } from './intents.js'
import { asNumber, asObject, asText, type Json } from './json.js'
import { guildPayload, userPayload } from './payloads.js'
import { createSessions, type Session, type Tailor } from './sessions.js'
import type { World } from './world.js'

/** The websocket half: hands events to the bot's connections, in order, each with a number of its own. */
export interface Gateway {
  /** An event for every session, cut to its intents; where `tailor` makes nothing of it, the session does not get it. */
  dispatch: (event: string, key: string, tailor: Tailor) => void
  /** The event of this key once more: the same bytes, where the session had it already. */
  repeat: (key: string) => void
  /** How many times a client has identified or resumed. */
  connections: () => number
  /** How many sessions have been started, of the thousand of a day. */
  started: () => number
  /** Whether a connection takes events just now. */
  live: () => boolean
  /** Settles once the first session has begun. */
  begun: Promise<void>
  /** All sessions are told that they are no longer valid: identify anew. */
  invalidate: () => void
  /** The connections are cut; the sessions can be resumed. */
  cut: () => void
  /** The token is no longer good. */
  revoke: () => void
  stop: () => void
}

export interface GatewayOptions {
  /** The privileged intents that are switched on for the bot. */
  privileged: number
  heartbeatMs: number
  violations: string[]
}

export function createGateway(server: Server, world: World, options: GatewayOptions): Gateway {
  const { heartbeatMs, violations } = options
  const sockets = new WebSocketServer({ server })
  const sessions = createSessions()
  let connections = 0
  let started = 0
  let revoked = false
  let begin = () => {}
  const begun = new Promise<void>((resolve) => {
    begin = resolve
  })

  const refuse = (socket: WebSocket, code: number, why: string, excused = false) => {
    if (!excused) violations.push(`gateway: ${code} ${why}`)
    socket.close(code, why)
  }

  const identify = (socket: WebSocket, d: Json): Session | undefined => {
    const intents = asNumber(d.intents)
    if (revoked || d.token !== world.token) refuse(socket, 4004, 'Authentication failed.', revoked)
    else if (!asObject(d.properties)) refuse(socket, 4002, 'Error while decoding payload.')
    else if (typeof d.intents !== 'number' || intents & ~DEFINED) refuse(socket, 4013, 'Invalid intent(s).')
    else if (intents & PRIVILEGED & ~options.privileged) refuse(socket, 4014, 'Disallowed intent(s).')
    else {
      const session = sessions.open(socket, intents)
      const address = server.address()
      const port = typeof address === 'object' ? address?.port : undefined
      connections++
      started++
      sessions.give(session, 'READY', undefined, {
        v: 10,
        user: { ...userPayload(world.bot), verified: true, mfa_enabled: false, email: null },
        guilds: [{ id: world.guildId, unavailable: true }],
        private_channels: [],
        session_id: session.id,
        session_type: 'normal',
        resume_gateway_url: `ws://127.0.0.1:${port}`,
        application: { id: world.bot.id, flags: options.privileged & INTENT.messageContent ? 1 << 19 : 0 },
        ...(Array.isArray(d.shard) && { shard: d.shard }),
      })
      if (intents & INTENT.guilds) sessions.give(session, 'GUILD_CREATE', undefined, guildPayload(world))
      begin()
      return session
    }
    return undefined
  }

  const resume = (socket: WebSocket, d: Json): Session | undefined => {
    const session = sessions.find(asText(d.session_id) ?? '')
    if (revoked || d.token !== world.token) refuse(socket, 4004, 'Authentication failed.', revoked)
    else if (!session) socket.send(JSON.stringify({ op: OP.invalidSession, d: false, s: null, t: null }))
    else if (asNumber(d.seq) > session.seq) refuse(socket, 4007, 'Invalid seq.')
    else {
      connections++
      sessions.resume(session, socket, asNumber(d.seq))
      return session
    }
    return undefined
  }

  sockets.on('connection', (socket, request) => {
    const query = new URL(request.url ?? '/', 'ws://127.0.0.1').searchParams
    serveConnection(socket, query, { heartbeatMs, refuse, identify, resume, leave: sessions.leave })
  })

  return {
    dispatch: sessions.dispatch,
    repeat: sessions.repeat,
    connections: () => connections,
    started: () => started,
    live: sessions.live,
    begun,
    invalidate: () => {
      for (const socket of sessions.clear()) {
        socket.send(JSON.stringify({ op: OP.invalidSession, d: false, s: null, t: null }))
      }
    },
    cut: () => {
      for (const socket of sockets.clients) socket.terminate()
    },
    revoke: () => {
      revoked = true
      sessions.clear()
      for (const socket of sockets.clients) socket.close(4004, 'Authentication failed.')
    },
    stop: () => {
      begin()
      for (const socket of sockets.clients) socket.terminate()
      sockets.close()
    },
  }
}
