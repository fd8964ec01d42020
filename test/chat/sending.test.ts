import { describe, expect, it, vi } from 'vitest'
import { type Block, blocksOf, inert, parted } from '../../src/chat/blocks.js'
import { DeliveryError, deliver, type Fate } from '../../src/chat/delivery.js'
import { createLanes } from '../../src/chat/lanes.js'
import { createPace } from '../../src/chat/pace.js'
import { noticeReply } from '../../src/chat/pages.js'
import { desk } from '../support/service.js'

describe('分页', () => {
  const all = (parts: Block[][]) =>
    parts
      .flat()
      .map(({ text }) => text)
      .join('')

  it('一个字也不少，每页都不超长，在句子的末尾断开', () => {
    for (const question of ['产业有哪些', '去年GDP是多少', '微科', '今年要建设哪些']) {
      for (const reply of desk().answer(question).pages) {
        const blocks = blocksOf(reply)
        for (const longest of [40, 100, 333, 5000]) {
          const parts = parted(blocks, longest)
          expect(all(parts)).toBe(all([blocks]))
          for (const part of parts)
            expect(part.reduce((sum, { text }) => sum + text.length + 1, 0)).toBeLessThanOrEqual(longest)
        }
      }
    }
    const [first] = parted([{ kind: 'line', text: `${'一'.repeat(20)}。${'二'.repeat(30)}` }], 40)
    expect(first![0]!.text).toBe(`${'一'.repeat(20)}。`)
  })

  it('不把一个字劈成两半', () => {
    for (const part of parted([{ kind: 'line', text: '𠮷'.repeat(100) }], 12))
      for (const { text } of part) expect(text).not.toMatch(/[\uD800-\uDBFF]$|^[\uDC00-\uDFFF]/)
  })

  it('引文和出处放在一起', () => {
    const blocks: Block[] = [
      { kind: 'headline', text: '题'.repeat(30) },
      { kind: 'quote', text: '“引文”' },
      { kind: 'place', text: '——出处' },
    ]
    expect(parted(blocks, 38).map((part) => part.map(({ kind }) => kind))).toEqual([['headline'], ['quote', 'place']])
  })

  it('机器人自己的话里，@、网址都不是活的；引文照原样', () => {
    const text = '@所有人 #火星 https://a.cn www.evil.example 163.com 火星.com 1.2.3.4 /start 增长1.5%，占1.2万亩/户'
    expect(inert(text)).toBe(
      '＠所有人 ＃火星 https：//a．cn www．evil．example 163．com 火星．com 1.2．3．4 ／start 增长1.5%，占1.2万亩/户',
    )
    expect(blocksOf(noticeReply(text))).toEqual([{ kind: 'headline', text: inert(text) }])
  })
})

describe('送出去', () => {
  const attempt = async (fates: (Fate | 'sent' | 'repeatable')[]) => {
    vi.useFakeTimers()
    const tries: boolean[] = []
    const waits: number[] = []
    const result = deliver(
      async (mayBeShown) => {
        tries.push(mayBeShown)
        const fate = fates[tries.length - 1] ?? fates.at(-1)!
        if (fate === 'sent') return 'id'
        if (fate === 'repeatable') throw new DeliveryError('unknown', 'x', { repeatable: true })
        throw new DeliveryError(fate, 'x', fate === 'limited' ? { retryAfterMs: 7000 } : {})
      },
      (waitMs) => waits.push(waitMs),
      new AbortController().signal,
    )
    await vi.advanceTimersByTimeAsync(60 * 60_000)
    vi.useRealTimers()
    return { tries, waits, ...(await result) }
  }

  it('确实没出去的，隔一会儿再送', async () => {
    expect(await attempt(['notSent', 'notSent', 'sent'])).toMatchObject({
      outcome: 'sent',
      message: 'id',
      waits: [500, 1000],
    })
  })
  it('平台说等多久就等多久', async () => {
    expect(await attempt(['limited', 'sent'])).toMatchObject({ outcome: 'sent', waits: [7000] })
  })
  it('可能已经出去的，不再送；平台认得出是同一条的，再送一次', async () => {
    expect(await attempt(['unknown', 'sent'])).toMatchObject({ outcome: 'unknown', tries: [false] })
    expect(await attempt(['repeatable', 'sent'])).toMatchObject({ outcome: 'sent', tries: [false, true] })
  })
  it('平台要等多久都等，不作罢', async () => {
    expect(await attempt([...Array<Fate>(400).fill('limited'), 'sent'])).toMatchObject({ outcome: 'sent' })
  })
  it('平台不收的，不再送', async () => {
    expect(await attempt(['refused'])).toMatchObject({ outcome: 'refused', tries: [false] })
  })
  it('总也送不出去，半小时后作罢；中间可能出去过的，说不准', async () => {
    expect(await attempt(['notSent'])).toMatchObject({ outcome: 'givenUp' })
    expect(await attempt(['repeatable', 'notSent'])).toMatchObject({ outcome: 'unknown' })
  })
})

