import { Api, type Message, type Update } from 'node-telegram-bot-api'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createTelegramFake, type TelegramFake } from '../telegram.js'

let fake: TelegramFake
let api: Api
let offset: number

beforeEach(async () => {
  fake = await createTelegramFake({ botUsername: 'plan_bot' })
  api = new Api(fake.env.TELEGRAM_BOT_TOKEN as string, { apiRoot: fake.env.TELEGRAM_API_ROOT as string, maxRetries: 0 })
  offset = 0
})

afterEach(() => fake.stop())

/** What is new to the bot. */
async function news(): Promise<Update[]> {
  const updates = await api.getUpdates({ offset })
  offset = (updates.at(-1)?.update_id ?? offset - 1) + 1
  return updates
}

async function messages(): Promise<Message[]> {
  return (await news()).map((update) => ('message' in update ? update.message : (update as never)))
}

const inGroup = { chat: 'g', group: true, from: 'u1' }

describe('in a group', () => {
  test('the bot hears what is meant for it, and nothing else', async () => {
    await fake.say({ ...inGroup, text: '大家好' })
    await fake.say({ ...inGroup, text: '去年增长多少', mention: true })
    await fake.say({ ...inGroup, text: '/help 一', mention: true })
    await fake.say({ ...inGroup, text: '/help' })
    await fake.say({ ...inGroup, text: '/help@other_bot' })
    const heard = await messages()
    expect(heard.map(({ text }) => text)).toEqual(['@plan_bot 去年增长多少', '/help@plan_bot 一', '/help'])
    expect(heard.map(({ entities }) => entities)).toEqual([
      [{ type: 'mention', offset: 0, length: 9 }],
      [{ type: 'bot_command', offset: 0, length: 14 }],
      [{ type: 'bot_command', offset: 0, length: 5 }],
    ])
    expect(heard[0]?.chat).toMatchObject({ type: 'supergroup', title: 'g' })
    expect(heard[0]?.chat.id).toBeLessThan(-1_000_000_000_000)
    const { message_id } = await api.sendMessage({ chat_id: fake.chatId('g'), text: '百分之五' })
    await fake.say({ ...inGroup, text: '为什么', replyTo: fake.seen[0]?.id as string })
    await fake.say({ ...inGroup, text: '查一下', quotes: '增长百分之八', mention: true })
    expect(await messages()).toMatchObject([
      {
        text: '为什么',
        message_thread_id: message_id,
        reply_to_message: { message_id, text: '百分之五', from: { is_bot: true, username: 'plan_bot' } },
      },
      { reply_to_message: { text: '增长百分之八', from: { is_bot: false } } },
    ])
  })

  test('an administrator hears everything', async () => {
    await fake.say({ ...inGroup, text: '一' })
    await fake.myChatMember({ chat: 'g', group: true, by: 'u1', status: 'administrator' })
    await fake.say({ ...inGroup, text: '二' })
    const updates = await news()
    expect(updates).toMatchObject([
      { my_chat_member: { old_chat_member: { status: 'member' }, new_chat_member: { status: 'administrator' } } },
      { message: { text: '二' } },
    ])
  })

  test('topics: an answer stays in its topic', async () => {
    const id = await fake.say({ ...inGroup, text: '/start', thread: '经济' })
    const [message] = await messages()
    expect(message).toMatchObject({ is_topic_message: true, chat: { is_forum: true } })
    const thread = fake.threadId('g', '经济')
    expect(message?.message_thread_id).toBe(thread)
    const reply_parameters = { message_id: message?.message_id as number }
    const sent = await api.sendMessage({ chat_id: fake.chatId('g'), text: '一', reply_parameters })
    expect(sent.message_thread_id).toBe(thread)
    expect(fake.seen[0]?.replyTo).toBe(id)
    await api.sendMessage({ chat_id: fake.chatId('g'), text: '二', message_thread_id: thread })
    expect(fake.violations).toEqual([])
  })

  test('who comes and who shuts the bot out', async () => {
    await fake.myChatMember({ chat: 'new', group: true, by: 'u1', status: 'member' })
    expect(await news()).toMatchObject([
      { my_chat_member: { old_chat_member: { status: 'left' }, new_chat_member: { status: 'member' } } },
      { message: { new_chat_members: [{ username: 'plan_bot' }] } },
    ])
    await fake.memberJoin('new', 'u2')
    expect(await messages()).toMatchObject([{ new_chat_members: [{ first_name: 'u2' }] }])
    await fake.myChatMember({ chat: 'new', group: true, by: 'u1', status: 'kicked' })
    await expect(api.sendMessage({ chat_id: fake.chatId('new'), text: 'x' })).rejects.toMatchObject({
      description: 'Forbidden: bot was kicked from the supergroup chat',
    })
    expect(fake.violations).toEqual([])
  })
})

