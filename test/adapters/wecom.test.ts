import { afterEach, describe, expect, it } from 'vitest'
import { createWecomFake, type WecomFake, type WecomOptions } from '../fakes/wecom.js'
import { openScene, type Scene } from '../support/scene.js'
import { until } from '../support/service.js'
import { describeContract } from './contract.js'
import { describeDigests } from './digests.js'

/** After a cut line a stream is written once more under its id: refused where it was shown, shown where it was not. */
const REWRITTEN = /846608 the stream is finished/

describeContract('wecom', () => createWecomFake(), {
  skips: {
    'is silent when nobody speaks to it, and to other bots':
      'in groups nothing but mentions arrives, and of people only',
    'answers a message that was edited into another question by editing the reply': 'messages cannot be edited',
  },
  tolerated: { violation: REWRITTEN, reason: 'a stream is known by its id' },
})

interface Sent {
  cmd: string
  body: { stream?: { id: string; content: string }; template_card?: Record<string, unknown> }
}

describe('wecom alone', () => {
  let scene: Scene<WecomFake>
  const open = async (options: WecomOptions = {}) => {
    scene = await openScene(await createWecomFake(options))
    return scene
  }
  afterEach(() => scene.close(REWRITTEN))

  it('greets who enters the chat', async () => {
    const { fake } = await open()
    await fake.enter('ann')
    await until('the greeting', () => fake.seen.length > 0)
    expect(fake.seen[0]!.text).toMatch(/我是有据/)
  })

  it('puts the figure large on a card, with its hedge and its sentence', async () => {
    const { ask, answerTo } = await open()
    const { raw } = await answerTo(await ask('ann', '去年GDP是多少'))
    const { stream, template_card: card } = (raw as Sent).body
    expect(stream!.content).toMatch(/^\*\*.*482\.6亿元.*\*\*\n\n> “预计全年地区生产总值/)
    expect(card).toMatchObject({
      card_type: 'text_notice',
      emphasis_content: { title: '482.6亿元', desc: '2024年（预计）' },
      quote_area: { quote_text: expect.stringContaining('预计全年地区生产总值完成482.6亿元') },
    })
  })

  it('marks a target as planned on its card, and does not put a capacity under a year', async () => {
    const { ask, answerTo } = await open()
    const goal = await answerTo(await ask('ann', '今年GDP目标'))
    expect((goal.raw as Sent).body.template_card).toMatchObject({
      emphasis_content: { title: '8%', desc: '2025年计划（左右）' },
    })
    const plant = await answerTo(await ask('bob', '微科新材料20万吨项目进展怎么样'))
    expect(JSON.stringify((plant.raw as Sent).body.template_card ?? {})).not.toContain('emphasis')
  })

  it('reads what was spoken, and says of a picture that it reads text only', async () => {
    const { fake, answerTo } = await open()
    const spoken = await fake.say({ text: '去年粮食产量多少', chat: 'ann', group: false, from: 'ann', voice: true })
    expect((await answerTo(spoken)).text).toMatch(/9700万斤/)
    const picture = await fake.sendPicture({ text: '', chat: 'ann', group: false, from: 'ann' })
    expect((await answerTo(picture)).text).toMatch(/只读文字/)
  })

  it('counts what people find of a reply', async () => {
    const { fake, ask, answerTo, service } = await open()
    const answer = await answerTo(await ask('ann', '去年GDP是多少'))
    await fake.feedback(answer.id, 'ann', 1)
    await fake.feedback(answer.id, 'bob', 2, '看不懂')
    await until('both', () => service.text().split('"feedback"').length === 3)
    expect(await service.metrics.text()).toMatch(/youju_feedback_total\{platform="wecom",good="true"\} 1/)
  })

  it('pushes the reply where the stream has expired', async () => {
    const { fake, ask, seenAfter } = await open()
    fake.inject({ kind: 'refused', code: '846608' })
    const pushed = await seenAfter(() => ask('ann', '去年GDP是多少'))
    expect(pushed.text).toMatch(/482\.6亿元[\s\S]*“预计全年/)
  })

  it('does without the card where stream and card are not taken together', async () => {
    const { ask, answerTo, fake } = await open({ combined: false })
    expect((await answerTo(await ask('ann', '去年GDP是多少'))).text).toMatch(/482\.6亿元[\s\S]*“预计全年/)
    fake.violations.length = 0
  })

  it('pushes the reply that could not be written before the line was cut', async () => {
    const { fake, ask, seenAfter, service } = await open({ boundToConnection: true })
    fake.inject({ kind: 'slow', delayMs: 0 })
    const pushed = await seenAfter(async () => {
      fake.inject({ kind: 'disconnected' })
      await ask('ann', '去年GDP是多少')
    })
    expect(pushed.text).toMatch(/482\.6亿元/)
    expect(service.metrics.states.wecom!.state).toBe('up')
  })
})

describeDigests({ open: () => createWecomFake(), tellsManagers: false, picture: 'by itself', knowsAgain: false })
