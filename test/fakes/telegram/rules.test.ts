import { Api } from 'node-telegram-bot-api'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createTelegramFake, type TelegramFake } from '../telegram.js'

let fake: TelegramFake
let api: Api
let chat_id: number

beforeEach(async () => {
  fake = await createTelegramFake()
  api = new Api(fake.env.TELEGRAM_BOT_TOKEN as string, { apiRoot: fake.env.TELEGRAM_API_ROOT as string, maxRetries: 0 })
  await fake.say({ text: '你好', chat: 'u1', group: false, from: 'u1' })
  chat_id = fake.chatId('u1')
})

afterEach(() => fake.stop())

const button = (text: string, more: object = { callback_data: 'd' }) => ({ text, ...more })
const keyboard = (...rows: object[][]) => ({ inline_keyboard: rows as never })
const NOT_MODIFIED =
  'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a ' +
  'current content and reply markup of the message'
const long = (length: number) => '字'.repeat(length)

async function refused(promise: Promise<unknown>, description: string, code = 400): Promise<void> {
  const before = fake.violations.length
  await expect(promise).rejects.toMatchObject({ errorCode: code, description })
  expect(fake.violations.slice(before)).toEqual([expect.stringContaining(`${code} ${description}`)])
}

describe('a message', () => {
  test('is shown as people read it', async () => {
    const text =
      '  <b>增长</b> &lt;5%&gt;\n<blockquote expandable>第一章</blockquote><a href="https://gov.cn/a">原文</a> '
    const reply_parameters = { message_id: 1001, quote: '你好' }
    const reply_markup = keyboard([button('更多'), button('原文', { url: 'https://gov.cn' })])
    const sent = await api.sendMessage({ chat_id, text, parse_mode: 'HTML', reply_parameters, reply_markup })
    expect(sent).toMatchObject({ text: '增长 <5%>\n第一章原文', reply_to_message: { text: '你好' } })
    expect(sent.entities?.[0]).toEqual({ type: 'bold', offset: 0, length: 2 })
    expect(fake.seen).toMatchObject([
      { chat: 'u1', text: '增长 <5%>\n第一章原文', buttons: ['更多', '原文'], edits: 0, raw: { parse_mode: 'HTML' } },
    ])
    expect(fake.seen[0]?.replyTo).toBe(`${chat_id}:1001`)
    expect(fake.violations).toEqual([])
  })

  test('has 1 to 4,096 characters after it was read', async () => {
    await api.sendMessage({ chat_id, text: `<b>${long(4096)}</b>`, parse_mode: 'HTML' })
    await refused(api.sendMessage({ chat_id, text: long(4097) }), 'Bad Request: message is too long')
    await refused(api.sendMessage({ chat_id, text: '' }), 'Bad Request: message text is empty')
    await refused(
      api.sendMessage({ chat_id, text: '<b> </b>', parse_mode: 'HTML' }),
      'Bad Request: text must be non-empty',
    )
    await refused(
      api.sendMessage({ chat_id, text: '5 < 6', parse_mode: 'HTML' }),
      `Bad Request: can't parse entities: Unsupported start tag "" at byte offset 2`,
    )
    await refused(api.sendMessage({ chat_id, text: 'x', parse_mode: 'Html5' }), 'Bad Request: unsupported parse_mode')
  })

  test('goes to a chat, a topic and an answer that are there', async () => {
    const text = 'x'
    await refused(api.sendMessage({ chat_id: 1, text }), 'Bad Request: chat not found')
    await refused(api.sendMessage({ chat_id: '@nobody', text }), 'Bad Request: chat not found')
    const reply_parameters = { message_id: 9 }
    await refused(api.sendMessage({ chat_id, text, reply_parameters }), 'Bad Request: message to be replied not found')
    await api.sendMessage({ chat_id, text, reply_parameters: { message_id: 9, allow_sending_without_reply: true } })
    await refused(api.sendMessage({ chat_id, text, message_thread_id: 7 }), 'Bad Request: message thread not found')
  })

  test('has buttons that keep the rules', async () => {
    const send = (...rows: object[][]) => api.sendMessage({ chat_id, text: 'x', reply_markup: keyboard(...rows) })
    await send([button('a', { callback_data: 'x'.repeat(64) })])
    const invalid = "Bad Request: can't parse inline keyboard button: "
    await refused(send([button('a', { callback_data: '字'.repeat(22) })]), 'Bad Request: BUTTON_DATA_INVALID')
    await refused(send([button('a', {})]), `${invalid}Text buttons are unallowed in the inline keyboard`)
    await refused(send([{ callback_data: 'a' }]), `${invalid}Can't find field "text"`)
    await refused(
      send([button('a', { url: 'localhost' })]),
      "Bad Request: inline keyboard button URL 'localhost' is invalid: Wrong HTTP URL",
    )
    await refused(send(...Array.from({ length: 101 }, () => [button('a')])), 'Bad Request: reply markup is too long')
  })

  test('that breaks a rule which the platform does not check is noted', async () => {
    await api.sendMessage({ chat_id, text: 'a & b', parse_mode: 'HTML' })
    await api.sendMessage({ chat_id, text: 'x', reply_to_message_id: 1 } as never)
    await api.sendMessage({
      chat_id,
      text: 'x',
      reply_markup: keyboard([button('a', { callback_data: 'd', color: 1 })]),
    })
    expect(fake.violations).toEqual([
      'sendMessage: "&" is not escaped',
      'sendMessage: field reply_to_message_id is unknown',
      'sendMessage: button "a".color is unknown',
      'sendMessage: button "a" must have one of callback_data, color',
    ])
  })
})

