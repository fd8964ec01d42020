import { afterEach, describe, expect, it } from 'vitest'
import { DeliveryError } from '../../src/chat/delivery.js'
import { openSchedule, ROOM, type Schedule, type Shown } from '../support/schedule.js'

let schedule: Schedule
afterEach(() => schedule.close())

const HOUR_MS = 3_600_000
const days = (shown: Shown[]) => shown.map(({ at }) => at.slice(5))
const states = async (most = 50) =>
  (await schedule.store.ledger.rows.last({ chat: 'room' }, most)).map(({ state }) => state)
const REFUSED = () => new DeliveryError('refused', 'kicked')
const NOT_SENT = () => new DeliveryError('notSent', 'no line')
const UNKNOWN = (repeatable = false) => new DeliveryError('unknown', 'no receipt', { repeatable })

describe('哪天几点发', () => {
  it('国庆中秋：假期不发，调休的周日、周六照发', async () => {
    schedule = await openSchedule('2025-09-26 12:00')
    await schedule.subscribe()
    expect(days(await schedule.run('2025-10-13 12:00', HOUR_MS))).toEqual([
      '09-28 08:00',
      '09-29 08:00',
      '09-30 08:00',
      '10-09 08:00',
      '10-10 08:00',
      '10-11 08:00',
      '10-13 08:00',
    ])
  })

  it('春节：假期不发，节前的周日、节后的周六照发；跨月跨年也不漏', async () => {
    schedule = await openSchedule('2025-01-24 12:00')
    await schedule.subscribe()
    expect(days(await schedule.run('2025-02-10 12:00', HOUR_MS))).toEqual([
      '01-26 08:00',
      '01-27 08:00',
      '02-05 08:00',
      '02-06 08:00',
      '02-07 08:00',
      '02-08 08:00',
      '02-10 08:00',
    ])
    schedule.set('2025-12-30 12:00')
    expect(days(await schedule.run('2026-01-06 12:00', HOUR_MS))).toEqual([
      '12-31 08:00',
      '01-04 08:00',
      '01-05 08:00',
      '01-06 08:00',
    ])
  })

  it('程序所在的机器用别的时区，也按中国的钟', async () => {
    const before = process.env.TZ
    process.env.TZ = 'America/Los_Angeles'
    try {
      schedule = await openSchedule('2025-03-03 00:00')
      await schedule.subscribe()
      expect(days(await schedule.run('2025-03-04 09:00'))).toEqual(['03-03 08:00', '03-04 08:00'])
    } finally {
      process.env.TZ = before
    }
  })

  it('7:50 停、8:20 起：补发，说明是补的；停得过了窗口：记作错过，不补', async () => {
    schedule = await openSchedule('2025-03-03 07:50')
    await schedule.subscribe()
    await schedule.run('2025-03-03 07:50')
    schedule.restart()
    schedule.set('2025-03-03 08:20')
    const [late, ...more] = await schedule.run('2025-03-03 12:00')
    expect(late).toMatchObject({ at: '2025-03-03 08:20', above: expect.stringContaining('本该 08:00 发出') })
    expect(more).toEqual([])
    schedule.restart()
    schedule.set('2025-03-04 11:00')
    expect(await schedule.run('2025-03-04 23:00')).toEqual([])
    expect(await states()).toEqual(['missed', 'sent'])
  })

  it('停了三天：前几天的记作错过，窗口里的补一条，轮到的还是下一项', async () => {
    const office = { ...ROOM, chat: 'office' }
    schedule = await openSchedule('2025-03-03 07:00', { office: [office] })
    await schedule.subscribe()
    const [first] = await schedule.run('2025-03-03 09:00')
    schedule.restart()
    schedule.set('2025-03-06 08:30')
    const shown = await schedule.run('2025-03-06 12:00')
    expect(shown.filter(({ chat }) => chat === 'room')).toMatchObject([{ at: '2025-03-06 08:30' }])
    expect([first, shown.find(({ chat }) => chat === 'room')].map((each) => /第 (\d+) /.exec(each!.above)![1])).toEqual(
      ['1', '2'],
    )
    expect(await states()).toEqual(['sent', 'missed', 'missed', 'sent'])
    const told = shown.filter(({ chat, text }) => chat === 'office' && text.includes('没有送到'))
    expect(told).toHaveLength(1)
    expect(told[0]!.text).toContain('2025-03-04 08:00')
    expect(told[0]!.text).toContain('2025-03-05 08:00')
    expect(told[0]!.text).toContain('错过')
  })

  it('钟往回拨十分钟，不重发；往前跳，也只发一次', async () => {
    schedule = await openSchedule('2025-03-03 07:55')
    await schedule.subscribe()
    expect(await schedule.run('2025-03-03 08:01')).toHaveLength(1)
    schedule.set('2025-03-03 07:51')
    expect(await schedule.run('2025-03-03 08:30')).toEqual([])
    schedule.set('2025-03-04 07:59')
    await schedule.run('2025-03-04 07:59')
    schedule.set('2025-03-04 08:05')
    expect(await schedule.run('2025-03-04 08:06')).toHaveLength(1)
    schedule.set('2025-03-04 07:56')
    schedule.restart()
    expect(await schedule.run('2025-03-04 09:00')).toEqual([])
  })

  it('钟在发的当口往回拨，也只发一次', async () => {
    schedule = await openSchedule('2025-03-03 07:59')
    await schedule.subscribe()
    schedule.faults.push(NOT_SENT())
    expect(await schedule.run('2025-03-03 08:00')).toEqual([])
    schedule.set('2025-03-03 07:50')
    expect(await schedule.run('2025-03-03 09:00')).toHaveLength(1)
  })
})

