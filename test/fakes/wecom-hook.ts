import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { FakePlatform, Fault, Seen } from './kit.js'
import { isRefusal, type Refusal, refusal, verdict } from './wecom/errors.js'
import { createLimiter } from './wecom/limits.js'
import { readMessage } from './wecom-hook/messages.js'

export interface WecomHookOptions {
  /** The groups, each with a robot and a key of its own. */
  names?: string[]
  /** The clock of the limit, in milliseconds. */
  now?: () => number
}

/** One way only: nobody can say or press anything. */
export interface WecomHookFake
  extends Pick<FakePlatform, 'env' | 'seen' | 'inject' | 'violations' | 'unlimited' | 'stop'> {
  /** The address of a group's robot, its key included. */
  urlOf: (name: string) => string
  /** The robot is put out of a group, so its key is good no more. */
  remove: (name: string) => void
}

/** The webhooks of WeCom's group robots (群机器人). */
export async function startFakeWecomHook(options: WecomHookOptions = {}): Promise<WecomHookFake> {
  const { names = ['办公室', '大会'], now = () => performance.now() } = options
  const keys = new Map(names.map((name) => [name, randomUUID() as string]))
  const groups = new Map([...keys].map(([name, key]) => [key, name]))
  const limiter = createLimiter(now, [{ most: 20, lastsMs: 60_000 }])
  const seen: Seen[] = []
  const violations: string[] = []
  const faults: Fault[] = []
  const late = new Set<NodeJS.Timeout>()
  const removed = new Set<string>()

  const server = createServer((request, response) => void serve(request, response))
  // Idle connections are kept: that one is closed just as the bot writes is a fault that nobody injected.
  server.keepAliveTimeout = 0
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    env: { WECOM_WEBHOOK_URL: names.map((name) => `${name}=${urlOf(name)}`).join(',') },
    urlOf,
    seen,
    violations,
    inject,
    remove: (name) => void removed.add(name),
    unlimited: limiter.off,
    stop: async () => {
      for (const timer of late) clearTimeout(timer)
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }

  function urlOf(name: string): string {
    const key = keys.get(name)
    if (key === undefined) throw new Error(`there is no group ${name}`)
    return `${root}${PATH}?key=${key}`
  }

  function inject(fault: Fault): void {
    if (fault.kind === 'replaced' || fault.kind === 'disconnected')
      throw new Error(`a webhook is no connection that could be ${fault.kind}`)
    if (fault.kind === 'refused' && !Number(fault.code)) throw new Error(`${fault.code} is no code of the platform`)
    if (fault.kind === 'revoked') for (const name of names) removed.add(name)
    else faults.push(fault)
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', root)
    if (request.method !== 'POST' || pathname !== PATH) {
      violations.push(`${request.method} ${pathname}: there is no such thing`)
      response.writeHead(404).end()
      return
    }
    const fault = faults.shift()
    if (fault?.kind === 'dropped') return void request.socket.destroy()
    // Whoever goes away in the middle has sent nothing.
    const body = await text(request).catch(() => undefined)
    if (body === undefined) return
    if (fault?.kind === 'badGateway' && !fault.accepted) return badGateway(response)
    if (fault?.kind === 'rateLimited') return answer(response, refusal(45009))
    if (fault?.kind === 'refused') return answer(response, refusal(Number(fault.code)))
    const refused = take(searchParams.get('key') ?? '', body)
    if (fault?.kind === 'lostAck') request.socket.destroy()
    else if (fault?.kind === 'badGateway') badGateway(response)
    else if (fault?.kind === 'slow') late.add(setTimeout(() => answer(response, refused), fault.delayMs))
    else answer(response, refused)
  }

  function take(key: string, body: string): Refusal | undefined {
    const refused = show(key, body)
    if (refused !== undefined && !refused.arranged) violations.push(`${refused.code} ${refused.why}`)
    return refused
  }

  function show(key: string, body: string): Refusal | undefined {
    const group = groups.get(key)
    if (group === undefined || removed.has(group)) return { ...refusal(93000), arranged: group !== undefined }
    const message = readMessage(body)
    if (isRefusal(message)) return message
    if (limiter.full(key)) return refusal(45009)
    limiter.count(key)
    const { noted, ...shown } = message
    violations.push(...noted)
    // The platform gives no id back; this one is the tester's.
    const id = randomUUID()
    seen.push({ id, chat: group, replyTo: undefined, buttons: [], edits: 0, atMs: performance.now(), ...shown })
    return undefined
  }
}

const PATH = '/cgi-bin/webhook/send'

/** Refusals too come with status 200. */
function answer(response: ServerResponse, refused: Refusal | undefined): void {
  response.writeHead(200, { 'content-type': 'application/json; charset=UTF-8' }).end(JSON.stringify(verdict(refused)))
}

function badGateway(response: ServerResponse): void {
  response.writeHead(502, { 'content-type': 'text/html' }).end('<html>502 Bad Gateway</html>')
}
