import { afterEach, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { connect, failure, type Robot, startRobot, until } from './robot.js'

const started: Robot[] = []

afterEach(async () => {
  for (const robot of started.splice(0)) await robot.stop()
})

async function start(...args: Parameters<typeof startRobot>): Promise<Robot> {
  const robot = await startRobot(...args)
  started.push(robot)
  return robot
}

describe('faults of one request', () => {
  it('lostAck: shown, and the client gives up after five seconds', async () => {
    const { fake, client, hear } = await start()
    const frame = await hear('x')
    fake.inject({ kind: 'lostAck' })
    const from = performance.now()
    expect(await failure(client.replyStream(frame, 's', '一', true))).toMatch(/^Reply ack timeout \(5000ms\)/)
    expect(performance.now() - from).toBeGreaterThan(4900)
    expect(fake.seen).toHaveLength(1)
    expect(fake.connections()).toBe(1)
  })

  it.each([true, false])('badGateway, accepted %s: the connection closes with 1011', async (accepted) => {
    const { fake, client, hear, log } = await start()
    const frame = await hear('x')
    fake.inject({ kind: 'badGateway', accepted })
    expect(await failure(client.replyStream(frame, 's', '一', true))).toMatch(/closed \(code: 1011\).* cancelled$/)
    expect(fake.seen).toHaveLength(accepted ? 1 : 0)
    expect(log).toEqual(['code: 1011'])
    await until(() => fake.connections() === 2)
    expect(fake.violations).toEqual([])
  })

  it('dropped: cut before it is read', async () => {
    const { fake, client, hear } = await start()
    const frame = await hear('x')
    fake.inject({ kind: 'dropped' })
    expect(await failure(client.replyStream(frame, 's', '一', true))).toMatch(/closed \(code: 1006\).* cancelled$/)
    expect(fake.seen).toEqual([])
    await hear('y')
    expect(await failure(client.replyStream(frame, 's', '一', true))).toBeUndefined()
  })

  it('rateLimited and refused: answered with a code, in the order of injection, one request each', async () => {
    const { fake, client, hear } = await start()
    const frame = await hear('x')
    fake.inject({ kind: 'rateLimited', retryAfterMs: 1000 })
    fake.inject({ kind: 'refused', code: '846608' })
    expect(() => fake.inject({ kind: 'refused', code: 'gone' })).toThrow()
    const answer = await client.replyStream(frame, 's', '一', true).catch((error: unknown) => error)
    expect(answer).not.toBeInstanceOf(Error)
    expect(answer).toMatchObject({ headers: frame.headers, errcode: 846607 })
    expect(answer).toHaveProperty('errmsg', expect.stringContaining('frequency limit exceeded, hint: ['))
    expect(await failure(client.replyStream(frame, 's', '一', true))).toBe(846608)
    expect(await failure(client.replyStream(frame, 's', '一', true))).toBeUndefined()
    expect(fake.seen).toHaveLength(1)
    expect(fake.violations).toEqual([])
  })

  it('slow: shown at once, answered late, others not held up', async () => {
    const { fake, client, hear } = await start()
    const frame = await hear('x')
    fake.inject({ kind: 'slow', delayMs: 200 })
    const from = performance.now()
    const slow = client.replyStream(frame, 's', '一', true)
    await client.sendMessage('ann', { msgtype: 'markdown', markdown: { content: '二' } })
    expect(performance.now() - from).toBeLessThan(150)
    expect(fake.seen).toHaveLength(2)
    await slow
    expect(performance.now() - from).toBeGreaterThan(190)
  })
})

describe('faults of the connection', () => {
  it('replaced: told, closed, and left down by the client', async () => {
    const { fake, client, events, log } = await start()
    fake.inject({ kind: 'replaced' })
    const event = await until(() => events[0]?.body)
    expect(event).toMatchObject({ msgtype: 'event', event: { eventtype: 'disconnected_event' } })
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(client.isConnected).toBe(false)
    expect(log).toHaveLength(1)
    expect(fake.connections()).toBe(1)
  })

  it('a second connection takes over from the first', async () => {
    const { fake, client, log } = await start()
    const second = connect(fake)
    const heard = new Promise((resolve) => second.once('message.text', resolve))
    await until(() => log.length)
    await fake.say({ text: 'x', chat: 'ann', group: false, from: 'ann' })
    await heard
    expect(client.isConnected).toBe(false)
    second.disconnect()
  })

  it('disconnected: everything under way fails, and the client comes back', async () => {
    const robot = await start()
    const frame = await robot.hear('x')
    robot.fake.inject({ kind: 'slow', delayMs: 1000 })
    const reply = failure(robot.client.replyStream(frame, 's', '一', true))
    await until(() => robot.fake.seen.length)
    robot.fake.inject({ kind: 'disconnected' })
    expect(await reply).toMatch(/cancelled$/)
    await robot.hear('y')
    expect(robot.fake.connections()).toBe(2)
  })

  it('answers an older message on a new connection, or does not where ids are bound to it', async () => {
    for (const boundToConnection of [false, true]) {
      const robot = await start({ boundToConnection })
      const frame = await robot.hear('x')
      robot.fake.inject({ kind: 'disconnected' })
      await until(() => robot.log.length)
      const fresh = await robot.hear('y')
      const outcome = await failure(robot.client.replyStream(frame, 's', '一', true))
      expect(outcome).toBe(boundToConnection ? 846605 : undefined)
      expect(await failure(robot.client.replyStream(fresh, 't', '二', true))).toBeUndefined()
      expect(robot.fake.violations).toEqual([])
    }
  })

  it('revoked: closed, and every further subscription refused', async () => {
    const { fake, log } = await start()
    fake.inject({ kind: 'revoked' })
    await until(() => log.some((line) => line.startsWith('Max auth failure attempts exceeded')))
    expect(log.filter((line) => /^Authentication failed: .*\(code: 853000\)$/.test(line))).toHaveLength(3)
    expect(fake.violations).toEqual([])
  })

  it('takes nothing before the subscription is answered', async () => {
    const robot = await start({ subscribeMs: 100 })
    await robot.hear('x')
    robot.fake.inject({ kind: 'disconnected' })
    await until(() => robot.log.length)
    const push = () => robot.client.sendMessage('ann', { msgtype: 'markdown', markdown: { content: 'x' } })
    expect(await failure(push())).toBe('WebSocket not connected, unable to send data')
    await until(() => robot.client.isConnected)
    expect(await failure(push())).toBe(846609)
    await robot.hear('y')
    expect(await failure(push())).toBeUndefined()
    expect(robot.fake.violations).toHaveLength(1)
  })

  it('a wrong secret is refused', async () => {
    const { fake, log } = await start({}, 'wrong')
    await until(() => log.some((line) => line.includes('invalid bot_id or secret')))
    expect(fake.violations[0]).toContain('853000')
  })
})

it('answers what is no request of a subscribed bot', async () => {
  const { fake } = await start()
  const socket = new WebSocket(fake.env.WECOM_WS_URL ?? '')
  await new Promise((resolve) => socket.once('open', resolve))
  const answers: unknown[] = []
  socket.on('message', (data) => answers.push(JSON.parse(data.toString())))
  socket.send('hello')
  const send = (cmd: string, body = {}) => socket.send(JSON.stringify({ cmd, headers: { req_id: cmd }, body }))
  send('ping')
  const login = { bot_id: fake.env.WECOM_BOT_ID, secret: fake.env.WECOM_BOT_SECRET }
  send('aibot_subscribe', login)
  send('aibot_subscribe', login)
  send('ping')
  send('aibot_edit_msg')
  await until(() => answers.length === 5)
  const answered = answers.map((answer) => (answer as { errcode: number }).errcode)
  expect(answered).toEqual([846609, 0, 0, 0, 40058])
  expect(answers[1]).toEqual({ headers: { req_id: 'aibot_subscribe' }, errcode: 0, errmsg: 'ok' })
  expect(fake.violations).toHaveLength(4)
  socket.terminate()
})
