import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTelegramFake, type TelegramFake } from '../fakes/telegram.js'
import { freePort } from '../support/port.js'
import { openScene, type Scene } from '../support/scene.js'
import { until } from '../support/service.js'
import { describeContract } from './contract.js'
import { describeDigests } from './digests.js'

describeContract('telegram', () => createTelegramFake())

/** What the bot sent, as the server got it. */
const sentBy = (raw: unknown) => raw as { text: string; message_thread_id?: number; reply_markup?: unknown }

describe('telegram alone', () => {
  let scene: Scene<TelegramFake>
  beforeEach(async () => {
    scene = await openScene(await createTelegramFake())
  })
  afterEach(() => scene.close())

  it('shows the sentence as a block quotation, and the figure first', async () => {
    const { raw } = await scene.answerTo(await scene.ask('ann', '去年粮食产量多少'))
    const [first, ...rest] = sentBy(raw).text.split('\n')
    expect(first).toMatch(/^<b>.*9700万斤.*<\/b>$/)
    expect(rest.join('\n')).toMatch(/<blockquote>“.*9700万斤.*”<\/blockquote>\n<i>——.*<\/i>$/)
  })

  it('registers its commands, and each answers', async () => {
    const names = (scene.fake.commands() as { command: string }[]).map(({ command }) => command)
    expect(names).toEqual(['start', 'help', 'zb', 'xm', 'mc', 'mb', 'yd', 'dy', 'td', 'wd', 'yl', 'gd', 'zt', 'hf'])
    const cases: [command: string, shown: RegExp][] = [
      ['/start', /我是有据/],
      ['/help', /查指标和目标/],
      ['/zb 粮食产量', /9700万斤/],
      ['/xm 永臻科技', /永臻科技/],
      ['/mc 新质生产力', /新质生产力/],
      ['/mb', /8%左右/],
      ['/yd', /计划执行情况/],
      ['/zb', /写上指标/],
      ['/dy 每日一项 8:30', /只有管理员/],
      ['/wd', /还没有订阅/],
      ['/yl 每日一词', /每日一词 · 第 1/],
      ['/gd', /写上时间/],
      ['/zt', /写上到哪一天/],
      [`/zb@${scene.fake.botUsername} 研发经费投入`, /4\.2亿元/],
    ]
    for (const [i, [text, shown]] of cases.entries()) {
      const id = await scene.ask(`p${i}`, text, { mention: false, chat: `room ${i}` })
      expect((await scene.answerTo(id)).text, text).toMatch(shown)
    }
  })

  it('leaves commands of other bots alone', async () => {
    for (const text of ['/zb@other_bot 粮食产量', '/weather 明天', '/zb_x 1'])
      await scene.ask('ann', text, { mention: false })
    expect(await scene.settled()).toBe(0)
  })

  it('answers in the topic that was asked in, each with a thread of its own', async () => {
    const say = (text: string, thread: string) =>
      scene.fake.say({ text, chat: 'forum', group: true, from: 'ann', mention: true, thread })
    const one = await scene.answerTo(await say('去年GDP是多少', '经济'))
    await scene.answerTo(await say('去年粮食产量多少', '农业'))
    expect(Number(sentBy(one.raw).message_thread_id)).toBe(scene.fake.threadId('forum', '经济'))
    expect((await scene.answerTo(await say('今年目标呢', '经济'))).text).toMatch(/8%左右/)
  })

  it('goes on from the message of its own that is replied to', async () => {
    const gdp = await scene.answerTo(await scene.ask('ann', '去年GDP是多少'))
    await scene.answerTo(await scene.ask('ann', '去年粮食产量多少'))
    const id = await scene.ask('bob', '今年目标呢', { mention: false, replyTo: gdp.id })
    expect((await scene.answerTo(id)).text).toMatch(/地区生产总值同比增长8%左右/)
  })

  it('answers a message that becomes a question only when it is edited', async () => {
    const id = await scene.ask('ann', '大家好', { mention: false })
    await scene.fake.edit(id, `@${scene.fake.botUsername} 去年粮食产量多少`)
    expect((await scene.answerTo(id)).text).toMatch(/9700万斤/)
  })

  it('offers answers inline, with the quotation in what is sent', async () => {
    const [gdp] = await scene.fake.inline('ann', '去年GDP是多少')
    expect(JSON.stringify(gdp)).toMatch(/482\.6亿元.*<blockquote>“预计全年/)
    expect((await scene.fake.inline('ann', '微科')).length).toBeGreaterThan(1)
    expect(await scene.fake.inline('ann', '')).toEqual([])
  })

  it('is held up by nothing that cannot be read', async () => {
    expect(await scene.fake.inline('eve', '去年GDP\uFFFD')).toEqual([])
    const id = await scene.ask('eve', '去年\u0007粮食产量')
    expect((await scene.answerTo(id)).text).toMatch(/控制字符/)
    expect((await scene.answerTo(await scene.ask('ann', '去年粮食产量多少'))).text).toMatch(/9700万斤/)
  })

  it('is not mentioned by an address that holds its name', async () => {
    const name = scene.fake.botUsername
    for (const text of [`发到 me@${name}.example 去年GDP`, `见 https://x.example/@${name} 去年GDP`])
      await scene.ask('ann', text, { mention: false })
    expect(await scene.settled()).toBe(0)
  })

  it('says of a voice message that it reads text only, in a private chat', async () => {
    const id = await scene.fake.say({ text: '', chat: 'ann', group: false, from: 'ann', voice: true })
    expect((await scene.answerTo(id)).text).toMatch(/只读文字/)
  })
})

