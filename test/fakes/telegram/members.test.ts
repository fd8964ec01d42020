import { Api, InputFile } from 'node-telegram-bot-api'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createTelegramFake, type TelegramFake } from '../telegram.js'
import { png } from './samples.js'

let fake: TelegramFake
let api: Api

beforeEach(async () => {
  fake = await createTelegramFake()
  api = new Api(fake.env.TELEGRAM_BOT_TOKEN as string, { apiRoot: fake.env.TELEGRAM_API_ROOT as string, maxRetries: 0 })
})

afterEach(() => fake.stop())

const inGroup = (from: string, chat = 'g') => fake.say({ text: '/start', chat, group: true, from })
const photo = new InputFile(png(640, 480), { filename: 'chart.png', contentType: 'image/png' })

/** A push fails with this, as a text and with a picture. */
async function unwritable(chat_id: number, description: string, code = 403): Promise<void> {
  const error = { errorCode: code, description }
  await expect(api.sendMessage({ chat_id, text: '周报' })).rejects.toMatchObject(error)
  await expect(api.sendPhoto({ chat_id, photo })).rejects.toMatchObject(error)
  expect(fake.seen).toEqual([])
}

describe('who leads a group', () => {
  const statusOf = async (person: string) => {
    const member = await api.getChatMember({ chat_id: fake.chatId('g'), user_id: fake.userId(person) })
    return member.status
  }

  test('people are members until they are made administrators, before they speak or after', async () => {
    fake.promote('ann', 'g')
    await inGroup('ann')
    await inGroup('bob')
    await inGroup('cat', 'elsewhere')
    expect([await statusOf('ann'), await statusOf('bob'), await statusOf('cat')]).toEqual([
      ...['administrator', 'member', 'left'],
    ])
    fake.promote('bob', 'g')
    expect(await statusOf('bob')).toBe('administrator')
    const admins = await api.getChatAdministrators({ chat_id: fake.chatId('g') })
    expect(admins.map(({ user, status }) => [user.first_name, status])).toEqual([
      ['owner of g', 'creator'],
      ['ann', 'administrator'],
      ['bob', 'administrator'],
    ])
    expect(fake.violations).toEqual([])
  })

  test('whoever leads one group is nobody in another, and the owner stays the owner', async () => {
    await inGroup('ann', 'elsewhere')
    await inGroup('ann')
    fake.promote('ann', 'elsewhere')
    fake.promote('owner of g', 'g')
    expect([await statusOf('ann'), await statusOf('owner of g')]).toEqual(['member', 'creator'])
    await fake.say({ text: '你好', chat: 'p', group: false, from: 'ann' })
    expect(() => fake.promote('ann', 'p')).toThrow('chat p is private')
  })

  test('a bot that leads the group itself is told of it, where it asked to be', async () => {
    await inGroup('ann')
    await api.getUpdates({ allowed_updates: ['chat_member'], offset: -1 })
    fake.promote('bob', 'g')
    fake.role('g', 'kit_bot', 'administrator')
    fake.promote('ann', 'g')
    const updates = await api.getUpdates({})
    expect(updates.slice(1)).toMatchObject([
      { chat_member: { old_chat_member: { status: 'member' }, new_chat_member: { status: 'administrator' } } },
    ])
  })
})

describe('a push that nobody asked for just now', () => {
  test('reaches every chat that the bot is in', async () => {
    await inGroup('ann')
    await fake.say({ text: '你好', chat: 'p', group: false, from: 'bob' })
    await api.sendMessage({ chat_id: fake.chatId('g'), text: '周报' })
    await api.sendPhoto({ chat_id: fake.chatId('p'), photo, caption: '周报' })
    expect(fake.seen.map(({ chat, replyTo }) => [chat, replyTo])).toEqual([
      ['g', undefined],
      ['p', undefined],
    ])
    expect(fake.violations).toEqual([])
  })

  test('cannot begin a private chat', async () => {
    await inGroup('ann')
    await unwritable(fake.userId('ann'), "Forbidden: bot can't initiate conversation with a user")
    expect(fake.violations).toHaveLength(2)
    await fake.say({ text: '你好', chat: 'ann', group: false, from: 'ann' })
    await api.sendMessage({ chat_id: fake.userId('ann'), text: '周报' })
  })

  test('finds no chat that was never there', async () => {
    for (const chat_id of [-1_009_999_999_999, -42, 42]) await unwritable(chat_id, 'Bad Request: chat not found', 400)
    expect(fake.violations).toHaveLength(6)
  })

  test.each([
    ['g', 'supergroup'],
    ['-4001', 'group'],
  ])('is refused by %s, a %s that put the bot out', async (name, kind) => {
    await inGroup('ann', name)
    fake.remove(name)
    const chat_id = fake.chatId(name)
    const description = `Forbidden: bot was kicked from the ${kind} chat`
    await unwritable(chat_id, description)
    await expect(api.getChatMember({ chat_id, user_id: fake.userId('ann') })).rejects.toMatchObject({ description })
    await inGroup('ann', name)
    const updates = await api.getUpdates({})
    expect(updates.slice(1)).toMatchObject([
      { my_chat_member: { chat: { type: kind }, new_chat_member: { status: 'kicked', user: { is_bot: true } } } },
    ])
    await fake.myChatMember({ chat: name, group: true, by: 'ann', status: 'member' })
    await api.sendMessage({ chat_id, text: '周报' })
    expect(fake.violations).toEqual([])
  })

  test('is refused by a person who blocked the bot', async () => {
    expect(() => fake.remove('p')).toThrow('there is no chat p')
    await fake.say({ text: '你好', chat: 'p', group: false, from: 'bob' })
    fake.remove('p')
    await unwritable(fake.chatId('p'), 'Forbidden: bot was blocked by the user')
    const updates = await api.getUpdates({})
    expect(updates[1]).toMatchObject({
      my_chat_member: { from: { first_name: 'bob' }, new_chat_member: { status: 'kicked' } },
    })
    expect(fake.violations).toEqual([])
  })
})
