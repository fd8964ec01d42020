import { AttachmentBuilder, type ChatInputCommandInteraction, EmbedBuilder, MessageFlags } from 'discord.js'
import { describe, expect, it } from 'vitest'
import type { DiscordFake } from '../discord.js'
import { png } from '../telegram/samples.js'
import { failure, inGroup } from './client.js'

const chart = (name = 'chart.png', description?: string) =>
  new AttachmentBuilder(png(640, 480, 900), { name, ...(description !== undefined && { description }) })
const embed = (url = 'attachment://chart.png') => new EmbedBuilder().setTitle('周报').setImage(url)
const SEEN = [{ bytes: 900, width: 640, height: 480 }]

/** Posts a form as it is, without the official client. */
async function post(fake: DiscordFake, payload: object, files: Record<string, Blob>) {
  const form = new FormData()
  form.set('payload_json', JSON.stringify(payload))
  for (const [field, file] of Object.entries(files)) form.set(field, file, 'chart.png')
  const answer = await fetch(`${fake.env.DISCORD_API_ROOT}/v10/channels/${fake.chatId('g1')}/messages`, {
    method: 'POST',
    headers: { authorization: `Bot ${fake.env.DISCORD_TOKEN}` },
    body: form,
  })
  return { status: answer.status, body: (await answer.json()) as { code: number; attachments: object[] } }
}

describe('pictures', () => {
  it('stand below the text, or in the embed that names them', async () => {
    const { fake, group } = await inGroup()
    const loose = await group.send({ content: '周报', files: [chart('chart.png', '产值')] })
    const file = {
      name: 'chart.png',
      size: 900,
      width: 640,
      height: 480,
      description: '产值',
      contentType: 'image/png',
    }
    expect(loose.attachments.first()).toMatchObject(file)
    const inside = await group.send({ embeds: [embed()], files: [chart()] })
    // What an embed shows is no longer listed.
    expect(inside.attachments.size).toBe(0)
    expect(inside.embeds[0]?.image).toMatchObject({ url: expect.stringMatching(/^https:.*chart\.png$/), width: 640 })
    expect(fake.seen).toMatchObject([
      { text: '周报', pictures: SEEN },
      { text: '周报', pictures: SEEN },
    ])
    await group.send('没有图')
    expect(fake.seen[2]).not.toHaveProperty('pictures')
    expect(fake.violations).toEqual([])
  })

  it('come by edits and go by them', async () => {
    const { fake, group } = await inGroup()
    const message = await group.send('稍等')
    await message.edit({ content: '', embeds: [embed()], files: [chart()] })
    expect(fake.seen[0]).toMatchObject({ edits: 1, pictures: SEEN })
    // Without the embed the picture stands for itself.
    expect((await message.edit({ content: '周报', embeds: [] })).attachments.size).toBe(1)
    expect(fake.seen[0]).toMatchObject({ edits: 2, pictures: SEEN })
    await message.edit({ content: '周报', attachments: [] })
    expect(fake.seen[0]).not.toHaveProperty('pictures')
    expect(fake.violations).toEqual([])
  })

  it('come with answers to interactions, at first, later and behind', async () => {
    const { fake, client, done } = await inGroup()
    await client.application!.commands.set([{ name: '图', description: '画图' }])
    await fake.slash('ann', 'g1', true, '图')
    const first = await done<ChatInputCommandInteraction>()
    expect(first.attachmentSizeLimit).toBe(10 * 1024 * 1024)
    await first.reply({ embeds: [embed()], files: [chart()] })
    await first.followUp({ files: [chart()], flags: MessageFlags.Ephemeral })
    await fake.slash('ann', 'g1', true, '图')
    const second = await done<ChatInputCommandInteraction>()
    await second.deferReply()
    await second.editReply({ embeds: [embed()], files: [chart()] })
    expect(fake.seen.map(({ pictures }) => pictures)).toEqual([SEEN, SEEN, SEEN])
    expect(fake.violations).toEqual([])
  })

  it('are posted once with one nonce, whatever becomes of the answer', async () => {
    const { fake, group } = await inGroup({ cut: 'reset' })
    fake.inject({ kind: 'lostAck' })
    const message = { embeds: [embed()], files: [chart()], nonce: 'n1', enforceNonce: true }
    const first = await group.send(message)
    expect(first.embeds[0]?.image?.width).toBe(640)
    expect((await group.send(message)).id).toBe(first.id)
    expect(fake.seen).toMatchObject([{ pictures: SEEN }])
    fake.inject({ kind: 'badGateway', accepted: true })
    await group.send({ files: [chart()], nonce: 'n2', enforceNonce: true })
    expect([fake.seen.length, fake.violations]).toEqual([2, []])
  })

  it('meet the other faults as messages do', async () => {
    const { fake, group } = await inGroup({}, { rest: { retries: 0 } })
    const send = () => group.send({ files: [chart()] })
    fake.inject({ kind: 'dropped' })
    expect(await failure(send())).toBeInstanceOf(Error)
    fake.inject({ kind: 'refused', code: '50013' })
    expect((await failure(send())).code).toBe(50013)
    fake.inject({ kind: 'badGateway', accepted: false })
    expect((await failure(send())).status).toBe(502)
    expect(fake.seen).toEqual([])
    fake.inject({ kind: 'rateLimited', retryAfterMs: 100 })
    await send()
    expect([fake.seen.length, fake.violations]).toEqual([1, []])
  })
})