describe('telegram by webhook', () => {
  it('takes updates with the secret only, and answers', async () => {
    const port = await freePort()
    const scene = await openScene(await createTelegramFake(), {
      TELEGRAM_WEBHOOK_URL: `http://127.0.0.1:${port}/hook`,
      TELEGRAM_WEBHOOK_SECRET: 'a_secret-of-the-hook',
      TELEGRAM_WEBHOOK_PORT: String(port),
    })
    const id = await scene.ask('ann', '去年粮食产量多少')
    expect((await scene.answerTo(id)).text).toMatch(/9700万斤/)
    const forged = await fetch(`http://127.0.0.1:${port}/hook`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': 'guessed' },
      body: JSON.stringify({
        update_id: 1,
        message: { message_id: 9, date: 1, chat: { id: 1, type: 'private' }, text: 'x' },
      }),
    })
    expect(forged.status).toBe(401)
    const send = (body: string, method = 'POST') =>
      fetch(`http://127.0.0.1:${port}/hook`, {
        method,
        headers: { 'x-telegram-bot-api-secret-token': 'a_secret-of-the-hook' },
        ...(method === 'GET' ? {} : { body }),
      }).then(({ status }) => status)
    expect(await Promise.all(['null', '1', '"x"', '{', '{}'].map((body) => send(body)))).toEqual([
      400, 400, 400, 400, 400,
    ])
    expect(await send('', 'GET')).toBe(405)
    expect(await send('x'.repeat(2_000_000)).catch(() => 413)).toBe(413)
    expect(await scene.settled()).toBe(1)
    await scene.close()
  })
})

it('finds out by itself that nobody is there yet, and comes when somebody is', async () => {
  const fake = await createTelegramFake()
  fake.inject({ kind: 'disconnected' })
  const scene = await openScene(fake)
  await until('a connection', () => fake.connections() > 0)
  expect((await scene.answerTo(await scene.ask('ann', '去年粮食产量多少'))).text).toMatch(/9700万斤/)
  await scene.close()
})

describeDigests({ open: () => createTelegramFake(), tellsManagers: true, picture: 'with the text', knowsAgain: false })
