import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DeliveryError } from '../../src/chat/delivery.js'
import { DIGESTS } from '../../src/digest/rows.js'
import { wishIn } from '../../src/digest/wish.js'
import { openSchedule, ROOM, type Schedule } from '../support/schedule.js'

const TODAY = '2025-03-03'
const wish = (text: string) => {
  const { verb, digests, all, time, day } = wishIn(text, TODAY) ?? {}
  return [verb, ...(digests ?? []).map(({ name }) => name), ...(all ? ['all'] : []), time, day]
    .filter((part) => part !== undefined)
    .join(' ')
}

describe('听得懂', () => {
  it.each([
    ['订阅', 'subscribe'],
    ['我要订阅', 'subscribe'],
    ['请帮我订阅一下每日一词吧', 'subscribe term'],
    ['订阅项目和名词', 'subscribe term project'],
    ['每天早上8:30发一下，订阅主要目标', 'subscribe headline 08:30'],
    ['订阅全部', 'subscribe all'],
    ['退订', 'unsubscribe'],
    ['退订每日一项', 'unsubscribe project'],
    ['取消订阅', 'unsubscribe'],
    ['别推了', 'unsubscribe'],
    ['我的订阅', 'mine'],
    ['我们订阅了什么', 'mine'],
    ['预览今天的', 'preview'],
    ['预览一下每日一节', 'preview section'],
    ['改到 8:30', 'change 08:30'],
    ['把时间改到八点半', 'change 08:30'],
    ['每日一词改到下午3点', 'change term 15:00'],
    ['暂停到周一', 'pause 2025-03-10'],
    ['推送先暂停到3月10日', 'pause 2025-03-10'],
    ['暂停三天', 'pause 2025-03-06'],
    ['恢复推送', 'resume'],
    ['可以订阅哪些', 'which'],
    ['不订阅了', 'unsubscribe'],
    ['取消暂停', 'resume'],
    ['推送暂停三天可以吗', 'pause 2025-03-06'],
    ['我现在订阅每日一词', 'subscribe term'],
    ['有哪些可以订阅的？', 'which'],
    ['我订阅了啥', 'mine'],
    ['帮我们群订一个每日推送', 'subscribe'],
    ['不想收了', 'unsubscribe'],
    ['先停三天', 'pause 2025-03-06'],
    ['訂閱每日一詞', 'subscribe term'],
    ['暫停到下週一', 'pause 2025-03-10'],
    ['改到８：３０', 'change 08:30'],
  ])('%s', (text, expected) => expect(wish(text).split(' ').sort()).toEqual(expected.split(' ').sort()))

  it.each([
    '去年GDP是多少',
    '订阅用户有多少',
    '报纸订阅完成了多少',
    '规划改到哪一年了',
    '会议改到8:30的有几场',
    '哪些项目暂停了',
    '恢复了多少亩耕地',
    '退订率是多少',
    '不退订了',
    '先不退订',
    '项目暂停了吗',
    '项目停发了吗',
    '目标改到8点了吗',
    '指标恢复了吗',
    '预览馆什么时候建成',
    '今年的目标',
    '项目进度',
  ])('问报告的，不当成订阅：%s', (text) => expect(wishIn(text, TODAY)).toBeUndefined())
})

