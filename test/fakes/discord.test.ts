import { EmbedBuilder, Events, GatewayIntentBits, MessageFlags, type TextChannel } from 'discord.js'
import { describe, expect, it, vi } from 'vitest'
import { button, clientOf, connect, failure, INTENTS, inGroup, row, start } from './discord/client.js'

describe('messages', () => {
  it('a mention in a group that the client has not met yet, answered as a reply', async () => {
    const fake = await start()
    const { said, client, messages } = await connect(fake)
    const id = await fake.say({ text: '营收多少', chat: 'g7', group: true, from: 'ann', mention: true })
    const message = await said('营收多少')
    expect(message.content).toBe(`<@${fake.botId}> 营收多少`)
    expect(message.mentions.has(client.user!)).toBe(true)
    expect([message.inGuild(), message.channel.isDMBased(), message.author.username]).toEqual([true, false, 'ann'])
    await message.reply({ content: '**12** 亿', allowedMentions: { parse: [], repliedUser: false } })
    expect(fake.seen).toMatchObject([{ chat: 'g7', replyTo: id, text: '12 亿', edits: 0, buttons: [] }])
    await vi.waitFor(() => expect(messages.some((m) => m.author.id === client.user!.id)).toBe(true))
    expect([fake.violations, fake.mentions, fake.connections()]).toEqual([[], [], 1])
  })

  it('a private chat, and one that the bot opens', async () => {
    const fake = await start()
    const { said, client } = await connect(fake)
    await fake.say({ text: '你好', chat: 'p1', group: false, from: 'ann' })
    const message = await said('你好')
    expect([message.channel.isDMBased(), message.mentions.users.size]).toEqual([true, 0])
    await (message.channel as TextChannel).send('在')
    await client.users.send(fake.personId('ann'), '又来')
    await client.users.send(fake.personId('bob'), '早')
    expect(fake.seen.map(({ chat, text }) => [chat, text])).toEqual([
      ['p1', '在'],
      ['p1', '又来'],
      ['dm-bob', '早'],
    ])
    await fake.say({ text: '晚', chat: 'p2', group: false, from: 'bob' })
    await said('晚')
    expect(fake.chatId('p2')).toBe(fake.chatId('dm-bob'))
  })

  it('replies ping the one they answer, quotes bring the quoted message, bots and voices are told apart', async () => {
    const { fake, group, messages, client, said } = await inGroup()
    const answer = await group.send('答')
    await fake.say({ text: '那利润呢', chat: 'g1', group: true, from: 'ann', replyTo: answer.id })
    const reply = await said('那利润呢')
    expect([reply.mentions.has(client.user!), reply.reference?.messageId]).toEqual([true, answer.id])
    await fake.say({ text: '真的吗', chat: 'g1', group: true, from: 'ann', mention: true, quotes: '产值 100 亿元' })
    const quoting = await said('真的吗')
    expect((await quoting.fetchReference()).content).toBe('产值 100 亿元')
    await fake.say({ text: '机器', chat: 'g1', group: true, from: 'other', bot: true })
    expect((await said('机器')).author.bot).toBe(true)
    await fake.say({ text: '听', chat: 'g1', group: true, from: 'ann', voice: true })
    await vi.waitFor(() => expect(messages.at(-1)!.flags.has(MessageFlags.IsVoiceMessage)).toBe(true))
    expect([messages.at(-1)!.content, messages.at(-1)!.attachments.size]).toEqual(['', 1])
  })

  it('people change what they wrote; a repeated delivery runs once, but again for a client that starts anew', async () => {
    const { fake, said, edits, messages, client } = await inGroup()
    const id = await fake.say({ text: '一', chat: 'g1', group: true, from: 'ann', mention: true })
    await said('一')
    await fake.edit!(id, '二')
    await vi.waitFor(() => expect(edits).toEqual([`<@${fake.botId}> 二`]))
    const raw: unknown[] = []
    client.on(Events.Raw, (packet: { t: string }) => packet.t === 'MESSAGE_CREATE' && raw.push(packet))
    await fake.repeat(id)
    await fake.repeat(id)
    await vi.waitFor(() => expect(raw).toHaveLength(2))
    expect(raw[0]).toEqual(raw[1])
    expect(messages).toHaveLength(1)
    await client.destroy()
    const second = await connect(fake)
    await fake.repeat(id)
    await second.said('一')
    expect(fake.connections()).toBe(2)
  })

  it('the bot changes and removes what it wrote, and reads back what was said', async () => {
    const { fake, group, edits } = await inGroup()
    const message = await group.send({ content: '查询中', components: [row(button('甲'))] })
    await message.edit({ content: '好了', components: [] })
    expect(fake.seen).toMatchObject([{ text: '好了', buttons: [], edits: 1 }])
    await vi.waitFor(() => expect(edits).toEqual(['好了']))
    const mine = await fake.say({ text: '早', chat: 'g1', group: true, from: 'ann' })
    const history = await group.messages.fetch({ limit: 5 })
    expect([...history.keys()]).toEqual([mine, message.id])
    expect([...(await group.messages.fetch({ after: message.id })).keys()]).toEqual([mine])
    await message.delete()
    expect(fake.seen).toEqual([])
    expect((await failure(message.edit('晚了'))).code).toBe(10008)
    expect((await failure(group.messages.edit(mine, '改你'))).code).toBe(50005)
    expect(fake.violations).toHaveLength(2)
  })

  it('what people see: text and embeds, markup taken off', async () => {
    const { fake, group } = await inGroup()
    const embed = new EmbedBuilder()
      .setTitle('**营收**')
      .setDescription('> 原文：_全年_ 2\\*3 ~~旧~~ 5*4*3\n-# 注')
      .addFields({ name: '目标', value: '`a*b*c` [链接](https://example.com)' })
      .setFooter({ text: '第二章 **原样**' })
    await group.send({ content: '### 标题\n||藏||', embeds: [embed] })
    expect(fake.seen[0]!.text).toBe('标题\n藏\n营收\n原文：全年 2*3 旧 543\n注\n目标\na*b*c 链接\n第二章 **原样**')
  })

  it('the address below /api works as well', async () => {
    const fake = await start({ groups: ['g1'] })
    const { channel } = await connect(fake, { rest: { api: `${fake.env.DISCORD_API_ROOT}/api` } })
    await (await channel('g1')).sendTyping()
    await (await channel('g1')).send('在')
    expect([fake.seen.length, fake.violations]).toEqual([1, []])
  })

  it('files come with the rest as a form', async () => {
    const { fake, group } = await inGroup()
    const message = await group.send({ content: '附件', files: [{ attachment: Buffer.from('a,b'), name: 'a.csv' }] })
    expect(message.attachments.first()).toMatchObject({ name: 'a.csv', size: 3 })
    expect(fake.seen[0]!.text).toBe('附件')
  })
})

