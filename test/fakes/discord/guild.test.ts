import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type Message,
  PermissionFlagsBits,
  type PermissionsBitField,
} from 'discord.js'
import { describe, expect, it, vi } from 'vitest'
import { button, connect, failure, inGroup, row, start } from './client.js'

const { ManageGuild, Administrator, SendMessages } = PermissionFlagsBits
/** Managing the guild, administering it, and writing. */
const rights = (bits: Readonly<PermissionsBitField> | null | undefined) =>
  [ManageGuild, Administrator, SendMessages].map((bit) => bits?.has(bit))
/** What was granted itself, without what being an administrator brings along. */
const granted = (bits: Readonly<PermissionsBitField> | null | undefined) => bits?.has(ManageGuild, false)

describe('who leads the guild', () => {
  it('is told by the members of messages, before they speak and after', async () => {
    const fake = await start({ groups: ['g1'] })
    fake.promote('ann', 'g1')
    fake.grant('bob', 'MANAGE_GUILD')
    const { said } = await connect(fake)
    const heard = async (from: string, text: string): Promise<Message> => {
      await fake.say({ text, chat: 'g1', group: true, from, mention: true })
      return said(text)
    }
    expect(rights((await heard('ann', '一')).member?.permissions)).toEqual([true, true, true])
    const bob = (await heard('bob', '二')).member
    expect([rights(bob?.permissions), granted(bob?.permissions)]).toEqual([[true, false, true], true])
    expect(rights((await heard('cat', '三')).member?.permissions)).toEqual([false, false, true])
    expect(rights((await heard('the-owner', '四')).member?.permissions)).toEqual([true, true, true])
    fake.promote('cat', 'g1')
    expect(rights((await heard('cat', '五')).member?.permissions)).toEqual([true, true, true])
    expect(fake.violations).toEqual([])
  })

  it('is told by interactions, and not in private chats', async () => {
    const { fake, client, group, done } = await inGroup()
    await client.application!.commands.set([{ name: '订阅', description: '按时推送' }])
    fake.promote('ann', 'g1')
    fake.grant('bob', 'MANAGE_GUILD')
    const used = async (from: string, chat = 'g1') => {
      await fake.slash(from, chat, chat === 'g1', '订阅')
      return done<ChatInputCommandInteraction>()
    }
    const ann = await used('ann')
    // The platform reckons: an administrator has every bit.
    expect([rights(ann.memberPermissions), granted(ann.memberPermissions)]).toEqual([[true, true, true], true])
    expect(rights((await used('bob')).memberPermissions)).toEqual([true, false, true])
    expect(rights((await used('cat')).memberPermissions)).toEqual([false, false, true])
    expect(rights((await used('the-owner')).memberPermissions)).toEqual([true, true, true])
    expect((await used('ann', 'p1')).memberPermissions).toBeNull()
    const message = await group.send({ content: '选', components: [row(button('甲'))] })
    await fake.press({ on: message.id, label: '甲', from: 'cat' })
    expect(rights((await done<ButtonInteraction>()).memberPermissions)).toEqual([false, false, true])
    expect(() => fake.promote('ann', 'p1')).toThrow('chat p1 is private')
  })

  it('can be asked for', async () => {
    const { fake, group } = await inGroup()
    fake.promote('ann', 'g1')
    const { guild } = group
    expect(rights((await guild.members.fetch(fake.personId('ann'))).permissions)).toEqual([true, true, true])
    expect(rights((await guild.members.fetch(fake.personId('bob'))).permissions)).toEqual([false, false, true])
    const roles = await guild.roles.fetch()
    expect(roles.map(({ name }) => name).sort()).toEqual(['@everyone', 'ADMINISTRATOR', 'MANAGE_GUILD'])
    expect((await guild.fetchOwner()).id).toBe(fake.personId('the-owner'))
  })
})

describe('a channel that is lost', () => {
  it('removed: nothing is heard, nothing can be written or read, and the bot can see why', async () => {
    const { fake, group, client, messages } = await inGroup()
    const before = await group.send('在')
    fake.remove('g1')
    for (const attempt of [
      () => group.send('周报'),
      () => group.send({ files: [{ attachment: Buffer.from('a'), name: 'a.csv' }] }),
      () => before.edit('改'),
      () => before.delete(),
      () => group.sendTyping(),
      () => group.messages.fetch(),
      () => client.rest.get(`/channels/${group.id}`),
    ]) {
      expect(await failure(attempt())).toMatchObject({ status: 403, code: 50001, message: 'Missing Access' })
    }
    await vi.waitFor(() => expect(rights(group.permissionsFor(client.user!))).toEqual([false, false, false]))
    await fake.say({ text: '还在吗', chat: 'g1', group: true, from: 'ann', mention: true })
    await fake.say({ text: '别处', chat: 'g2', group: true, from: 'ann', mention: true })
    await vi.waitFor(() => expect(messages.at(-1)?.content).toMatch('别处'))
    expect(messages.some(({ content }) => content.includes('还在吗'))).toBe(false)
    expect([fake.seen.length, fake.violations]).toEqual([1, []])
  })

  it('removed: commands are still answered there', async () => {
    const { fake, client, done } = await inGroup()
    await client.application!.commands.set([{ name: '订阅', description: '按时推送' }])
    fake.remove('g1')
    await fake.slash('ann', 'g1', true, '订阅')
    const used = await done<ChatInputCommandInteraction>()
    expect(rights(used.appPermissions)).toEqual([false, false, false])
    await used.reply('我不能在这里推送')
    expect([fake.seen.length, fake.violations]).toEqual([1, []])
  })

  it('deleted: the client hears of it, and the platform knows it no more', async () => {
    const { fake, group, client } = await inGroup()
    fake.deleteChannel('g1')
    await vi.waitFor(() => expect(client.channels.cache.has(group.id)).toBe(false))
    expect(await failure(group.send('周报'))).toMatchObject({ status: 404, code: 10003 })
    expect((await failure(client.channels.fetch(group.id))).code).toBe(10003)
    expect([...(await group.guild.channels.fetch()).keys()]).toEqual([])
    await expect(fake.say({ text: '一', chat: 'g1', group: true, from: 'ann' })).rejects.toThrow('is deleted')
    expect([fake.seen, fake.violations]).toEqual([[], []])
  })

  it('blocked by a person: the private chat can be read, not written', async () => {
    const { fake, client, said } = await inGroup()
    await fake.say({ text: '你好', chat: 'p1', group: false, from: 'ann' })
    const { channel } = await said('你好')
    fake.remove('p1')
    expect(await failure(client.users.send(fake.personId('ann'), '周报'))).toMatchObject({ status: 403, code: 50007 })
    expect((await channel.messages.fetch()).size).toBe(1)
    expect(() => fake.remove('p2')).toThrow('there is no chat p2')
    expect([fake.seen, fake.violations]).toEqual([[], []])
  })
})