describe('在群里说', () => {
  let schedule: Schedule
  beforeEach(async () => {
    schedule = await openSchedule('2025-03-03 07:00')
  })
  afterEach(() => schedule.close())
  const again = async (options: Parameters<typeof openSchedule>[1], start = '2025-03-03 07:00') => {
    await schedule.close()
    schedule = await openSchedule(start, options)
  }

  it('订阅、改时间、暂停、恢复、退订，都照办，说得出下一次', async () => {
    expect(await schedule.say('我的订阅')).toContain('还没有订阅')
    expect(await schedule.say('订阅')).toContain('主要目标：工作日（含调休） 08:00，下一次 3月3日（周一）08:00')
    expect(await schedule.say('改到8:30')).toContain('08:30，下一次 3月3日（周一）08:30')
    expect(await schedule.run('2025-03-03 08:29')).toEqual([])
    expect(await schedule.run('2025-03-03 08:30')).toHaveLength(1)
    expect(await schedule.say('暂停到周四')).toContain('暂停中，3月6日（周四）08:30 再发')
    expect((await schedule.run('2025-03-06 12:00')).map(({ at }) => at)).toEqual(['2025-03-06 08:30'])
    expect(await schedule.say('暂停到下周一')).toContain('3月10日（周一）')
    expect(await schedule.say('恢复')).toContain('下一次 3月7日（周五）08:30')
    expect(await schedule.say('退订')).toContain('已退订“主要目标”')
    expect(await schedule.run('2025-03-09 12:00')).toEqual([])
    expect(await schedule.say('我的订阅')).toContain('还没有订阅')
  })

  it('当天发过了，改时间从明天起；退了再订，接着往下讲', async () => {
    await schedule.say('订阅')
    const [first] = await schedule.run('2025-03-03 08:10')
    expect(await schedule.say('改到9:00')).toContain('下一次 3月4日（周二）09:00')
    expect(await schedule.run('2025-03-03 18:00')).toEqual([])
    await schedule.say('退订')
    await schedule.say('订阅')
    const [second] = await schedule.run('2025-03-04 09:00')
    expect([first, second].map((shown) => /第 (\d+) /.exec(shown!.above)![1])).toEqual(['1', '2'])
  })

  it('订了几种又没说哪一种，让人选；说了就只动那一种', async () => {
    await schedule.say('订阅每日一项和每日一词')
    expect(await schedule.say('退订')).toMatch(/哪一种[\s\S]*退订每日一词[\s\S]*退订全部/)
    expect(await schedule.say('退订每日一词')).toContain('已退订“每日一词”')
    expect(await schedule.say('退订每日一节')).toContain('没有订阅“每日一节”')
    expect(await schedule.say('我的订阅')).not.toContain('一词')
    await schedule.say('订阅每日一词')
    expect(await schedule.say('全部改到9:00')).toMatch(/一项[^\n]*09:00[\s\S]*一词[^\n]*09:00/)
  })

  it('预览就是到点要发的那一条', async () => {
    const seen = await schedule.say('预览今天的')
    await schedule.say('订阅')
    const [sent] = await schedule.run('2025-03-03 08:00')
    expect(seen).toContain(sent!.text)
    expect(seen).toContain('预览，还没有发出')
    expect(await schedule.say('预览每日一词')).toMatch(/每日一词 · 第 1 \/ \d+ 个名词/)
  })

  it('群里只有管理员和指定的人能管；私聊里自己订自己的', async () => {
    await again({ manages: false })
    expect(await schedule.say('订阅')).toContain('只有管理员')
    expect(await schedule.say('订阅', { person: 'clerk' })).toContain('已订阅')
    expect(await schedule.say('退订')).toContain('只有管理员')
    expect(await schedule.say('订阅', { chat: 'ann', group: false })).toContain('已订阅')
    expect(await schedule.say('我的订阅')).toContain('主要目标')
  })

  it('问有哪些可以订，列出来；没有暂停的推送，“恢复”是问报告', async () => {
    expect(await schedule.say('可以订阅哪些')).toMatch(/主要目标[\s\S]*每日一项[\s\S]*每日一词/)
    expect(await schedule.say('可以订阅哪些')).not.toContain('没答上')
    await schedule.say('订阅')
    expect(await schedule.say('恢复')).toBeUndefined()
    await schedule.say('暂停三天')
    expect(await schedule.say('恢复')).toContain('已恢复')
  })

  it('没发出的那天，改时间当天就再来；到点以后暂停了的，不再试', async () => {
    await schedule.say('订阅')
    schedule.faults.push(new DeliveryError('refused', 'x'))
    await schedule.run('2025-03-03 08:10')
    expect(await schedule.say('改到9:00')).toContain('下一次 3月3日（周一）09:00')
    expect(await schedule.run('2025-03-03 09:00')).toHaveLength(1)
    await schedule.run('2025-03-04 08:50')
    schedule.faults.push(new DeliveryError('notSent', 'x', { retryAfterMs: 1_200_000 }))
    await schedule.run('2025-03-04 09:00')
    await schedule.say('暂停到周五')
    expect(await schedule.run('2025-03-05 23:00')).toEqual([])
  })

  it('推不了的地方说明白，不假装订上', async () => {
    expect(await schedule.say('订阅', { platform: 'terminal' })).toContain('收不了推送')
    expect(await schedule.say('预览今天的', { platform: 'terminal' })).toContain('主要目标')
  })

  it('给办公室的那种，只有办公室的群能订', async () => {
    expect(await schedule.say('订阅没答上的问题')).toContain('只发给办公室')
    expect(await schedule.say('预览没答上的问题')).toContain('只发给办公室')
    await again({ office: [ROOM] })
    await schedule.store.voices.unanswered('p', '有几座机场', schedule.now())
    expect(await schedule.say('预览没答上的问题')).toContain('有几座机场')
    expect(await schedule.say('订阅没答上的问题')).toContain('已订阅')
  })
})

it('每一种推送，每一项都讲得出来，都有两个可以点的问题', async () => {
  const { desk } = await import('../support/service.js')
  const { createTeller } = await import('../../src/digest/tell.js')
  const teller = createTeller(desk(), async () => [])
  for (const digest of DIGESTS) {
    const total = teller.count(digest)
    for (let position = 0; position < total; position++) {
      const telling = teller.tell(digest, position)
      expect(telling, `${digest.name} ${position}`).toMatchObject({ position })
      expect(telling!.pages[0]!.suggestions, `${digest.name} ${position}`).toHaveLength(2)
      if (digest.name !== 'unanswered') expect(telling!.pages.every(({ citations }) => citations.length > 0)).toBe(true)
    }
  }
})

it('每日一节讲完一轮，报告里的每个数都引到过；名词和项目也都讲到', async () => {
  const { desk } = await import('../support/service.js')
  const { CONTENTS } = await import('../../src/digest/contents/index.js')
  const { first } = desk()
  const told = (name: string) =>
    CONTENTS.get(name)!
      .items(first.report, [])
      .flatMap((item) => first.tell(item()))
  const quoted = [...told('section'), ...told('term')].flatMap(({ citations }) => citations)
  const missing = first.report.figures.filter((f) => !quoted.some((c) => c.start <= f.start && f.end <= c.end))
  expect(missing.map((f) => f.sentence.text)).toEqual([])
  expect(told('project').length).toBe(first.report.entities.length)
  expect(told('term').length).toBe(first.report.terms.length)
})
