import type { TemplateCard } from '@wecom/aibot-node-sdk'
import { afterEach, describe, expect, it } from 'vitest'
import { failure, type Robot, startRobot, until } from './wecom/robot.js'
import { inline, samplePng } from './wecom/samples.js'
import type { WecomOptions } from './wecom.js'

const started: Robot[] = []

afterEach(async () => {
  for (const robot of started.splice(0)) await robot.stop()
})

async function start(options?: WecomOptions): Promise<Robot> {
  const robot = await startRobot(options)
  started.push(robot)
  return robot
}

describe('what people send', () => {
  it('comes as the platform words it', async () => {
    const { fake, messages } = await start()
    const said = { text: '你好', chat: 'ann', group: false, from: 'ann' }
    const plain = await fake.say(said)
    await fake.say({ ...said, voice: true })
    await fake.say({ ...said, quotes: '增长 5%' })
    await fake.say({ ...said, replyTo: plain })
    await fake.say({ ...said, chat: 'room', group: true, mention: true })
    await fake.sendPicture({ ...said, text: '' })
    await fake.sendPicture({ ...said, chat: 'room', group: true, mention: true })
    await until(() => messages.length === 7)
    const bodies = messages.map(({ body }) => body)
    expect(bodies[0]).toMatchObject({ msgid: plain, aibotid: 'aib-fake', chattype: 'single', msgtype: 'text' })
    expect(bodies[0]).toMatchObject({ from: { userid: 'ann' }, text: { content: '你好' } })
    expect(bodies[0]).not.toHaveProperty('chatid')
    expect(bodies[1]).toMatchObject({ msgtype: 'voice', voice: { content: '你好' } })
    expect(bodies[2]).toMatchObject({ quote: { msgtype: 'text', text: { content: '增长 5%' } } })
    expect(bodies[3]).toMatchObject({ quote: { msgtype: 'text', text: { content: '你好' } } })
    expect(bodies[4]).toMatchObject({ chattype: 'group', chatid: 'room', text: { content: '@RobotA 你好' } })
    expect(bodies[5]).toMatchObject({ msgtype: 'image' })
    expect(bodies[6]).toMatchObject({ msgtype: 'mixed' })
    expect(fake.violations).toEqual([])
  })

  it('does not come where nobody mentions the bot, nor from bots, nor spoken in a group', async () => {
    const { fake, messages } = await start()
    const said = { text: 'x', chat: 'room', group: true, from: 'ann' }
    const unheard = await fake.say(said)
    await fake.say({ ...said, mention: true, bot: true })
    await fake.say({ ...said, mention: true, voice: true })
    const heard = await fake.say({ ...said, mention: true })
    await until(() => messages.length)
    expect(messages.map(({ body }) => body?.msgid)).toEqual([heard])
    expect(unheard).not.toBe('')
    await expect(fake.repeat(unheard)).rejects.toThrow()
  })

  it('waits for a connection, and can come twice', async () => {
    const robot = await start()
    robot.fake.inject({ kind: 'disconnected' })
    await until(() => robot.log.length)
    const id = await robot.fake.say({ text: 'x', chat: 'ann', group: false, from: 'ann' })
    await until(() => robot.messages.length)
    await robot.fake.repeat(id)
    await until(() => robot.messages.length === 2)
    expect(robot.messages[1]).toEqual(robot.messages[0])
    expect(robot.fake.connections()).toBe(2)
  })
})