describe('a message that is changed', () => {
  test('stands in its last state; buttons not sent along are gone', async () => {
    const { message_id } = await api.sendMessage({ chat_id, text: '一', reply_markup: keyboard([button('a')]) })
    await api.editMessageReplyMarkup({ chat_id, message_id, reply_markup: keyboard([button('b')]) })
    expect(fake.seen).toMatchObject([{ text: '一', buttons: ['b'], edits: 1 }])
    await api.editMessageText({ chat_id, message_id, text: '<b>二</b>', parse_mode: 'HTML' })
    expect(fake.seen).toMatchObject([{ text: '二', buttons: [], edits: 2, raw: { method: 'editMessageText' } }])
    const same = { chat_id, message_id, text: '<strong>二</strong>', parse_mode: 'HTML' }
    await refused(api.editMessageText(same), NOT_MODIFIED)
    await api.deleteMessage({ chat_id, message_id })
    expect(fake.seen).toEqual([])
    await refused(api.editMessageText({ chat_id, message_id, text: '三' }), 'Bad Request: message to edit not found')
    await refused(api.deleteMessage({ chat_id, message_id }), 'Bad Request: message to delete not found')
    await refused(
      api.editMessageText({ chat_id, message_id: 1001, text: '三' }),
      "Bad Request: message can't be edited",
    )
  })
})

describe('the limits', () => {
  test('a chat takes a short burst, and then the platform asks to wait', async () => {
    for (const text of ['一', '二', '三', '四', '五']) await api.sendMessage({ chat_id, text })
    await expect(api.sendMessage({ chat_id, text: '六' })).rejects.toMatchObject({ errorCode: 429, retryAfter: 5 })
    expect(fake.violations).toEqual(['sendMessage: 429 Too Many Requests: retry after 5'])
    fake.unlimited()
    for (let count = 0; count < 50; count++) await api.sendMessage({ chat_id, text: 'x' })
    expect(fake.seen).toHaveLength(55)
  })

  test('thirty a second over all', async () => {
    for (let person = 0; person < 31; person++) {
      await fake.say({ text: 'x', chat: `p${person}`, group: false, from: `p${person}` })
    }
    const sends = Array.from({ length: 31 }, (_, person) =>
      api.sendMessage({ chat_id: fake.chatId(`p${person}`), text: 'x' }),
    )
    const results = await Promise.allSettled(sends)
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(1)
  })
})

describe('the rest', () => {
  test('who the bot is, and its commands', async () => {
    expect(await api.getMe()).toMatchObject({ is_bot: true, username: 'kit_bot', can_read_all_group_messages: false })
    const commands = [{ command: 'help', description: '帮助' }]
    await api.setMyCommands({ commands })
    expect(await api.getMyCommands({})).toEqual(commands)
    expect(fake.commands()).toEqual(commands)
    const bad = [{ command: 'Help', description: '帮助' }]
    await refused(api.setMyCommands({ commands: bad }), 'Bad Request: BOT_COMMAND_INVALID')
  })

  test('methods are called in any case, by address, form or JSON', async () => {
    const root = `${fake.env.TELEGRAM_API_ROOT}/bot${fake.env.TELEGRAM_BOT_TOKEN}`
    const headers = { 'content-type': 'application/json' }
    const json = { method: 'POST', headers, body: JSON.stringify({ chat_id, text: '一' }) }
    expect(await (await fetch(`${root}/SENDMESSAGE`, json)).json()).toMatchObject({ ok: true, result: { text: '一' } })
    const byAddress = await fetch(`${root}/sendMessage?chat_id=${chat_id}&text=%E4%BA%8C`)
    expect(await byAddress.json()).toMatchObject({ ok: true, result: { text: '二' } })
    expect(fake.violations).toEqual([])
  })

  test('who is in a chat', async () => {
    await fake.say({ text: 'x', chat: 'g', group: true, from: 'u1' })
    const group = { chat_id: fake.chatId('g') }
    expect(await api.getChat(group)).toMatchObject({ type: 'supergroup', title: 'g' })
    expect(await api.getChatMember({ ...group, user_id: fake.userId('u1') })).toMatchObject({ status: 'member' })
    fake.role('g', 'u1', 'administrator')
    const admins = await api.getChatAdministrators(group)
    expect(admins.map(({ status }) => status)).toEqual(['creator', 'administrator'])
    await refused(api.getChatMember({ ...group, user_id: 5 }), 'Bad Request: user not found')
  })

  test('what is no method, no token or no action', async () => {
    await refused(api.getFile({ file_id: 'x' }), 'Not Found: method not found', 404)
    const stranger = new Api('1:wrong', { apiRoot: fake.env.TELEGRAM_API_ROOT as string })
    await refused(stranger.getMe(), 'Unauthorized', 401)
    await refused(api.sendChatAction({ chat_id, action: 'dance' }), 'Bad Request: wrong parameter action in request')
    await refused(
      api.setWebhook({ url: 'https://example.org/' }),
      'Bad Request: bad webhook: Failed to resolve host: this server calls the loopback address only',
    )
  })
})