describe('intents', () => {
  it('without message content a message is empty, unless it mentions the bot, answers it or is private', async () => {
    const fake = await start({ messageContent: false, groups: ['g1'] })
    const { messages, said, channel } = await connect(fake, { intents: INTENTS.slice(0, 3) })
    await fake.say({ text: '密', chat: 'g1', group: true, from: 'ann' })
    await vi.waitFor(() => expect(messages).toHaveLength(1))
    expect(messages[0]!.content).toBe('')
    await fake.say({ text: '看', chat: 'g1', group: true, from: 'ann', mention: true, quotes: '别人的话' })
    const quoting = await said('看')
    expect(quoting.channel.messages.cache.get(quoting.reference!.messageId!)!.content).toBe('')
    const answer = await (await channel('g1')).send('答')
    await fake.say({ text: '追问', chat: 'g1', group: true, from: 'ann', replyTo: answer.id })
    await fake.say({ text: '私下', chat: 'p', group: false, from: 'ann' })
    await said('追问')
    await said('私下')
    expect(fake.violations).toEqual([])
  })

  it('an intent that is not switched on closes the connection; so does a bad token', async () => {
    const fake = await start({ messageContent: false })
    expect((await failure(clientOf(fake).login(fake.env.DISCORD_TOKEN!))).message).toBe('Used disallowed intents')
    expect((await failure(clientOf(fake).login('wrong'))).code).toBe('TokenInvalid')
    expect(fake.violations).toEqual([
      'gateway: 4014 Disallowed intent(s).',
      'GET /gateway/bot: 401 0 401: Unauthorized',
    ])
  })

  it('events of intents that were not asked for do not come', async () => {
    const fake = await start({ groups: ['g1'] })
    const { messages, said } = await connect(fake, { intents: [GatewayIntentBits.DirectMessages] })
    await fake.say({ text: '群', chat: 'g1', group: true, from: 'ann', mention: true })
    await fake.say({ text: '私', chat: 'p', group: false, from: 'ann' })
    await said('私')
    expect(messages).toHaveLength(1)
  })
})
