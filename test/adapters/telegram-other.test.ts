import { TelegramServer } from 'telegram-test-api/lib/telegramServer.js'
import { expect, it } from 'vitest'
import { dataFolder, startService, until } from '../support/service.js'

// A second opinion on the Bot API: a server that others wrote. It has few methods, so that it is asked little.
it("answers on somebody else's Bot API server", async () => {
  const server = new TelegramServer({ port: 19_000 + (process.pid % 500), host: '127.0.0.1', storage: 'RAM' })
  await server.start()
  const token = '424242:token-of-the-other-server'
  const data = dataFolder()
  const service = await startService({
    TELEGRAM_BOT_TOKEN: token,
    TELEGRAM_API_ROOT: server.config.apiURL,
    YOUJU_DATA: data.folder,
  })
  await until('a connection', () => service.metrics.states.telegram?.state === 'up')
  const client = server.getClient(token, { timeout: 10_000, interval: 50 })
  await client.sendMessage(client.makeMessage('去年粮食产量多少'))
  const { result } = await client.getUpdates()
  const { message } = result[0]! as unknown as { message: { text: string; parse_mode: string } }
  expect(message.text).toMatch(/^<b>.*9700万斤.*<\/b>\n<blockquote>“.*9700万斤.*”<\/blockquote>\n<i>——/)
  expect(message.parse_mode).toBe('HTML')
  await service.stop(0)
  await server.stop()
  data.remove()
}, 30_000)
