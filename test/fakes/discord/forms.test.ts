import type { EmbedBuilder, TextChannel } from 'discord.js'
import { describe, expect, it } from 'vitest'
import { failure, inGroup } from './client.js'

describe('forms', () => {
  const long = (n: number) => '字'.repeat(n)
  const raw = (embeds: object[]) => ({ embeds: embeds as EmbedBuilder[] })

  it.each([
    ['text', { content: long(2001) }, /content\[BASE_TYPE_MAX_LENGTH\]: Must be 2000 or fewer in length/],
    ['nothing', { content: '  ' }, /Cannot send an empty message/],
    ['title', raw([{ title: long(257) }]), /embeds\[0\].title\[BASE_TYPE_MAX_LENGTH\]/],
    ['description', raw([{ description: long(4097) }]), /embeds\[0\].description/],
    ['empty embed', raw([{}]), /embeds\[0\].description\[BASE_TYPE_REQUIRED\]/],
    [
      'field',
      raw([{ fields: [{ name: '', value: long(1025) }] }]),
      /fields\[0\].name\[BASE_TYPE_REQUIRED\][\s\S]*value/,
    ],
    ['fields', raw([{ fields: Array(26).fill({ name: 'a', value: 'b' }) }]), /fields\[BASE_TYPE_MAX_LENGTH\]/],
    ['footer', raw([{ title: 'a', footer: { text: long(2049) } }]), /footer.text/],
    ['sum', raw([{ description: long(4000) }, { description: long(2001) }]), /MAX_EMBED_SIZE_EXCEEDED/],
    ['eleven embeds', raw(Array(11).fill({ title: 'a' })), /embeds\[BASE_TYPE_MAX_LENGTH\]: Must be 10 or fewer/],
    ['link', raw([{ title: 'a', url: 'ftp:x' }]), /embeds\[0\].url\[URL_TYPE_INVALID_URL\]/],
    ['nonce', { content: 'a', nonce: 'x'.repeat(26) }, /nonce\[NONCE_TYPE_TOO_LONG\]/],
    ['both', { content: 'a', allowedMentions: { parse: ['users'], users: ['1'.repeat(18)] } }, /PARSE_EXCLUSIVE/],
    ['sort of mention', { content: 'a', allowedMentions: { parse: ['all'] } }, /parse\[0\]\[BASE_TYPE_CHOICES\]/],
    ['reply', { content: 'a', reply: { messageReference: '1'.repeat(18) } }, /REPLIES_UNKNOWN_MESSAGE/],
  ])('too much or too little: %s', async (_, message, wrong) => {
    const { fake, group } = await inGroup()
    const error = await failure(group.send(message as Parameters<TextChannel['send']>[0]))
    expect(error.message).toMatch(wrong)
    expect([error.status, fake.violations.length, fake.seen]).toEqual([400, 1, []])
  })

  it.each([
    [
      'six rows',
      Array.from({ length: 6 }, (_, i) => ({
        type: 1,
        components: [{ type: 2, style: 1, label: 'a', custom_id: `${i}` }],
      })),
      /components\[BASE_TYPE_MAX_LENGTH\]/,
    ],
    [
      'six buttons',
      [
        {
          type: 1,
          components: Array.from({ length: 6 }, (_, i) => ({ type: 2, style: 1, label: 'a', custom_id: `${i}` })),
        },
      ],
      /Must be between 1 and 5 in length/,
    ],
    [
      'label',
      [{ type: 1, components: [{ type: 2, style: 1, label: 'a'.repeat(81), custom_id: 'a' }] }],
      /label\[BASE_TYPE_BAD_LENGTH\]/,
    ],
    [
      'custom id',
      [{ type: 1, components: [{ type: 2, style: 1, label: 'a', custom_id: 'a'.repeat(101) }] }],
      /custom_id\[BASE_TYPE_BAD_LENGTH\]/,
    ],
    [
      'same id',
      [{ type: 1, components: [1, 2].map(() => ({ type: 2, style: 1, label: 'a', custom_id: 'a' })) }],
      /COMPONENT_CUSTOM_ID_DUPLICATED/,
    ],
  ])('buttons: %s', async (_, components, wrong) => {
    const { fake, group } = await inGroup()
    const error = await failure(
      group.client.rest.post(`/channels/${group.id}/messages`, { body: { content: 'a', components } }),
    )
    expect(error.message).toMatch(wrong)
    expect(fake.violations).toHaveLength(1)
  })

  it('chats and methods that are not there', async () => {
    const { fake, client } = await inGroup()
    expect(
      await failure(client.rest.post(`/channels/${'1'.repeat(18)}/messages`, { body: { content: 'a' } })),
    ).toMatchObject({ status: 404, code: 10003 })
    expect(await failure(client.rest.get('/nowhere'))).toMatchObject({ status: 404, code: 0 })
    expect(await failure(client.rest.put('/users/@me'))).toMatchObject({ status: 405, code: 0 })
    expect(fake.violations).toHaveLength(3)
  })

  it('the same nonce gives the first message back and makes no second', async () => {
    const { fake, group } = await inGroup()
    const first = await group.send({ content: '一', nonce: 'n1', enforceNonce: true })
    const second = await group.send({ content: '一', nonce: 'n1', enforceNonce: true })
    expect(second.id).toBe(first.id)
    await group.send({ content: '一', nonce: 'n1' })
    expect(fake.seen).toHaveLength(2)
  })

  it('mentions count where they would ping', async () => {
    const { fake, group } = await inGroup()
    const ann = fake.personId('ann')
    await group.send({ content: `@everyone <@${ann}> \`@here\``, allowedMentions: { parse: [] } })
    expect(fake.mentions).toEqual([])
    const message = await group.send(`@everyone <@${ann}> \`@here\``)
    expect(fake.mentions).toEqual(['@everyone', `<@${ann}>`])
    await message.edit({ content: '@here', allowedMentions: { parse: ['users'] } })
    await group.send({ content: `<@${ann}> <@&${ann}>`, allowedMentions: { users: [ann] } })
    expect(fake.mentions).toEqual(['@everyone', `<@${ann}>`, `<@${ann}>`])
  })
})