describe('people', () => {
  test('press a button and see a notice of their own', async () => {
    await fake.say({ ...inGroup, text: '/start' })
    await messages()
    const reply_markup = { inline_keyboard: [[{ text: '更多', callback_data: 'more:1' }]] }
    const { message_id } = await api.sendMessage({ chat_id: fake.chatId('g'), text: '一', reply_markup })
    const on = fake.seen[0]?.id as string
    await expect(fake.press({ on, label: '没有', from: 'u2' })).rejects.toThrow('no button')
    await fake.press({ on, label: '更多', from: 'u2' })
    const [update] = await news()
    const query = (update as Extract<Update, { callback_query: unknown }>).callback_query
    expect(query).toMatchObject({ data: 'more:1', from: { first_name: 'u2' }, message: { message_id, text: '一' } })
    const text = '只给你看'
    await expect(api.answerCallbackQuery({ callback_query_id: query.id, text: 'x'.repeat(201) })).rejects.toThrow()
    await api.answerCallbackQuery({ callback_query_id: query.id, text, show_alert: true })
    expect(fake.seen[1]).toMatchObject({ text, onlyTo: 'u2', chat: 'g', replyTo: on })
    const again = api.answerCallbackQuery({ callback_query_id: query.id })
    await expect(again).rejects.toMatchObject({ description: expect.stringContaining('query is too old') })
    expect(fake.violations).toHaveLength(2)
  })

  test('change what they wrote, speak, and are bots', async () => {
    const id = await fake.say({ ...inGroup, text: '一', mention: true })
    await fake.edit(id, '二')
    await fake.say({ ...inGroup, text: '说的话', mention: true, voice: true })
    await fake.say({ text: '说的话', chat: 'p', group: false, from: 'p', voice: true })
    await fake.say({ ...inGroup, from: 'robot', bot: true, text: '三', mention: true })
    const updates = await news()
    expect(updates.slice(1)).toMatchObject([
      { edited_message: { text: '@plan_bot 二', edit_date: expect.any(Number) } },
      { message: { caption: '@plan_bot', voice: { mime_type: 'audio/ogg' } } },
      { message: { voice: { duration: 1 } } },
      { message: { from: { is_bot: true }, text: '@plan_bot 三' } },
    ])
    expect(updates[3]).not.toHaveProperty('message.text')
  })

  test('ask inline', async () => {
    const asked = fake.inline('u1', '增长')
    const [update] = await news()
    const query = (update as Extract<Update, { inline_query: unknown }>).inline_query
    expect(query).toMatchObject({ query: '增长', offset: '' })
    const article = (id: string) => ({
      ...{ type: 'article', id, title: `标题${id}` },
      input_message_content: { message_text: `<b>${id}</b>`, parse_mode: 'HTML' },
    })
    const answer = (results: object[]) =>
      api.answerInlineQuery({ inline_query_id: query.id, results: results as never, cache_time: 0 })
    const many = Array.from({ length: 51 }, (_, index) => article(String(index)))
    for (const [results, why] of [
      [many, 'too many inline query results specified'],
      [[article('a'), article('a')], 'RESULT_ID_DUPLICATE'],
      [[article('字'.repeat(22))], 'RESULT_ID_INVALID'],
      [[{ type: 'article', id: 'a', title: 't' }], `can't parse inline query result: Can't find field "message_text"`],
    ] as const) {
      await expect(answer([...results])).rejects.toMatchObject({ description: `Bad Request: ${why}` })
    }
    await answer([article('a'), article('b')])
    expect(await asked).toMatchObject([{ id: 'a', title: '标题a', text: 'a' }, { id: 'b' }])
    await expect(answer([])).rejects.toMatchObject({ description: expect.stringContaining('query is too old') })
    expect(fake.violations).toHaveLength(5)
  })

  test('block the bot', async () => {
    await fake.say({ text: 'x', chat: 'p', group: false, from: 'p' })
    await fake.myChatMember({ chat: 'p', group: false, by: 'p', status: 'kicked' })
    await expect(api.sendMessage({ chat_id: fake.chatId('p'), text: 'x' })).rejects.toMatchObject({
      errorCode: 403,
      description: 'Forbidden: bot was blocked by the user',
    })
    expect(fake.violations).toEqual([])
  })
})