describe('每条只发一次', () => {
  it('确实没发出的，隔一会儿再发；过了窗口就算没发出，告诉办公室', async () => {
    schedule = await openSchedule('2025-03-03 07:59')
    await schedule.subscribe()
    schedule.faults.push(NOT_SENT(), NOT_SENT())
    expect(await schedule.run('2025-03-03 08:05', 1000)).toMatchObject([{ at: '2025-03-03 08:00' }])
    expect(await schedule.store.ledger.rows.last({}, 1)).toMatchObject([{ state: 'sent', attempts: 3, message: 'm1' }])
    schedule.faults.push(...Array.from({ length: 500 }, NOT_SENT))
    schedule.set('2025-03-04 07:59')
    expect(await schedule.run('2025-03-04 11:00')).toEqual([])
    expect(await states(1)).toEqual(['failed'])
    schedule.faults.length = 0
    schedule.set('2025-03-05 07:59')
    expect((await schedule.run('2025-03-05 09:00')).map(({ above }) => /第 (\d+) /.exec(above)![1])).toEqual(['2'])
  })

  it('平台不收的，不再发；不知道到没到的，不再发，看得见', async () => {
    schedule = await openSchedule('2025-03-03 07:59')
    await schedule.subscribe()
    schedule.faults.push(REFUSED())
    expect(await schedule.run('2025-03-03 09:00')).toEqual([])
    schedule.faults.push(UNKNOWN())
    schedule.set('2025-03-04 07:59')
    expect(await schedule.run('2025-03-04 09:00')).toHaveLength(1)
    expect(await states()).toEqual(['unknown', 'failed'])
  })

  it('平台认得出是同一条的，再发一次，人只看到一条', async () => {
    schedule = await openSchedule('2025-03-03 07:59', { traits: { push: { remembersMs: 120_000 } } })
    await schedule.subscribe()
    schedule.faults.push(UNKNOWN(true))
    expect(await schedule.run('2025-03-03 08:05', 1000)).toHaveLength(1)
    expect(await schedule.store.ledger.rows.last({}, 1)).toMatchObject([{ state: 'sent', attempts: 2 }])
  })

  it('发到一半程序死了：下一个程序记作不知道，不再发；平台认得出的，马上再发', async () => {
    schedule = await openSchedule('2025-03-03 07:59')
    await schedule.subscribe()
    schedule.faults.push('dies')
    await schedule.run('2025-03-03 08:00')
    expect(await states()).toEqual(['sending'])
    schedule.restart()
    expect(await schedule.run('2025-03-03 09:00')).toEqual([])
    expect(await states()).toEqual(['unknown'])
    await schedule.close()

    schedule = await openSchedule('2025-03-03 07:59', { traits: { push: { remembersMs: 120_000 } } })
    await schedule.subscribe()
    schedule.faults.push('dies')
    await schedule.run('2025-03-03 08:00')
    schedule.restart()
    expect(await schedule.run('2025-03-03 09:00')).toHaveLength(1)
    expect(await states()).toEqual(['sent'])
  })

  it('补发是人定的：编号对得上就再发一次', async () => {
    schedule = await openSchedule('2025-03-03 07:59')
    await schedule.subscribe()
    schedule.faults.push(REFUSED())
    await schedule.run('2025-03-03 09:00')
    const [row] = await schedule.store.ledger.rows.last({}, 1)
    schedule.set('2025-03-03 15:00')
    await schedule.run('2025-03-03 15:00')
    expect(await schedule.store.ledger.again(row!.id, schedule.now())).toBe(true)
    const [again] = await schedule.run('2025-03-03 15:01')
    expect(again!.above).toMatch(/第 1 \/[^·]+· 本该 08:00 发出/)
    expect(await schedule.run('2025-03-03 18:00')).toEqual([])
  })
})

