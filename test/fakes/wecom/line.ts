import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { acknowledgement, type Outcome, refusal } from './errors.js'
import { displacedFrame, type Frame, readFrame } from './frames.js'

/** The server's end of the long connection. Only one connection of the bot is subscribed at a time. */
export interface Line {
  url: string
  /** How many times the bot has connected. */
  connections: () => number
  /** Numbers the subscription that is, or the next where there is none. */
  session: () => number
  /** Hands a frame to the bot, or keeps it until there is one. */
  deliver: (text: string) => Promise<void>
  /** Another connection of the same bot takes over: this one is told so, and closed. */
  displace: () => void
  cut: () => void
  /** The secret is no longer good. */
  revoke: () => void
  stop: () => Promise<void>
}

export interface LineHooks {
  botId: string
  secret: string
  /** How long the server takes to subscribe a connection; whatever comes before that is refused. */
  subscribeMs: number
  violation: (what: string) => void
  /** A request other than to subscribe and to keep alive. */
  request: (frame: Frame, socket: WebSocket, answer: (outcome?: Outcome) => void) => void
}

export async function openLine(hooks: LineHooks): Promise<Line> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  await new Promise((resolve, reject) => server.once('listening', resolve).once('error', reject))
  const waiting: string[] = []
  let current: WebSocket | undefined
  let connections = 0
  let subscriptions = 0
  let revoked = false

  server.on('connection', (socket) => {
    connections += 1
    socket.on('error', () => {})
    socket.on('close', () => {
      if (current === socket) current = undefined
    })
    socket.on('message', (data) => receive(socket, data.toString()))
  })

  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections: () => connections,
    session: () => (alive() === undefined ? subscriptions + 1 : subscriptions),
    deliver: (text) => {
      const socket = alive()
      if (socket === undefined) {
        waiting.push(text)
        return Promise.resolve()
      }
      return new Promise((resolve) => socket.send(text, () => resolve()))
    },
    displace,
    cut: () => current?.terminate(),
    revoke: () => {
      revoked = true
      current?.close(1000)
    },
    stop: async () => {
      for (const socket of server.clients) socket.terminate()
      await new Promise((resolve) => server.close(resolve))
    },
  }

  function receive(socket: WebSocket, text: string): void {
    // What was under way when the connection was closed is lost.
    if (socket.readyState !== socket.OPEN) return
    const frame = readFrame(text)
    if (frame === undefined) {
      hooks.violation(`no frame: ${text.slice(0, 80)}`)
      return
    }
    const answer = (outcome?: Outcome) => {
      if (socket.readyState === socket.OPEN) socket.send(acknowledgement(frame.headers.req_id, outcome))
    }
    if (frame.cmd === 'aibot_subscribe') subscribe(socket, frame, answer)
    else if (socket !== current) {
      hooks.violation(`${frame.cmd}: 846609 before a subscription`)
      answer(refusal(846609))
    } else if (frame.cmd === 'ping') answer()
    else hooks.request(frame, socket, answer)
  }

  function subscribe(socket: WebSocket, frame: Frame, answer: (outcome?: Outcome) => void): void {
    const good = frame.body.bot_id === hooks.botId && frame.body.secret === hooks.secret
    const again = socket === current
    if (!good) hooks.violation('aibot_subscribe: 853000 wrong bot_id or secret')
    else if (again) hooks.violation('aibot_subscribe: subscribed already')
    if (!good || revoked) answer(refusal(853000))
    else if (again) answer()
    else if (hooks.subscribeMs === 0) admit(socket, answer)
    else setTimeout(() => admit(socket, answer), hooks.subscribeMs).unref()
  }

  function admit(socket: WebSocket, answer: () => void): void {
    if (socket.readyState !== socket.OPEN) return
    displace()
    current = socket
    subscriptions += 1
    answer()
    for (const text of waiting.splice(0)) socket.send(text)
  }

  /** The connection in use, unless its end is under way. */
  function alive(): WebSocket | undefined {
    return current?.readyState === current?.OPEN ? current : undefined
  }

  function displace(): void {
    const old = alive()
    if (old === undefined) return
    current = undefined
    old.send(JSON.stringify(displacedFrame(hooks.botId)))
    old.close()
  }
}
