import type { WebSocket } from 'ws'
import { asObject, type Json } from './json.js'
import type { Session, Sessions } from './sessions.js'

/** What a connection needs of the gateway behind it. */
export interface ConnectionOptions {
  heartbeatMs: number
  /** Closes with a code and says why. */
  refuse: (socket: WebSocket, code: number, why: string) => void
  identify: (socket: WebSocket, d: Json) => Session | undefined
  resume: (socket: WebSocket, d: Json) => Session | undefined
  leave: Sessions['leave']
}

/** Numbers of what is sent over the gateway. */
export const OP = {
  heartbeat: 1,
  identify: 2,
  presence: 3,
  resume: 6,
  invalidSession: 9,
  hello: 10,
  heartbeatAck: 11,
}

/** One connection: greets, waits for the client to identify or to resume, and for its heartbeats. */
export function serveConnection(socket: WebSocket, query: URLSearchParams, options: ConnectionOptions): void {
  const { heartbeatMs, refuse, identify, resume, leave } = options
  let session: Session | undefined
  let silent: NodeJS.Timeout | undefined
  const received: number[] = []

  const listen = () => {
    clearTimeout(silent)
    silent = setTimeout(() => refuse(socket, 4009, 'No heartbeat in time.'), heartbeatMs * 2)
  }
  const take = ({ op, d }: Json) => {
    if (op === OP.heartbeat) {
      listen()
      socket.send(JSON.stringify({ op: OP.heartbeatAck, d: null, s: null, t: null }))
    } else if (op === OP.identify || op === OP.resume) {
      if (session) refuse(socket, 4005, 'Already authenticated.')
      else session = (op === OP.identify ? identify : resume)(socket, asObject(d) ?? {})
    } else if (!session) refuse(socket, 4003, 'Not authenticated.')
    else if (op !== OP.presence) refuse(socket, 4001, `Opcode ${op} is not served.`)
  }

  socket.on('error', () => socket.terminate())
  const wrong = unserved(query)
  if (wrong) {
    refuse(socket, ...wrong)
    return
  }
  socket.on('message', (data) => {
    const text = String(data)
    const payload = text.length > MOST_BYTES ? undefined : parsed(text)
    const now = performance.now()
    received.push(now)
    if (received.filter((at) => at > now - 60_000).length > PER_MINUTE) refuse(socket, 4008, 'Rate limited.')
    else if (payload) take(payload)
    else refuse(socket, 4002, 'Error while decoding payload.')
  })
  socket.on('close', (code) => {
    clearTimeout(silent)
    // A client that says goodbye does not come back for what it missed.
    if (session) leave(session, socket, code === 1000 || code === 1001)
  })
  socket.send(JSON.stringify({ op: OP.hello, d: { heartbeat_interval: heartbeatMs }, s: null, t: null }))
  listen()
}

/** Why these parameters of the address are not served: a code and a reason. */
function unserved(query: URLSearchParams): [code: number, why: string] | undefined {
  if (query.get('v') !== '10') return [4012, 'Invalid API version.']
  // Compression is there on the platform; the official client asks for it only with a library that is not installed.
  if (query.get('encoding') !== 'json' || query.has('compress')) return [4002, 'Only plain JSON is served.']
  return undefined
}

function parsed(text: string): Json | undefined {
  try {
    return asObject(JSON.parse(text))
  } catch {
    return undefined
  }
}

const MOST_BYTES = 4096
const PER_MINUTE = 120