describe('轮着来', () => {
  it('每个项目都讲到一次才重头来，说得出是第几个；换一个程序接着往下', async () => {
    schedule = await openSchedule('2025-03-03 07:00')
    await schedule.subscribe({ digest: 'project', time: '08:00' })
    const total = Number(/\/ (\d+) /.exec((await schedule.run('2025-03-03 08:00', HOUR_MS))[0]!.above)![1])
    expect(total).toBeGreaterThan(40)
    for (let week = 0; schedule.shown.length <= total; week++) {
      schedule.restart()
      schedule.set(
        `2025-${String(3 + Math.floor(week / 4)).padStart(2, '0')}-${String(4 + (week % 4) * 7).padStart(2, '0')} 07:00`,
      )
      const end = new Date(schedule.now() + 6 * 24 * HOUR_MS + 8 * HOUR_MS).toISOString().slice(0, 16).replace('T', ' ')
      await schedule.run(end, HOUR_MS)
    }
    const numbers = schedule.shown.map(({ above }) => Number(/第 (\d+) /.exec(above)![1]))
    expect(numbers.slice(0, total + 1)).toEqual([...Array.from({ length: total }, (_, i) => i + 1), 1])
    const texts = schedule.shown.slice(0, total).map(({ text }) => text)
    expect(new Set(texts).size).toBeGreaterThan(total * 0.9)
    for (const { buttons } of schedule.shown) expect(buttons.length).toBeGreaterThanOrEqual(2)
  })

  it('每周给办公室的：没答上的问题，问得多的在前，不说是谁问的', async () => {
    schedule = await openSchedule('2025-03-03 07:00', { office: [{ ...ROOM, chat: 'office' }] })
    for (const question of ['有几座机场', '降雨量多少', '有几座机场？'])
      await schedule.store.voices.unanswered('p', question, schedule.now())
    const shown = await schedule.run('2025-03-03 10:00', HOUR_MS)
    expect(shown).toMatchObject([{ chat: 'office', at: '2025-03-03 09:00' }])
    expect(shown[0]!.text.split('\n').slice(1, 3)).toEqual(['“有几座机场？”', '“降雨量多少”'])
    expect(shown[0]!.buttons).toHaveLength(2)
  })
})
