import { type ButtonInteraction, Events } from 'discord.js'
import { describe, expect, it, vi } from 'vitest'
import type { DiscordFakeOptions } from '../discord.js'
import type { Fault } from '../kit.js'
import { button, failure, inGroup, row, WAIT } from './client.js'

describe('limits', () => {
  it('five messages in five seconds a channel; the official client keeps them by the headers', async () => {
    const { fake, group } = await inGroup()
    const began = performance.now()
    await Promise.all([1, 2, 3, 4, 5, 6].map((n) => group.send(`${n}`)))
    expect(performance.now() - began).toBeGreaterThan(4900)
    expect([fake.seen.length, fake.violations]).toEqual([6, []])
  })

  it('whoever does not keep them is told to wait; load tests take them off', async () => {
    const { fake, group } = await inGroup()
    const post = () =>
      fetch(`${fake.env.DISCORD_API_ROOT}/v10/channels/${group.id}/messages`, {
        method: 'POST',
        headers: { authorization: `Bot ${fake.env.DISCORD_TOKEN}`, 'content-type': 'application/json' },
        body: '{"content":"a"}',
      })
    const answers = await Promise.all(Array.from({ length: 6 }, post))
    const held = answers.find(({ status }) => status === 429)!
    expect(await held.json()).toMatchObject({
      message: 'You are being rate limited.',
      global: false,
      retry_after: expect.any(Number),
    })
    expect(held.headers.get('retry-after')).toBe('5')
    expect(answers[0]!.headers.get('x-ratelimit-limit')).toBe('5')
    expect(fake.violations).toHaveLength(1)
    fake.unlimited()
    expect((await Promise.all(Array.from({ length: 60 }, post))).every(({ ok }) => ok)).toBe(true)
  })
})

