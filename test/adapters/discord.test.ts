import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDiscordFake, type DiscordFake } from '../fakes/discord.js'
import { openScene, type Scene } from '../support/scene.js'
import { describeContract } from './contract.js'
import { describeDigests } from './digests.js'

const createFake = () => createDiscordFake({ groups: ['room'] })

describeContract('discord', createFake, {
  skips: {
    'reports that another program took its place, and is not stopped by it':
      'any number of programs may connect with one token',
  },
})

describe('discord alone', () => {
  let scene: Scene<DiscordFake>
  beforeEach(async () => {
    scene = await openScene(await createFake())
  })
  afterEach(() => scene.close())

  it('answers slash commands', async () => {
    const cases: [command: string, options: Record<string, string>, shown: RegExp][] = [
      ['zb', { 指标: '粮食产量' }, /9700万斤/],
      ['xm', { 项目: '永臻科技' }, /永臻科技/],
      ['mc', { 名词: '新质生产力' }, /新质生产力/],
      ['mb', {}, /8%左右/],
      ['yd', {}, /计划执行情况/],
      ['help', {}, /查指标和目标/],
    ]
    for (const [command, options, shown] of cases) {
      const id = await scene.fake.slash('ann', 'room', true, command, options)
      expect((await scene.answerTo(id)).text, command).toMatch(shown)
    }
  })

  it("completes with the report's own indicators, projects and terms", async () => {
    const choices = async (command: string, option: string, typed: string) =>
      (await scene.fake.autocomplete('ann', 'room', command, option, typed))!
        .map((choice) => JSON.stringify(choice))
        .join()
    expect(await choices('zb', '指标', '地区生产')).toContain('地区生产总值')
    expect(await choices('xm', '项目', '永臻')).toContain('永臻')
    expect(await choices('mc', '名词', '')).not.toBe('')
  })

  it('sends again under the same nonce what may not have arrived: it is shown once', async () => {
    scene.fake.inject({ kind: 'dropped' })
    await scene.answerTo(await scene.ask('ann', '去年GDP是多少'))
    scene.fake.inject({ kind: 'lostAck' })
    await scene.answerTo(await scene.ask('bob', '去年GDP是多少'))
    expect(await scene.settled()).toBe(2)
  })

  it('puts the headline in the message, for the notification, and the evidence below it', async () => {
    const { raw } = await scene.answerTo(await scene.ask('ann', '去年粮食产量多少'))
    const { content, embeds } = raw as { content: string; embeds: { description: string }[] }
    expect(content).toMatch(/^\*\*.*9700万斤.*\*\*$/)
    expect(embeds[0]!.description).toMatch(/^> “.*9700万斤.*”\n-# ——/)
  })
})

it('answers a stranger who uses a command each time: silence would look like thinking', async () => {
  const scene = await openScene(await createFake(), { YOUJU_ALLOW: 'discord:somebody' })
  for (let i = 0; i < 2; i++) {
    const id = await scene.fake.slash('ann', 'room', true, 'zb', { 指标: '粮食产量' })
    expect(await scene.answerTo(id)).toMatchObject({ text: expect.stringMatching(/只对指定/), onlyTo: 'ann' })
  }
  expect(await scene.fake.autocomplete('ann', 'room', 'zb', '指标', '粮')).toEqual([])
  await scene.close()
}, 60_000)

describe('discord without leave to read what is not meant for the bot', () => {
  it('does without, and says so where a quoted message cannot be read', async () => {
    const scene = await openScene(await createDiscordFake({ groups: ['room'], messageContent: false }))
    const { ask, answerTo } = scene
    expect((await answerTo(await ask('ann', '去年粮食产量多少'))).text).toMatch(/9700万斤/)
    const asked = await ask('bob', '这个数对吗', { quotes: '今年GDP目标增长9%' })
    expect((await answerTo(asked)).text).toMatch(/平台没有把内容给我/)
    await scene.close(/4014/)
  }, 60_000)
})

describeDigests({ open: () => createDiscordFake(), tellsManagers: true, picture: 'with the text', knowsAgain: true })
