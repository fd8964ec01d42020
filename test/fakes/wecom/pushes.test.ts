import { afterEach, describe, expect, it } from 'vitest'
import { failure, type Robot, startRobot, until } from './robot.js'
import { samplePng } from './samples.js'

const started: Robot[] = []

afterEach(async () => {
  for (const robot of started.splice(0)) await robot.stop()
})

interface Pusher extends Robot {
  text: (chat: string) => Promise<unknown>
  picture: (chat: string) => Promise<unknown>
}

/** A bot that somebody has written to in a group, with a picture uploaded. */
async function start(): Promise<Pusher> {
  const robot = await startRobot()
  started.push(robot)
  const { client } = robot
  await robot.hear('x', 'room')
  const { media_id } = await client.uploadMedia(samplePng(1200, 800, 5000), { type: 'image', filename: 'chart.png' })
  return {
    ...robot,
    text: (chat) => client.sendMessage(chat, { msgtype: 'markdown', markdown: { content: '**早报**' } }),
    picture: (chat) => client.sendMediaMessage(chat, 'image', media_id),
  }
}

describe('a picture', () => {
  it('is a message of its own, as a push and as a reply, as often as it is sent', async () => {
    const { fake, client, hear, text, picture } = await start()
    const frame = await hear('GDP', 'room')
    await text('room')
    await picture('room')
    await picture('room')
    const { media_id } = await client.uploadMedia(samplePng(3, 2), { type: 'image', filename: 'small.png' })
    await client.replyMedia(frame, 'image', media_id)
    const pictures = [{ bytes: 5000, width: 1200, height: 800 }]
    expect(fake.seen[0]).not.toHaveProperty('pictures')
    expect(fake.seen.slice(1)).toMatchObject([
      { chat: 'room', text: '', replyTo: undefined, pictures },
      { chat: 'room', text: '', replyTo: undefined, pictures },
      { chat: 'room', text: '', replyTo: frame.body?.msgid, pictures: [{ bytes: 64, width: 3, height: 2 }] },
    ])
    expect(new Set(fake.seen.map(({ id }) => id)).size).toBe(4)
    expect(fake.violations).toEqual([])
  })

  it('goes where somebody has written, and to nobody else', async () => {
    const { fake, hear, picture } = await start()
    expect(await failure(picture('ann'))).toBe(93006)
    expect(await failure(picture('another'))).toBe(93006)
    expect(fake.seen).toEqual([])
    await hear('x')
    await picture('ann')
    expect(fake.seen.map(({ chat }) => chat)).toEqual(['ann'])
    expect(fake.violations).toHaveLength(2)
  })

  it('is known by its media id, for three days', async () => {
    const { fake, client, picture, skip } = await start()
    expect(await failure(client.sendMediaMessage('room', 'image', 'made-up'))).toBe(40007)
    expect(await failure(client.sendMediaMessage('room', 'image', ''))).toBe(40058)
    skip(3 * 24 * 3_600_000 - 1000)
    await picture('room')
    skip(2000)
    expect(await failure(picture('room'))).toBe(40007)
    expect(fake.seen).toHaveLength(1)
    expect(fake.violations).toHaveLength(3)
  })

  it('counts like any message, 30 in a minute', async () => {
    const { fake, hear, text, picture, skip } = await start()
    for (let n = 0; n < 15; n += 1) await Promise.all([text('room'), picture('room')])
    expect(await failure(picture('room'))).toBe(846607)
    expect(fake.seen).toHaveLength(30)
    await hear('x')
    await picture('ann')
    skip(60_001)
    await picture('room')
    expect(fake.violations).toEqual(['aibot_send_msg: 846607 aibot send msg frequency limit exceeded'])
  })
})

it('the bot is put out of a group: it hears nothing there, and sends nothing', async () => {
  const { fake, client, hear, messages, text, picture } = await start()
  const frame = await hear('y', 'room')
  await client.replyStream(frame, 's', '一')
  fake.remove('room')
  expect(await failure(text('room'))).toBe(93008)
  expect(await failure(picture('room'))).toBe(93008)
  expect(await failure(client.replyStream(frame, 's', '一。', true))).toBe(93008)
  await fake.say({ text: 'z', chat: 'room', group: true, from: 'ann', mention: true })
  const last = await hear('private')
  await text('ann')
  expect(messages.at(-1)).toBe(last)
  expect(messages.map(({ body }) => body?.chatid)).toEqual(['room', 'room', undefined])
  expect(fake.seen.map((seen) => [seen.chat, seen.text])).toEqual([
    ['room', '一'],
    ['ann', '早报'],
  ])
  expect(fake.violations).toEqual([])
  fake.remove('ann')
  expect(await failure(picture('ann'))).toBe(93008)
  expect(() => fake.remove('bob')).toThrow('no chat')
})

describe.each(['text', 'picture'] as const)('faults that the push of a %s meets', (kind) => {
  it('lostAck: shown, and not answered', async () => {
    const robot = await start()
    robot.fake.inject({ kind: 'lostAck' })
    let over = false
    void failure(robot[kind]('room')).then(() => {
      over = true
    })
    await until(() => robot.fake.seen.length)
    await robot.text('room')
    expect(over).toBe(false)
  })

  it.each([true, false])('badGateway, accepted %s', async (accepted) => {
    const robot = await start()
    robot.fake.inject({ kind: 'badGateway', accepted })
    expect(await failure(robot[kind]('room'))).toMatch(/closed \(code: 1011\).* cancelled$/)
    expect(robot.fake.seen).toHaveLength(accepted ? 1 : 0)
  })

  it('dropped, rateLimited and refused: nothing is shown', async () => {
    const robot = await start()
    robot.fake.inject({ kind: 'rateLimited', retryAfterMs: 1000 })
    robot.fake.inject({ kind: 'refused', code: '93006' })
    robot.fake.inject({ kind: 'dropped' })
    expect(await failure(robot[kind]('room'))).toBe(846607)
    expect(await failure(robot[kind]('room'))).toBe(93006)
    expect(await failure(robot[kind]('room'))).toMatch(/closed \(code: 1006\).* cancelled$/)
    expect(robot.fake.seen).toEqual([])
    expect(robot.fake.violations).toEqual([])
  })

  it('slow: shown at once, answered late', async () => {
    const robot = await start()
    robot.fake.inject({ kind: 'slow', delayMs: 100 })
    const from = performance.now()
    const slow = robot[kind]('room')
    await until(() => robot.fake.seen.length)
    expect(performance.now() - from).toBeLessThan(90)
    await slow
    expect(performance.now() - from).toBeGreaterThan(90)
  })
})