describe('faults', () => {
  const sent = async (fault: Fault, options?: DiscordFakeOptions, message: object = {}) => {
    const there = await inGroup(options)
    there.fake.inject(fault)
    const began = performance.now()
    const outcome = await there.group.send({ content: '推送', ...message }).then(
      (m) => m.content,
      (error) => error,
    )
    return { ...there, outcome, took: performance.now() - began }
  }

  it('lostAck by a closed connection: the client gives up at once, the message is there', async () => {
    const { fake, outcome } = await sent({ kind: 'lostAck' })
    expect([outcome.code, outcome.message]).toEqual(['UND_ERR_SOCKET', 'other side closed'])
    expect([fake.seen.length, fake.violations]).toEqual([1, []])
  })

  it('lostAck by a reset: the client posts again by itself, twice the message unless there is a nonce', async () => {
    const twice = await sent({ kind: 'lostAck' }, { cut: 'reset' })
    expect([twice.outcome, twice.fake.seen.length]).toEqual(['推送', 2])
    const once = await sent({ kind: 'lostAck' }, { cut: 'reset' }, { nonce: 'n', enforceNonce: true })
    expect([once.outcome, once.fake.seen.length]).toEqual(['推送', 1])
  })

  it('badGateway: the client posts again by itself', async () => {
    const shown = await sent({ kind: 'badGateway', accepted: true })
    expect([shown.outcome, shown.fake.seen.length]).toEqual(['推送', 2])
    const lost = await sent({ kind: 'badGateway', accepted: false })
    expect([lost.outcome, lost.fake.seen.length, lost.fake.violations]).toEqual(['推送', 1, []])
  })

  it('badGateway, to a client that is told not to try again', async () => {
    const { fake, group } = await inGroup({}, { rest: { retries: 0 } })
    fake.inject({ kind: 'badGateway', accepted: true })
    expect(await failure(group.send('推送'))).toMatchObject({ name: 'HTTPError', status: 502 })
    expect(fake.seen).toHaveLength(1)
  })

  it('rateLimited: the client waits as long as it is told and sends again', async () => {
    const { fake, outcome, took } = await sent({ kind: 'rateLimited', retryAfterMs: 300 })
    expect([outcome, fake.seen.length, fake.violations]).toEqual(['推送', 1, []])
    expect(took).toBeGreaterThan(300)
    expect(took).toBeLessThan(1500)
  })

  it('dropped: nothing was sent', async () => {
    const { fake, outcome } = await sent({ kind: 'dropped' })
    expect(outcome).toBeInstanceOf(Error)
    expect([fake.seen, fake.violations]).toEqual([[], []])
    const reset = await sent({ kind: 'dropped' }, { cut: 'reset' })
    expect([reset.outcome, reset.fake.seen.length]).toEqual(['推送', 1])
  })

  it('slow: shown at once, answered late', async () => {
    const { fake, outcome, took } = await sent({ kind: 'slow', delayMs: 250 })
    expect([outcome, fake.seen.length]).toEqual(['推送', 1])
    expect(took).toBeGreaterThan(240)
  })

  it("slow beyond the client's patience: it posts three times more", async () => {
    const { fake, group } = await inGroup({}, { rest: { timeout: 100 } })
    for (let i = 0; i < 4; i++) fake.inject({ kind: 'slow', delayMs: 200 })
    expect((await failure(group.send('推送'))).name).toBe('AbortError')
    expect(fake.seen).toHaveLength(4)
  })

  it.each([
    ['10003', 404],
    ['10008', 404],
    ['50013', 403],
    ['50035', 400],
  ])('refused %s', async (code, status) => {
    const { fake, outcome } = await sent({ kind: 'refused', code })
    expect(outcome).toMatchObject({ code: Number(code), status })
    expect([fake.seen, fake.violations]).toEqual([[], []])
  })

  it('faults meet edits and answers to interactions too, one request each', async () => {
    const { fake, group, done } = await inGroup()
    const message = await group.send({ content: '选', components: [row(button('甲'))] })
    fake.inject({ kind: 'refused', code: '10008' })
    fake.inject({ kind: 'badGateway', accepted: true })
    expect((await failure(message.edit('改'))).code).toBe(10008)
    await fake.press({ on: message.id, label: '甲', from: 'ann' })
    const pressed = await done<ButtonInteraction>()
    // It went through, but the client tries again by itself and hears that it had.
    expect((await failure(pressed.reply('答'))).code).toBe(40060)
    expect(fake.seen.map(({ text }) => text)).toEqual(['选', '答'])
    fake.inject({ kind: 'rateLimited', retryAfterMs: 100 })
    pressed.replied = true
    await pressed.editReply('改了')
    expect(fake.seen[1]).toMatchObject({ text: '改了', edits: 1 })
    expect(fake.violations).toEqual([])
  })

  it('an answer to an interaction that never arrived: what follows is no fault of the bot', async () => {
    const { fake, group, done } = await inGroup({ answerMs: 100 })
    const message = await group.send({ content: '选', components: [row(button('甲'))] })
    fake.inject({ kind: 'dropped' })
    await fake.press({ on: message.id, label: '甲', from: 'ann' })
    const pressed = await done<ButtonInteraction>()
    expect((await failure(pressed.reply('答'))).code).toBe('UND_ERR_SOCKET')
    expect((await failure(pressed.webhook.send('答'))).code).toBe(10015)
    await vi.waitFor(() => expect(fake.unanswered).toEqual([pressed.id]))
    expect((await failure(pressed.reply('答'))).code).toBe(10062)
    expect(fake.violations).toEqual([])
  })

  it('disconnected: the client comes back for what it missed', async () => {
    const { fake, said, messages } = await inGroup()
    fake.inject({ kind: 'disconnected' })
    await fake.say({ text: '断线时', chat: 'g1', group: true, from: 'ann', mention: true })
    await said('断线时')
    expect([fake.connections(), messages.length, fake.violations]).toEqual([2, 1, []])
  })

  it('replaced: the session is gone, the client identifies anew', async () => {
    const { fake, said, messages } = await inGroup()
    fake.inject({ kind: 'replaced' })
    await fake.say({ text: '丢了', chat: 'g1', group: true, from: 'ann', mention: true })
    await vi.waitFor(() => expect(fake.connections()).toBe(2), WAIT)
    await fake.say({ text: '回来了', chat: 'g1', group: true, from: 'ann', mention: true })
    await said('回来了')
    expect([messages.length, fake.violations]).toEqual([1, []])
  })

  it('revoked: the client hears of it and stays down', async () => {
    const { fake, client, group } = await inGroup()
    const gone = new Promise<number>((resolve) => client.on(Events.ShardDisconnect, ({ code }) => resolve(code)))
    client.on(Events.ShardError, () => {})
    fake.inject({ kind: 'revoked' })
    expect(await gone).toBe(4004)
    expect((await failure(group.send('还在吗'))).status).toBe(401)
    expect((await failure(group.send('还在吗'))).message).toMatch('Expected token to be set')
    expect([fake.connections(), fake.violations]).toEqual([1, []])
  })

  it('a client that sends no heartbeat is closed; one that does is not', async () => {
    const { fake, client } = await inGroup({ heartbeatMs: 100 })
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect([fake.connections(), fake.violations]).toEqual([1, []])
    await client.destroy()
    const { WebSocket } = await import('ws')
    const silent = new WebSocket(`${fake.env.DISCORD_API_ROOT!.replace('http', 'ws')}?v=10&encoding=json`)
    expect(await new Promise((resolve) => silent.on('close', resolve))).toBe(4009)
  })
})
