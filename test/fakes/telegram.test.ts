import { Api, Bot, type TransportOptions, type Update, webhookCallback } from 'node-telegram-bot-api'
import { createWebhookServer } from 'node-telegram-bot-api/node'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createTelegramFake, type TelegramFake } from './telegram.js'

let fake: TelegramFake
let bots: Bot[]
let closers: (() => void)[]

beforeEach(async () => {
  fake = await createTelegramFake()
  bots = []
  closers = []
})

afterEach(async () => {
  for (const bot of bots) bot.stop()
  for (const close of closers) close()
  await fake.stop()
})

const options = (more: TransportOptions = {}) => ({ apiRoot: fake.env.TELEGRAM_API_ROOT as string, ...more })
const apiOf = (more?: TransportOptions) =>
  new Api(fake.env.TELEGRAM_BOT_TOKEN as string, options({ maxRetries: 0, ...more }))

/** A bot that polls; what it got, and how its polling ended. */
function poll(more: TransportOptions = { maxRetries: 0 }) {
  const bot = new Bot(fake.env.TELEGRAM_BOT_TOKEN as string, options(more))
  const got: Update[] = []
  const errors: unknown[] = []
  bot.use(async (ctx, next) => {
    got.push(ctx.update)
    await next()
  })
  bots.push(bot)
  const start = () =>
    bot.startPolling(undefined, { timeout: 20, retryDelayMs: 20, onError: (error) => errors.push(error) }).then(
      () => undefined,
      (error: unknown) => error as { errorCode: number },
    )
  return { bot, got, errors, start, ended: start() }
}

const until = (what: () => unknown) => expect.poll(what, { timeout: 5_000, interval: 5 })
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const hello = { text: '你好', chat: 'u1', group: false, from: 'u1' }

/** A chat that the bot may write to. */
async function open(chat = 'u1'): Promise<number> {
  await fake.say({ ...hello, chat, from: chat })
  return fake.chatId(chat)
}

describe('long polling', () => {
  test('delivers what people say once, confirmed by the next poll', async () => {
    const { got } = poll()
    await until(() => fake.connections()).toBe(1)
    await fake.say(hello)
    await fake.say({ ...hello, text: '第二句' })
    await until(() => got.length).toBe(2)
    const [first] = got as [Extract<Update, { message: unknown }>]
    expect(first.message).toMatchObject({ text: '你好', chat: { type: 'private' }, from: { is_bot: false } })
    expect(first.message.chat.id).toBe(first.message.from?.id)
    await pause(50)
    expect(got).toHaveLength(2)
    expect(fake.connections()).toBe(1)
    expect(fake.violations).toEqual([])
  })

  test('delivers the same update again, byte for byte', async () => {
    const { got } = poll()
    const id = await fake.say(hello)
    await fake.say({ ...hello, text: '第二句' })
    await until(() => got.length).toBe(2)
    await fake.repeat(id)
    await until(() => got.length).toBe(3)
    expect(JSON.stringify(got[2])).toBe(JSON.stringify(got[0]))
    await fake.say({ ...hello, text: '第三句' })
    await until(() => got.length).toBe(4)
  })

  test('holds back kinds that were not asked for', async () => {
    const api = apiOf()
    await fake.say({ ...hello, chat: 'g', group: true })
    await fake.memberJoin('g', 'u2')
    const usual = await api.getUpdates({})
    expect(usual.map((update) => Object.keys(update)[1])).toEqual(['message'])
    await api.getUpdates({ allowed_updates: ['chat_member'], offset: -1 })
    await fake.memberJoin('g', 'u3')
    const asked = await api.getUpdates({ offset: (usual[0]?.update_id ?? 0) + 1 })
    expect(asked.map((update) => Object.keys(update)[1])).toEqual(['chat_member'])
  })

  test('a second poller throws the first one out', async () => {
    const { ended } = poll()
    await until(() => fake.connections()).toBe(1)
    await pause(20)
    const other = apiOf()
      .getUpdates({ timeout: 1 })
      .catch(() => undefined)
    expect((await ended)?.errorCode).toBe(409)
    expect(fake.violations).toEqual(['getUpdates: two polls at once: the first one is refused'])
    await other
  })

  test('a poller that is stopped and started again begins anew, and breaks no rule', async () => {
    for (let round = 1; round <= 20; round++) {
      const { bot, ended } = poll()
      await until(() => fake.connections()).toBe(round)
      bot.stop()
      if (round % 2 === 0) await ended
    }
    expect(fake.violations).toEqual([])
  })

  test('replaced: the poll in flight and the next two are refused, then all is well', async () => {
    const { ended, start, got } = poll()
    await until(() => fake.connections()).toBe(1)
    fake.inject({ kind: 'replaced' })
    expect(await ended).toMatchObject({ errorCode: 409, code: 'ETELEGRAM' })
    expect((await start())?.errorCode).toBe(409)
    expect((await start())?.errorCode).toBe(409)
    void start()
    await fake.say(hello)
    await until(() => got.length).toBe(1)
    expect(fake.connections()).toBe(2)
    expect(fake.violations).toEqual([])
  })

  test('disconnected: the poller comes back by itself', async () => {
    const { errors, got } = poll()
    await until(() => fake.connections()).toBe(1)
    await pause(20)
    fake.inject({ kind: 'disconnected' })
    await until(() => fake.connections()).toBe(2)
    expect(errors).toMatchObject([{ code: 'EFETCH' }])
    await fake.say(hello)
    await until(() => got.length).toBe(1)
  })

  test('revoked: everything is refused from then on', async () => {
    const { ended } = poll()
    await until(() => fake.connections()).toBe(1)
    fake.inject({ kind: 'revoked' })
    expect(await ended).toMatchObject({ errorCode: 401, description: 'Unauthorized' })
    await expect(apiOf().getMe()).rejects.toMatchObject({ errorCode: 401 })
    expect(fake.violations).toEqual([])
  })
})