describe('快慢', () => {
  it('不管怎么问，任何一段时间里都不超过平台的规定，也一条不丢', async () => {
    vi.useFakeTimers()
    const limits = {
      page: 1,
      chat: [],
      group: [
        { messages: 5, everyMs: 5000 },
        { messages: 20, everyMs: 60_000 },
      ],
      overall: [{ messages: 6, everyMs: 1000 }],
    }
    const pace = createPace(limits, Date.now)
    const sent: { chat: string; at: number }[] = []
    const asks = Array.from({ length: 120 }, (_, i) => {
      const chat = `c${i % 3}`
      return pace.run(
        { chat, group: true },
        async () => void sent.push({ chat, at: Date.now() }),
        () => undefined,
      )
    })
    await vi.advanceTimersByTimeAsync(10 * 60_000)
    await Promise.all(asks)
    vi.useRealTimers()
    const most = (times: number[], windowMs: number) =>
      Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + windowMs).length))
    expect(sent).toHaveLength(120)
    expect(
      most(
        sent.map(({ at }) => at),
        1000,
      ),
    ).toBeLessThanOrEqual(6)
    for (const chat of ['c0', 'c1', 'c2']) {
      const times = sent.filter((s) => s.chat === chat).map(({ at }) => at)
      expect(most(times, 5000)).toBeLessThanOrEqual(5)
      expect(most(times, 60_000)).toBeLessThanOrEqual(20)
    }
  })

  it('同一个人的话按先后，别人的不等他；一句出错不挡后面的', async () => {
    const order: string[] = []
    const faults: unknown[] = []
    const lanes = createLanes((cause) => faults.push(cause))
    const task = (name: string, ms: number) => async () => {
      await new Promise((done) => setTimeout(done, ms))
      order.push(name)
      if (name === '安1') throw new Error('坏了')
    }
    lanes.run('安', task('安1', 30))
    lanes.run('安', task('安2', 0))
    lanes.run('博', task('博1', 5))
    await lanes.idle()
    expect(order).toEqual(['博1', '安1', '安2'])
    expect(faults).toHaveLength(1)
  })
})

describe('限速的钟', () => {
  it('墙上的钟往回拨，不耽误谁：限速用的钟只往前走', async () => {
    vi.useFakeTimers()
    const pace = createPace({ chat: [], group: [{ messages: 2, everyMs: 1000 }], overall: [] }, () => performance.now())
    const send = () => pace.run({ chat: 'c', group: true }, async () => undefined)
    await Promise.all([send(), send()])
    vi.setSystemTime(Date.now() - 600_000)
    let isDone = false
    void send().then(() => {
      isDone = true
    })
    await vi.advanceTimersByTimeAsync(1100)
    vi.useRealTimers()
    expect(isDone).toBe(true)
  })

  it('几千条往外发的时候，来问的排在前面，马上有位子', async () => {
    vi.useFakeTimers()
    const pace = createPace({ chat: [], group: [], overall: [{ messages: 30, everyMs: 1000 }] }, Date.now)
    const sent: number[] = []
    const arrive = () => new Promise<void>((done) => setTimeout(done, 30))
    const bulk = Array.from({ length: 600 }, (_, i) =>
      pace.run({ chat: `c${i}`, group: true, bulk: true }, async () => {
        await arrive()
        sent.push(Date.now())
      }),
    )
    const waits: number[] = []
    for (let i = 0; i < 15; i++) {
      await vi.advanceTimersByTimeAsync(1000)
      const asked = Date.now()
      void pace.run({ chat: 'q', group: true }, async () => void waits.push(Date.now() - asked))
    }
    await vi.advanceTimersByTimeAsync(20_000)
    await Promise.all(bulk)
    vi.useRealTimers()
    // Three places of thirty a second at most.
    expect(Math.max(...waits)).toBeLessThanOrEqual(100)
    for (const from of sent) expect(sent.filter((at) => at >= from && at < from + 1000).length).toBeLessThanOrEqual(30)
    const took = (sent.at(-1)! - sent[0]!) / 1000
    expect(took).toBeLessThan((600 / 30) * 1.1)
  })
})
