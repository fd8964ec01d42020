import { Api, InputFile, type TransportOptions } from 'node-telegram-bot-api'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createTelegramFake, type TelegramFake } from '../telegram.js'
import { jpeg, png } from './samples.js'

let fake: TelegramFake
let api: Api
let chat_id: number

const apiOf = (more: TransportOptions = {}) =>
  new Api(fake.env.TELEGRAM_BOT_TOKEN as string, {
    apiRoot: fake.env.TELEGRAM_API_ROOT as string,
    maxRetries: 0,
    ...more,
  })

beforeEach(async () => {
  fake = await createTelegramFake()
  api = apiOf()
  await fake.say({ text: '你好', chat: 'u1', group: false, from: 'u1' })
  chat_id = fake.chatId('u1')
})

afterEach(() => fake.stop())

const file = (bytes: Buffer) => new InputFile(bytes, { filename: 'chart.png', contentType: 'image/png' })
const photo = file(png(640, 480))

async function refused(promise: Promise<unknown>, description: string | RegExp, code = 400): Promise<void> {
  const before = fake.violations.length
  await expect(promise).rejects.toMatchObject({ errorCode: code, description: expect.stringMatching(description) })
  expect(fake.violations).toHaveLength(before + 1)
  expect(fake.seen).toEqual([])
}