describe('streams', () => {
  it('are shown, replaced and finished', async () => {
    const { fake, client, hear, events } = await start()
    const frame = await hear('GDP', 'room')
    await client.replyStream(frame, 's', '正在查…', false, undefined, { id: 'fb-1' })
    expect(fake.seen[0]).toMatchObject({ chat: 'room', text: '正在查…', edits: 0, replyTo: frame.body?.msgid })
    const text = '**5%** [全文](https://example.com/) <@all>'
    await client.replyStream(frame, 's', text)
    await client.replyStream(frame, 's', `${text}。`, true)
    expect(fake.seen).toHaveLength(1)
    expect(fake.seen[0]).toMatchObject({ text: '5% 全文 @all。', edits: 2 })
    expect(fake.links).toEqual(['[全文](https://example.com/)'])
    expect(fake.mentions).toEqual(['all'])
    await fake.feedback(fake.seen[0]?.id ?? '', 'bob', 2, '不对')
    const event = await until(() => events[0]?.body?.event)
    expect(event).toMatchObject({
      eventtype: 'feedback_event',
      feedback_event: { id: 'fb-1', type: 2, content: '不对' },
    })
    expect(fake.violations).toEqual([])
    expect(await failure(client.replyStream(frame, 's', '又', true))).toBe(846608)
  })

  it('hold 20,480 bytes', async () => {
    const { fake, client, hear } = await start()
    const frame = await hear('x')
    await client.replyStream(frame, 's', `${'长'.repeat(6826)}xx`)
    expect(fake.violations).toEqual([])
    expect(await failure(client.replyStream(frame, 's', '长'.repeat(6827), true))).toBe(40058)
    expect(fake.violations[0]).toContain('body.stream.content exceed max length 20480')
  })

  it('live for six minutes', async () => {
    const { fake, client, hear, skip } = await start()
    const first = await hear('x')
    await client.replyStream(first, 'a', '1')
    fake.expireStreams()
    expect(await failure(client.replyStream(first, 'a', '2', true))).toBe(846608)
    expect(fake.violations).toEqual([])
    await client.replyStream(first, 'b', '1')
    skip(360_001)
    expect(await failure(client.replyStream(first, 'b', '2', true))).toBe(846608)
    expect(fake.violations).toHaveLength(1)
    skip(24 * 3_600_000)
    expect(await failure(client.replyStream(first, 'c', '1', true))).toBe(846605)
  })

  it('may carry a card once, and pictures at the end', async () => {
    const { fake, client, hear } = await start()
    const frame = await hear('x')
    await client.replyStreamWithCard(frame, 's', '文', false, { templateCard: buttons('t1') })
    const image = inline(samplePng(3, 2))
    await client.replyStreamWithCard(frame, 's', '文。', true, { msgItem: [{ msgtype: 'image', image }] })
    expect(fake.seen[0]).toMatchObject({ text: '文。\n哪一年', buttons: ['2024', '2023'], edits: 1 })
    expect(fake.violations).toEqual([])
    const strict = await start({ combined: false })
    const options = { templateCard: buttons('t1') }
    const refused = strict.client.replyStreamWithCard(await strict.hear('x'), 's', '文', true, options)
    expect(await failure(refused)).toBe(40008)
  })
})

describe('cards', () => {
  it('are pressed and updated', async () => {
    const { fake, client, hear, events } = await start()
    await client.replyTemplateCard(await hear('x', 'room'), buttons('t1'))
    const id = fake.seen[0]?.id ?? ''
    await fake.press({ on: id, label: '2023', from: 'bob' })
    const frame = await until(() => events[0])
    expect(frame.body).toMatchObject({ chattype: 'group', chatid: 'room', from: { userid: 'bob' } })
    const click = { card_type: 'button_interaction', event_key: 'k2023', task_id: 't1' }
    expect(frame.body?.event).toEqual({ eventtype: 'template_card_event', template_card_event: click })
    const after = notice('已选 2023', 't1')
    await client.updateTemplateCard(frame, after)
    expect(fake.seen[0]).toMatchObject({ text: '已选 2023', buttons: [], edits: 1 })
    expect(fake.violations).toEqual([])
    expect(await failure(client.updateTemplateCard(frame, after))).toBe(846605)
    expect(await failure(client.replyStream(frame, 's', 'x', true))).toBe(846605)
    await expect(fake.press({ on: id, label: '2023', from: 'bob' })).rejects.toThrow('no button')
  })

  it('are not updated late, nor under another task id', async () => {
    const { fake, client, hear, events, skip } = await start()
    await client.replyTemplateCard(await hear('x'), buttons('t1'))
    const press = { on: fake.seen[0]?.id ?? '', label: '2024', from: 'ann' }
    await fake.press(press)
    const first = await until(() => events[0])
    expect(await failure(client.updateTemplateCard(first, notice('新', 'other')))).toBeUndefined()
    expect(fake.seen[0]).toMatchObject({ text: '哪一年', edits: 0 })
    expect(fake.violations).toHaveLength(1)
    await fake.press(press)
    const second = await until(() => events[1])
    skip(5001)
    expect(await failure(client.updateTemplateCard(second, notice('新', 't1')))).toBe(846605)
  })

  it('ask questions for people, and count votes', async () => {
    const { fake, client, hear, messages, events } = await start()
    const ask = { ...notice('GDP'), jump_list: [{ type: 3 as const, title: '去年呢', question: '2023 年 GDP' }] }
    await client.replyTemplateCard(await hear('x', 'room'), ask)
    await fake.press({ on: fake.seen[0]?.id ?? '', label: '去年呢', from: 'bob' })
    const asked = await until(() => messages[1]?.body)
    expect(asked).toMatchObject({ from: { userid: 'bob' }, chatid: 'room', text: { content: '@RobotA 2023 年 GDP' } })
    const option_list = [1, 2, 3].map((n) => ({ id: `o${n}`, text: `选${n}` }))
    const checkbox = { question_key: 'q', mode: 1 as const, option_list }
    const submit_button = { text: '提交', key: 'go' }
    const vote = { card_type: 'vote_interaction', main_title: { title: '选' }, checkbox, submit_button, task_id: 'v' }
    await client.replyTemplateCard(await hear('x', 'room'), vote)
    for (const label of ['选1', '选3', '提交']) await fake.press({ on: fake.seen[1]?.id ?? '', label, from: 'bob' })
    const event = await until(() => events[0]?.body?.event)
    const selected_item = [{ question_key: 'q', option_ids: { option_id: ['o1', 'o3'] } }]
    expect(event).toMatchObject({ template_card_event: { event_key: 'go', selected_items: { selected_item } } })
    expect(fake.violations).toEqual([])
  })

  it('need a task id of their own, and go to groups by push where the platform lets them', async () => {
    const { fake, client, hear } = await start({ groupCards: false })
    await client.replyTemplateCard(await hear('x', 'room'), buttons('t1'))
    expect(await failure(client.replyTemplateCard(await hear('x', 'room'), buttons('t1')))).toBe(42014)
    const pushed = { msgtype: 'template_card' as const, template_card: notice('GDP') }
    expect(await failure(client.sendMessage('room', pushed))).toBe(40008)
    await hear('x')
    await client.sendMessage('ann', pushed)
    expect(fake.seen[1]).toMatchObject({ chat: 'ann', text: 'GDP' })
  })
})