describe('rules of files', () => {
  it('a picture that an embed cannot show is let through, without it', async () => {
    const { fake, group } = await inGroup()
    const lost = await group.send({ embeds: [embed('attachment://other.png')], files: [chart()] })
    expect([lost.embeds[0]?.image, lost.attachments.size]).toEqual([null, 1])
    await group.send({ embeds: [embed('attachment://chart.bmp')], files: [chart('chart.bmp')] })
    // The platform keeps plain characters of a name alone.
    await group.send({ embeds: [embed('attachment://图.png')], files: [chart('图.png')] })
    expect(fake.violations).toEqual([
      'the embed shows no picture: attachment://other.png is not attached',
      'the embed shows no picture: attachment://chart.bmp is of a type that embeds do not take',
      'the embed shows no picture: attachment://图.png is of a type that embeds do not take',
    ])
    await group.send({ embeds: [embed('attachment://a_b.png')], files: [chart('a b.png')] })
    expect([fake.violations.length, fake.seen.length]).toEqual([3, 4])
  })

  it('at most 10 MiB each, or as much as is allowed', async () => {
    const { fake, group } = await inGroup()
    const send = (size: number) => group.send({ files: [{ attachment: Buffer.alloc(size), name: 'a.bin' }] })
    expect(await failure(send(10 * 1024 * 1024 + 1))).toMatchObject({ status: 413, code: 40005 })
    expect([fake.violations.length, fake.seen]).toEqual([1, []])
    await send(10 * 1024 * 1024)
    const other = await inGroup({ fileLimit: 899 })
    expect((await failure(other.group.send({ files: [chart()] }))).code).toBe(40005)
  })

  it('ten of them', async () => {
    const { group } = await inGroup()
    const files = Array.from({ length: 11 }, (_, i) => chart(`${i}.png`))
    expect(await failure(group.send({ files }))).toMatchObject({ status: 400, code: 30015 })
    expect((await group.send({ files: files.slice(1) })).attachments.size).toBe(10)
  })

  it('what is listed is there, and what is there is listed', async () => {
    const { fake, group } = await inGroup()
    const file = new Blob([png(640, 480, 900)])
    const listed = { attachments: [{ id: 0, filename: 'renamed.png', description: '图' }] }
    const sent = await post(fake, listed, { 'files[0]': file })
    expect(sent.body.attachments).toMatchObject([{ filename: 'renamed.png', description: '图' }])
    expect(fake.violations).toEqual([])
    const missing = await post(fake, { attachments: [{ id: '1' }] }, { 'files[0]': file })
    const errors = { attachments: { 0: { _errors: [{ code: 'ATTACHMENT_NOT_FOUND' }] } } }
    expect(missing).toMatchObject({ status: 400, body: { code: 50035, errors } })
    const long = { files: [chart('chart.png', '字'.repeat(1025))] }
    expect((await failure(group.send(long))).message).toMatch(/attachments\[0\].description\[BASE_TYPE_MAX_LENGTH\]/)
    const unlisted = await post(fake, { content: '少', attachments: [] }, { 'files[0]': file })
    expect(unlisted.body.attachments).toEqual([])
    await post(fake, { content: '旧' }, { file })
    expect(fake.violations.slice(2)).toEqual([
      'files[0] is not in the list of attachments: nobody sees it',
      'the file file must be named files[n]',
    ])
  })
})