describe('webhook', () => {
  test('delivers with the secret, again until it is taken, and polling is refused meanwhile', async () => {
    const secretToken = 'a-secret'
    const bot = new Bot(fake.env.TELEGRAM_BOT_TOKEN as string, options())
    const got: Update[] = []
    let failures = 2
    bot.use((ctx) => {
      got.push(ctx.update)
      if (failures-- > 0) throw new Error('not yet')
    })
    bot.catch((error) => {
      throw error
    })
    const server = createWebhookServer(bot, { path: '/hook', secretToken })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    closers.push(() => server.close())
    const { port } = server.address() as { port: number }
    const url = `http://127.0.0.1:${port}/hook`
    await fake.say(hello)
    await bot.api.setWebhook({ url, secret_token: secretToken, allowed_updates: ['message'] })
    await until(() => got.length).toBe(3)
    const id = await fake.say({ ...hello, text: '第二句' })
    await until(() => got.length).toBe(4)
    await fake.repeat(id)
    await until(() => got.length).toBe(5)
    expect(got[4]).toEqual(got[3])
    await until(async () => (await bot.api.getWebhookInfo()).pending_update_count).toBe(0)
    expect(await bot.api.getWebhookInfo()).toMatchObject({ url, last_error_message: expect.stringContaining('500') })
    await expect(apiOf().getUpdates({})).rejects.toMatchObject({ errorCode: 409 })
    await bot.api.deleteWebhook({})
    expect(await apiOf().getUpdates({})).toEqual([])
    expect(fake.connections()).toBe(2)
  })

  test('what has the wrong secret is not taken', async () => {
    const bot = new Bot(fake.env.TELEGRAM_BOT_TOKEN as string, options())
    const handle = webhookCallback(bot, { secretToken: 'right' })
    const statuses: number[] = []
    const { createServer } = await import('node:http')
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const headers = new Headers(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
      const { status } = await handle(
        new Request('http://bot/', { method: 'POST', headers, body: Buffer.concat(chunks) }),
      )
      statuses.push(status)
      response.writeHead(status).end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    closers.push(() => server.close())
    const { port } = server.address() as { port: number }
    await bot.api.setWebhook({ url: `http://127.0.0.1:${port}/`, secret_token: 'wrong' })
    await fake.say(hello)
    await until(() => statuses.length).toBeGreaterThan(1)
    expect(new Set(statuses)).toEqual(new Set([401]))
    expect((await bot.api.getWebhookInfo()).pending_update_count).toBe(1)
  })
})

describe('faults of a message', () => {
  test('lostAck: shown, but the sender cannot know; the client sends it again unless told not to', async () => {
    const chat_id = await open()
    fake.inject({ kind: 'lostAck' })
    await expect(apiOf().sendMessage({ chat_id, text: '一' })).rejects.toMatchObject({ code: 'EFETCH' })
    expect(fake.seen.map((one) => one.text)).toEqual(['一'])
    fake.inject({ kind: 'lostAck' })
    await apiOf({ maxRetries: 2, retryBackoffMs: 10 }).sendMessage({ chat_id, text: '二' })
    expect(fake.seen.map((one) => one.text)).toEqual(['一', '二', '二'])
  })

  test('badGateway: shown or not, the client sees the same', async () => {
    const chat_id = await open()
    fake.inject({ kind: 'badGateway', accepted: true })
    fake.inject({ kind: 'badGateway', accepted: false })
    for (const text of ['一', '二']) {
      await expect(apiOf().sendMessage({ chat_id, text })).rejects.toMatchObject({
        code: 'EFETCH',
        message: 'Server error 502 on sendMessage',
      })
    }
    expect(fake.seen.map((one) => one.text)).toEqual(['一'])
  })

  test('rateLimited: nothing is shown, and coming back early is noted', async () => {
    const chat_id = await open()
    fake.inject({ kind: 'rateLimited', retryAfterMs: 1_000 })
    const send = () => apiOf().sendMessage({ chat_id, text: '一' })
    await expect(send()).rejects.toMatchObject({ errorCode: 429, retryAfter: 1 })
    expect(fake.violations).toEqual([])
    await expect(send()).rejects.toMatchObject({ errorCode: 429 })
    expect(fake.violations).toEqual(['sendMessage: 429 Too Many Requests: retry after 1'])
    await pause(1_000)
    await send()
    expect(fake.seen).toHaveLength(1)
  })

  test('dropped, refused and slow', async () => {
    const chat_id = await open()
    const send = (text: string) => apiOf().sendMessage({ chat_id, text })
    fake.inject({ kind: 'dropped' })
    await expect(send('一')).rejects.toMatchObject({ code: 'EFETCH' })
    fake.inject({ kind: 'refused', code: 'Forbidden: bot was blocked by the user' })
    await expect(send('二')).rejects.toMatchObject({ errorCode: 403 })
    fake.inject({ kind: 'refused', code: 'chat not found' })
    await expect(send('三')).rejects.toMatchObject({ description: 'Bad Request: chat not found' })
    expect(fake.seen).toEqual([])
    fake.inject({ kind: 'slow', delayMs: 300 })
    await expect(apiOf({ timeoutMs: 100 }).sendMessage({ chat_id, text: '四' })).rejects.toMatchObject({
      code: 'ETIMEOUT',
    })
    fake.inject({ kind: 'slow', delayMs: 100 })
    const before = performance.now()
    await send('五')
    expect(performance.now() - before).toBeGreaterThan(95)
    expect(fake.seen.map((one) => one.text)).toEqual(['四', '五'])
    expect(fake.violations).toEqual([])
  })

  test('faults wait for what people see, one each', async () => {
    const chat_id = await open()
    fake.inject({ kind: 'refused', code: 'one' })
    fake.inject({ kind: 'refused', code: 'two' })
    await apiOf().sendChatAction({ chat_id, action: 'typing' })
    await expect(apiOf().sendMessage({ chat_id, text: '一' })).rejects.toMatchObject({ description: /one$/ })
    await expect(apiOf().editMessageText({ chat_id, message_id: 1, text: '一' })).rejects.toMatchObject({
      description: expect.stringMatching(/two$/),
    })
  })
})
