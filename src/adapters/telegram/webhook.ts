import { timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type Bot, webhookCallback } from 'node-telegram-bot-api'
import { YoujuError } from '../../errors.js'

/** An update has some thousands of bytes; who sends more is not Telegram. */
const LONGEST_BODY = 1_000_000
const SECRET_HEADER = 'x-telegram-bot-api-secret-token'

/**
 * Listens for updates that Telegram sends to `path`. What does not bring the secret is turned away before its body is read.
 * Throws `CONFIG` where the port is taken.
 */
export async function openWebhook(bot: Bot, hook: { path: string; secret: string; port: number }): Promise<Server> {
  const callback = webhookCallback(bot, { secretToken: hook.secret })

  async function answer(request: IncomingMessage): Promise<number> {
    if (request.url?.split('?')[0] !== hook.path) return 404
    if (request.method !== 'POST') return 405
    if (!isSame(String(request.headers[SECRET_HEADER] ?? ''), hook.secret)) return 401
    const body = await bodyOf(request)
    if (body === undefined) return 413
    // The client reads a field of whatever it is given.
    if (!isUpdate(body)) return 400
    const headers = { [SECRET_HEADER]: hook.secret, 'content-type': 'application/json' }
    const { status } = await callback(new Request(`http://localhost${hook.path}`, { method: 'POST', headers, body }))
    return status
  }

  const server = createServer((request, response) => {
    answer(request).then(
      (status) => end(response, status),
      () => end(response, 500),
    )
  })
  await new Promise<void>((done, fail) => {
    server.once('error', (cause) =>
      fail(
        new YoujuError('CONFIG', `TELEGRAM_WEBHOOK_PORT ${hook.port} 不能用（${cause.message}）。请换一个端口。`, {
          cause,
        }),
      ),
    )
    server.listen(hook.port, done)
  })
  return server
}

function end(response: ServerResponse, status: number): void {
  // What is left of a body that was not read is not waited for.
  if (status >= 400) response.setHeader('connection', 'close')
  response.writeHead(status).end()
}

function isSame(given: string, wanted: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)]
  return one.length === other.length && timingSafeEqual(one, other)
}

/** The body, if it is no longer than an update can be. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > LONGEST_BODY) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function isUpdate(body: string): boolean {
  try {
    const parsed: unknown = JSON.parse(body)
    return typeof (parsed as { update_id?: unknown } | null)?.update_id === 'number'
  } catch {
    return false
  }
}
