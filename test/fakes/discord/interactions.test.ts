import { type ButtonInteraction, type ChatInputCommandInteraction, type Interaction, MessageFlags } from 'discord.js'
import { describe, expect, it, vi } from 'vitest'
import type { DiscordFakeOptions } from '../discord.js'
import { button, failure, inGroup, row } from './client.js'

describe('interactions', () => {
  const COMMANDS = [
    {
      name: '查',
      description: '查一个数',
      options: [
        { name: '问题', description: '想问什么', type: 3, required: true, autocomplete: true },
        { name: 'n', description: '几条', type: 4 },
      ],
    },
    { name: '订阅', description: '按时推送', options: [{ name: '开', description: '打开', type: 1 }] },
  ]

  async function withCommands(options?: DiscordFakeOptions) {
    const there = await inGroup(options)
    await there.client.application!.commands.set(COMMANDS)
    return there
  }

  it('a slash command: answered, followed up, in groups and private chats', async () => {
    const { fake, done, client } = await withCommands()
    const id = await fake.slash('ann', 'g1', true, '查', { 问题: '营收', n: 3 })
    const used = await done<ChatInputCommandInteraction>()
    expect([used.id, used.commandName, used.options.getString('问题'), used.options.getInteger('n')]).toEqual([
      id,
      '查',
      '营收',
      3,
    ])
    expect([used.inGuild(), used.user.username, used.channelId]).toEqual([true, 'ann', fake.chatId('g1')])
    const { resource } = await used.reply({ content: '12 亿', withResponse: true })
    expect(resource!.message!.interactionMetadata!.user.id).toBe(fake.personId('ann'))
    await used.followUp('又')
    await used.editReply('13 亿')
    await fake.slash('bob', 'p1', false, '订阅 开')
    const other = await done<ChatInputCommandInteraction>()
    expect([other.options.getSubcommand(), other.inGuild(), other.context]).toEqual(['开', false, 1])
    await other.reply({ content: '好', flags: MessageFlags.Ephemeral })
    expect(fake.seen).toMatchObject([
      { chat: 'g1', replyTo: id, text: '13 亿', edits: 1 },
      { chat: 'g1', replyTo: id, text: '又', edits: 0 },
      { chat: 'p1', text: '好', onlyTo: 'bob' },
    ])
    expect((await client.application!.commands.fetch()).map(({ name }) => name)).toEqual(['查', '订阅'])
    expect(fake.violations).toEqual([])
    await expect(fake.slash('ann', 'g1', true, '查')).rejects.toThrow('is required')
  })

  it('a deferred answer shows nothing until it is there', async () => {
    const { fake, done } = await withCommands()
    await fake.slash('ann', 'g1', true, '查', { 问题: '营收' })
    const used = await done<ChatInputCommandInteraction>()
    await used.deferReply({ flags: MessageFlags.Ephemeral })
    expect(fake.seen).toEqual([])
    await used.editReply('好了')
    expect(fake.seen).toMatchObject([{ text: '好了', edits: 0, onlyTo: 'ann' }])
    const message = await used.fetchReply()
    expect((await failure(message.channel.messages.edit(message.id, '不行'))).code).toBe(10008)
  })

  it('a follow-up right after deferring is the answer', async () => {
    const { fake, done } = await withCommands()
    await fake.slash('ann', 'g1', true, '查', { 问题: '营收' })
    const used = await done<ChatInputCommandInteraction>()
    await used.deferReply()
    await used.followUp('答')
    await used.editReply('改')
    expect(fake.seen).toMatchObject([{ text: '改', edits: 1 }])
  })

  it('buttons: answered anew, in place, for one person', async () => {
    const { fake, group, done } = await inGroup()
    const message = await group.send({
      content: '选',
      components: [row(button('甲', 'a'), button('乙', 'b'), button('丙', 'c', true))],
    })
    expect(fake.seen[0]!.buttons).toEqual(['甲', '乙'])
    await fake.press({ on: message.id, label: '甲', from: 'ann' })
    const first = await done<ButtonInteraction>()
    expect([first.customId, first.message.id, first.user.username]).toEqual(['a', message.id, 'ann'])
    await first.reply({ content: '给你', flags: MessageFlags.Ephemeral, components: [row(button('再来'))] })
    expect(fake.seen[1]).toMatchObject({ replyTo: message.id, text: '给你', onlyTo: 'ann', buttons: ['再来'] })
    await expect(fake.press({ on: fake.seen[1]!.id, label: '再来', from: 'bob' })).rejects.toThrow('does not see')
    await expect(fake.press({ on: message.id, label: '丙', from: 'ann' })).rejects.toThrow('no button')
    await fake.press({ on: message.id, label: '乙', from: 'bob' })
    await (await done<ButtonInteraction>()).update({ content: '选了乙', components: [] })
    expect(fake.seen[0]).toMatchObject({ text: '选了乙', buttons: [], edits: 1 })
    await fake.press({ on: fake.seen[1]!.id, label: '再来', from: 'ann' })
    const third = await done<ButtonInteraction>()
    await third.deferUpdate()
    await third.editReply('换了')
    await third.followUp('另起')
    expect(fake.seen.map(({ text }) => text)).toEqual(['选了乙', '换了', '另起'])
    expect(fake.violations).toEqual([])
  })

  it('select menus: their options can be pressed as well', async () => {
    const { fake, group, done } = await inGroup()
    const options = ['甲', '乙'].map((label) => ({ label, value: `${label}-v` }))
    const menu = { type: 3, custom_id: 'menu', options }
    const message = await group.send({ content: '选', components: [{ type: 1, components: [menu] }] })
    expect(fake.seen[0]!.buttons).toEqual(['甲', '乙'])
    await fake.press({ on: message.id, label: '乙', from: 'ann' })
    const chosen = await done<Interaction>()
    if (!chosen.isStringSelectMenu()) throw new Error('no menu')
    expect([chosen.customId, chosen.values]).toEqual(['menu', ['乙-v']])
    await chosen.deferReply()
    await chosen.deleteReply()
    expect([fake.seen.length, fake.violations]).toEqual([1, []])
  })

  it('autocompletion: choices in time, or nothing', async () => {
    const { fake, done } = await withCommands({ answerMs: 200 })
    const choices = fake.autocomplete('ann', 'g1', '查', '问题', '营')
    const asked = await done<Interaction>()
    if (!asked.isAutocomplete()) throw new Error('no autocompletion')
    expect(asked.options.getFocused(true)).toMatchObject({ name: '问题', value: '营' })
    await asked.respond([{ name: '营业收入', value: '营业收入' }])
    expect(await choices).toEqual([{ name: '营业收入', value: '营业收入' }])
    const late = fake.autocomplete('ann', 'g1', '查', '问题', '营')
    const second = await done<Interaction>()
    expect(await late).toBeUndefined()
    if (second.isAutocomplete()) expect((await failure(second.respond([]))).code).toBe(10062)
    void fake.autocomplete('ann', 'g1', '查', '问题', '营')
    const third = await done<Interaction>()
    const tooLong = Array(26).fill({ name: 'a', value: 'a' })
    if (third.isAutocomplete())
      expect((await failure(third.respond(tooLong))).message).toMatch(/choices\[BASE_TYPE_MAX_LENGTH\]/)
  })

  it('three seconds to answer, once; a quarter of an hour to go on', async () => {
    const { fake, done } = await withCommands({ answerMs: 150 })
    const lateId = await fake.slash('ann', 'g1', true, '查', { 问题: 'a' })
    const late = await done<ChatInputCommandInteraction>()
    await vi.waitFor(() => expect(fake.unanswered).toEqual([lateId]))
    expect(await failure(late.reply('晚'))).toMatchObject({ status: 404, code: 10062 })
    await fake.slash('ann', 'g1', true, '查', { 问题: 'a' })
    const used = await done<ChatInputCommandInteraction>()
    expect(await failure(used.webhook.send('太早'))).toMatchObject({ status: 404, code: 10015 })
    await used.reply('一')
    used.replied = false
    expect(await failure(used.reply('二'))).toMatchObject({ status: 400, code: 40060 })
    fake.expireInteractions()
    expect(await failure(used.webhook.send('三'))).toMatchObject({ status: 401, code: 50027 })
    expect(fake.violations).toHaveLength(5)
    expect(fake.seen).toHaveLength(1)
  })

  it('commands are checked as they are registered', async () => {
    const { fake, client } = await inGroup()
    const set = (commands: object[]) =>
      failure(client.rest.put(`/applications/${fake.botId}/commands`, { body: commands }))
    const named = (name: string, more = {}) => ({ name, description: '说明', ...more })
    expect((await set([named('Ask')])).message).toMatch(/0.name\[APPLICATION_COMMAND_INVALID_NAME\]/)
    expect((await set([named('查 询')])).message).toMatch(/INVALID_NAME/)
    expect((await set([named('查', { description: '字'.repeat(101) })])).message).toMatch(
      /0.description\[BASE_TYPE_BAD_LENGTH\]/,
    )
    expect((await set([named('查'), named('查')])).message).toMatch(/1.name\[APPLICATION_COMMANDS_DUPLICATE_NAME\]/)
    const options = [named('a', { type: 3 }), named('b', { type: 3, required: true })]
    expect((await set([named('查', { options })])).message).toMatch(
      /0.options\[1\]\[APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID\]/,
    )
    expect(fake.violations).toHaveLength(5)
    await client.application!.commands.set([named('查')] as never, fake.guildId)
    expect(fake.commands()).toMatchObject([{ name: '查', guild_id: fake.guildId }])
  })
})