describe('welcomes and pushes', () => {
  it('welcomes within five seconds, once', async () => {
    const { fake, client, events, skip } = await start()
    const welcome = { msgtype: 'text' as const, text: { content: '您好 *' } }
    await fake.enter('ann')
    const frame = await until(() => events[0])
    await client.replyWelcome(frame, welcome)
    expect(fake.seen[0]).toMatchObject({ chat: 'ann', text: '您好 *', replyTo: undefined })
    expect(fake.violations).toEqual([])
    expect(await failure(client.replyWelcome(frame, welcome))).toBe(846605)
    await fake.enter('bob', 'room-of-bob')
    const late = await until(() => events[1])
    skip(5001)
    expect(await failure(client.replyWelcome(late, welcome))).toBe(846605)
    const markdown = { msgtype: 'markdown' as const, markdown: { content: 'x' } }
    expect(await failure(client.sendMessage('bob', markdown))).toBe(93006)
  })

  it('pushes where somebody has written, in the types there are', async () => {
    const { fake, client, hear } = await start()
    const markdown = { msgtype: 'markdown' as const, markdown: { content: '**早报**' } }
    expect(await failure(client.sendMessage('room', markdown))).toBe(93006)
    await fake.say({ text: 'x', chat: 'room', group: true, from: 'ann' })
    expect(await failure(client.sendMessage('room', markdown))).toBe(93006)
    const frame = await hear('x', 'room')
    await client.sendMessage('room', markdown)
    await client.reply(frame, markdown)
    expect(fake.seen.map(({ text, replyTo }) => [text, replyTo])).toEqual([
      ['早报', undefined],
      ['早报', frame.body?.msgid],
    ])
    expect(fake.violations).toHaveLength(2)
    expect(await failure(client.reply(frame, { msgtype: 'text', text: { content: 'x' } }))).toBe(40008)
    expect(await failure(client.replyMedia(frame, 'file', 'm'))).toBe(40007)
    const long = { msgtype: 'markdown' as const, markdown: { content: 'x'.repeat(20_481) } }
    expect(await failure(client.sendMessage('room', long))).toBe(40058)
    expect(await failure(client.reply({ headers: { req_id: 'made-up' } }, markdown))).toBe(846605)
    expect(fake.violations).toHaveLength(6)
  })

  it('takes 30 messages in a minute and 1,000 in an hour', async () => {
    const { fake, client, hear, skip } = await start()
    await hear('x')
    const push = () => client.sendMessage('ann', { msgtype: 'markdown', markdown: { content: 'x' } })
    for (let n = 0; n < 30; n += 1) await push()
    expect(await failure(push())).toBe(846607)
    expect(fake.violations).toEqual(['aibot_send_msg: 846607 aibot send msg frequency limit exceeded'])
    for (let minutes = 1; minutes <= 33; minutes += 1) {
      skip(60_001)
      await Promise.all(Array.from({ length: minutes < 33 ? 30 : 10 }, push))
    }
    expect(await failure(push())).toBe(846607)
    fake.unlimited()
    await Promise.all(Array.from({ length: 100 }, push))
    expect(fake.seen).toHaveLength(1100)
  })
})

function buttons(task: string): TemplateCard {
  const button_list = ['2024', '2023'].map((text) => ({ text, key: `k${text}` }))
  return { card_type: 'button_interaction', main_title: { title: '哪一年' }, button_list, task_id: task }
}

function notice(title: string, task?: string): TemplateCard {
  const card_action = { type: 1 as const, url: 'https://example.com/' }
  return { card_type: 'text_notice', main_title: { title }, card_action, ...(task && { task_id: task }) }
}