describe('a photo', () => {
  test('is shown with its caption, buttons and answer, in a chat that said nothing to answer', async () => {
    const reply_markup = { inline_keyboard: [[{ text: '退订', callback_data: 'off' }]] }
    const rest = { caption: '<b>周报</b> &lt;1&gt;', parse_mode: 'HTML', reply_markup }
    const sent = await api.sendPhoto({ chat_id, photo, ...rest })
    expect(sent).toMatchObject({ caption: '周报 <1>', caption_entities: [{ type: 'bold', offset: 0, length: 2 }] })
    expect(sent).not.toHaveProperty('text')
    const raw = { method: 'sendPhoto', photo: { filename: 'chart.png', size: 33 } }
    const pictures = [{ bytes: 33, width: 640, height: 480 }]
    expect(fake.seen).toMatchObject([{ text: '周报 <1>', replyTo: undefined, buttons: ['退订'], pictures, raw }])
    await api.sendPhoto({ chat_id, photo, reply_parameters: { message_id: sent.message_id } })
    expect(fake.seen[1]).toMatchObject({ text: '', replyTo: fake.seen[0]?.id, pictures })
    await api.sendMessage({ chat_id, text: '没有图' })
    expect(fake.seen[2]).not.toHaveProperty('pictures')
    expect(fake.violations).toEqual([])
  })

  test('comes back in several sizes, and is sent again by the id of any of them', async () => {
    const sent = await api.sendPhoto({ chat_id, photo: file(png(2400, 1200, 9_000)) })
    const sizes = sent.photo ?? []
    expect(sizes.map(({ width, height }) => `${width}x${height}`)).toEqual([
      ...['100x50', '320x160', '800x400', '1280x640', '2400x1200'],
    ])
    expect(new Set(sizes.map(({ file_id }) => file_id)).size).toBe(5)
    expect(sizes.at(-1)).toMatchObject({ file_size: 9_000 })
    for (const { file_id } of [sizes[0], sizes[4]] as typeof sizes) {
      const again = await api.sendPhoto({ chat_id, photo: file_id, caption: '又来' })
      expect(again.photo).toEqual(sizes)
    }
    expect(fake.seen.map(({ pictures }) => pictures)).toEqual(
      Array.from({ length: 3 }, () => [{ bytes: 9_000, width: 2400, height: 1200 }]),
    )
    expect(fake.violations).toEqual([])
  })

  test('is a PNG or JPEG of at most 10 MB, 10,000 pixels of width and height, and 20 to 1', async () => {
    const send = (bytes: Buffer) => api.sendPhoto({ chat_id, photo: file(bytes) })
    await refused(send(Buffer.alloc(0)), /: file must be non-empty$/)
    await refused(send(Buffer.from('no picture')), /: IMAGE_PROCESS_FAILED$/)
    await refused(send(Buffer.from('RIFF0000WEBPVP8 and so on')), /: IMAGE_PROCESS_FAILED$/)
    await refused(send(jpeg(800, 600).subarray(0, 12)), /: IMAGE_PROCESS_FAILED$/)
    const most = 10 * 1024 * 1024
    await refused(
      send(png(640, 480, most + 1)),
      `Bad Request: file of size ${most + 1} bytes is too big for a photo; the maximum size is ${most} bytes`,
    )
    await refused(send(png(5_001, 5_000)), /: PHOTO_INVALID_DIMENSIONS$/)
    await refused(send(png(2_001, 100)), /: PHOTO_INVALID_DIMENSIONS$/)
    await send(png(640, 480, most))
    await send(png(5_000, 5_000))
    await send(png(2_000, 100))
    await send(jpeg(800, 600))
    expect(fake.seen.at(-1)?.pictures).toMatchObject([{ width: 800, height: 600 }])
  })

  test('is refused with a wrong id, an address, or none', async () => {
    await refused(api.sendPhoto({ chat_id, photo: 'AgACAgQAAx' }), /: wrong file identifier\/HTTP URL specified$/)
    const address = 'https://example.org/a.png'
    await refused(api.sendPhoto({ chat_id, photo: address }), /: failed to get HTTP URL content$/)
    await refused(api.sendPhoto({ chat_id } as never), /: there is no photo in the request$/)
  })

  test('has a caption of at most 1,024 characters after it was read, as strict as a text', async () => {
    const send = (caption: string) => api.sendPhoto({ chat_id, photo, caption, parse_mode: 'HTML' })
    await refused(send('字'.repeat(1025)), /: message caption is too long$/)
    await refused(send('<b>周报'), /can't parse entities: Can't find end tag corresponding to start tag "b"$/)
    await send(`<b>${'字'.repeat(1024)}</b>`)
    expect(fake.violations).toHaveLength(2)
    await send('a & b')
    expect(fake.violations[2]).toBe('sendPhoto: "&" is not escaped')
  })

  test('keeps its picture when its buttons change, and has no text that could', async () => {
    const reply_markup = { inline_keyboard: [[{ text: '退订', callback_data: 'off' }]] }
    const { message_id } = await api.sendPhoto({ chat_id, photo, caption: '周报', reply_markup })
    await api.editMessageReplyMarkup({ chat_id, message_id })
    const after = { text: '周报', pictures: [{ bytes: 33, width: 640, height: 480 }], buttons: [], edits: 1 }
    expect([fake.seen, fake.violations]).toMatchObject([[after], []])
    const description = 'Bad Request: there is no text in the message to edit'
    await expect(api.editMessageText({ chat_id, message_id, text: '月报' })).rejects.toMatchObject({ description })
    expect(fake.seen).toMatchObject([after])
    expect(fake.violations).toEqual([`editMessageText: 400 ${description}`])
  })

  test('goes to a topic, and only to one that is there', async () => {
    await fake.say({ text: '/start', chat: 'g', group: true, from: 'u1', thread: '经济' })
    const message_thread_id = fake.threadId('g', '经济')
    const sent = await api.sendPhoto({ chat_id: fake.chatId('g'), photo, message_thread_id })
    expect(sent).toMatchObject({ message_thread_id, is_topic_message: true })
    const nowhere = api.sendPhoto({ chat_id, photo, message_thread_id: 7 })
    await expect(nowhere).rejects.toMatchObject({ description: 'Bad Request: message thread not found' })
  })

  test('counts with the messages', async () => {
    for (const text of ['一', '二', '三', '四']) await api.sendMessage({ chat_id, text })
    await api.sendPhoto({ chat_id, photo })
    await expect(api.sendPhoto({ chat_id, photo })).rejects.toMatchObject({ errorCode: 429, retryAfter: 5 })
    expect(fake.violations).toEqual(['sendPhoto: 429 Too Many Requests: retry after 5'])
  })
})

describe('faults of a photo', () => {
  const send = (more?: TransportOptions) => apiOf(more).sendPhoto({ chat_id, photo, caption: '周报' })

  test.each([
    [{ kind: 'lostAck' }, { code: 'EFETCH' }, 1],
    [{ kind: 'badGateway', accepted: true }, { message: 'Server error 502 on sendPhoto' }, 1],
    [{ kind: 'badGateway', accepted: false }, { message: 'Server error 502 on sendPhoto' }, 0],
    [{ kind: 'rateLimited', retryAfterMs: 1_000 }, { errorCode: 429, retryAfter: 1 }, 0],
    [{ kind: 'dropped' }, { code: 'EFETCH' }, 0],
    [{ kind: 'refused', code: 'Forbidden: bot was blocked by the user' }, { errorCode: 403 }, 0],
    [{ kind: 'slow', delayMs: 300 }, { code: 'ETIMEOUT' }, 1],
  ] as const)('%o', async (fault, error, shown) => {
    fake.inject(fault)
    await expect(send(fault.kind === 'slow' ? { timeoutMs: 100 } : {})).rejects.toMatchObject(error)
    expect(fake.seen).toHaveLength(shown)
    expect(fake.violations).toEqual([])
  })
})
