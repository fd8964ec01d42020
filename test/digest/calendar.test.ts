import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  type Days,
  dayOf,
  dueTimes,
  isArranged,
  plusDays,
  scheduleFault,
  startOfDay,
  timeOf,
  weekdayOf,
} from '../../src/digest/calendar.js'

const CHINA = 'Asia/Shanghai'
const hostZone = process.env.TZ

afterEach(() => {
  if (hostZone === undefined) delete process.env.TZ
  else process.env.TZ = hostZone
})

/** Days of month: all from the first to the last, or those that are listed. */
function days(month: string, ...parts: (number | [from: number, to: number])[]): string[] {
  return parts
    .flatMap((part) =>
      typeof part === 'number' ? part : Array.from({ length: part[1] - part[0] + 1 }, (_, i) => part[0] + i),
    )
    .map((day) => `${month}-${String(day).padStart(2, '0')}`)
}

/** Local days on which a digest comes, both ends included. */
function dueDays(which: Days, from: string, to: string, zone = CHINA): string[] {
  const [after, until] = [startOfDay(from, zone) - 1, startOfDay(plusDays(to, 1), zone) - 1]
  return dueTimes({ time: '08:30', zone, days: which }, after, until).map((ms) => dayOf(ms, zone))
}

/** Local days and times at which a digest comes. */
function moments(time: string, zone: string, from: string, to: string, which: Days = 'daily'): string[] {
  const [after, until] = [startOfDay(from, zone) - 1, startOfDay(plusDays(to, 1), zone) - 1]
  return dueTimes({ time, zone, days: which }, after, until).map((ms) => `${dayOf(ms, zone)} ${timeOf(ms, zone)}`)
}

describe('法定工作日', () => {
  it('2025年春节：1月28日至2月4日放假，1月26日（周日）、2月8日（周六）上班', () => {
    expect(dueDays('workdays', '2025-01-20', '2025-02-16')).toEqual([
      ...days('2025-01', [20, 24], 26, 27),
      ...days('2025-02', [5, 8], [10, 14]),
    ])
  })

  it('2025年国庆、中秋：10月1日至8日放假，9月28日（周日）、10月11日（周六）上班', () => {
    expect(dueDays('workdays', '2025-09-22', '2025-10-19')).toEqual([
      ...days('2025-09', [22, 26], [28, 30]),
      ...days('2025-10', [9, 11], [13, 17]),
    ])
  })

  it('2026年春节：2月15日至23日放假，2月14日（周六）、2月28日（周六）上班', () => {
    expect(dueDays('workdays', '2026-02-09', '2026-03-08')).toEqual([
      ...days('2026-02', [9, 14], [24, 28]),
      ...days('2026-03', [2, 6]),
    ])
  })

  it('2026年中秋、国庆：9月25日至27日、10月1日至7日放假，9月20日（周日）、10月10日（周六）上班', () => {
    expect(dueDays('workdays', '2026-09-14', '2026-10-18')).toEqual([
      ...days('2026-09', [14, 18], [20, 24], [28, 30]),
      ...days('2026-10', [8, 10], [12, 16]),
    ])
  })

  it('两年里周末上班的就这十一天', () => {
    const weekends = dueDays('workdays', '2025-01-01', '2026-12-31').filter((day) => weekdayOf(day) > 5)
    expect(weekends).toEqual([
      ...['2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11'],
      ...['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
    ])
  })

  it('还没有安排的年份按周一到周五，并且说得出来', () => {
    expect(isArranged('2026-12-31')).toBe(true)
    expect(isArranged('2099-01-01')).toBe(false)
    expect(dueDays('workdays', '2099-09-28', '2099-10-11')).toEqual(dueDays('weekdays', '2099-09-28', '2099-10-11'))
  })

  it('knowledge/workdays.yaml 里写的压过软件包里的', async () => {
    const rows = { work: ['2026-10-07', '2099-10-10'], rest: ['2026-10-10', '2099-10-01', '2099-10-02'] }
    vi.doMock('../../src/knowledge/read.js', () => ({ readRows: () => rows }))
    // A second copy of the module; the others of this worker keep theirs.
    const copy = '../../src/digest/calendar.js?rows'
    const office = (await import(copy)) as typeof import('../../src/digest/calendar.js')
    vi.doUnmock('../../src/knowledge/read.js')
    const schedule = { time: '08:30', zone: CHINA, days: 'workdays' as const }
    const from = (day: string, to: string) =>
      office.dueTimes(schedule, startOfDay(day, CHINA), startOfDay(to, CHINA)).map((ms) => dayOf(ms, CHINA))
    expect(from('2026-10-05', '2026-10-12')).toEqual(days('2026-10', 7, 8, 9))
    expect(from('2099-09-30', '2099-10-12')).toEqual(['2099-09-30', ...days('2099-10', [5, 10])])
    expect([office.isArranged('2099-03-01'), office.isArranged('2098-03-01')]).toEqual([true, false])
  })
})

describe('哪几天', () => {
  it('每天，跨月、跨年、闰日都不漏', () => {
    expect(dueDays('daily', '2026-11-29', '2026-12-02')).toEqual([
      '2026-11-29',
      '2026-11-30',
      '2026-12-01',
      '2026-12-02',
    ])
    expect(dueDays('daily', '2026-12-31', '2027-01-01')).toEqual(['2026-12-31', '2027-01-01'])
    expect(dueDays('daily', '2028-02-28', '2028-03-01')).toEqual(['2028-02-28', '2028-02-29', '2028-03-01'])
    expect(dueDays('daily', '2027-02-28', '2027-03-01')).toEqual(['2027-02-28', '2027-03-01'])
  })

  it('周一到周五不管放假；也可以点名星期几，7是周日', () => {
    expect(dueDays('weekdays', '2026-10-01', '2026-10-06')).toEqual(days('2026-10', 1, 2, 5, 6))
    expect(dueDays([7, 1], '2026-11-22', '2026-11-30')).toEqual(days('2026-11', 22, 23, 29, 30))
  })

  it('cron 式：每月1日、每月最后一天、2月29日；写了几点就是几点', () => {
    expect(moments('', CHINA, '2026-11-15', '2027-02-15', { cron: '30 8 1 * *' })).toEqual([
      '2026-12-01 08:30',
      '2027-01-01 08:30',
      '2027-02-01 08:30',
    ])
    expect(moments('', CHINA, '2028-02-01', '2028-04-15', { cron: '0 18 L * *' })).toEqual([
      '2028-02-29 18:00',
      '2028-03-31 18:00',
    ])
    expect(moments('', CHINA, '2025-01-01', '2032-12-31', { cron: '0 8 29 2 *' })).toEqual([
      '2028-02-29 08:00',
      '2032-02-29 08:00',
    ])
    expect(moments('', CHINA, '2026-11-24', '2026-11-24', { cron: '0 9,17 * * 1-5' })).toEqual([
      '2026-11-24 09:00',
      '2026-11-24 17:00',
    ])
  })
})

describe('这一段里', () => {
  const due = Date.parse('2026-11-24T08:30:00+08:00')

  it.each<[string, Days]>([
    ['每天', 'daily'],
    ['cron', { cron: '30 8 * * *' }],
  ])('%s：头不算，尾算，一毫秒不差', (_, which) => {
    const schedule = { time: '08:30', zone: CHINA, days: which }
    expect(dueTimes(schedule, due - 1, due)).toEqual([due])
    expect(dueTimes(schedule, due - 1000, due + 1)).toEqual([due])
    expect(dueTimes(schedule, due - 1000, due - 1)).toEqual([])
    expect(dueTimes(schedule, due, due + 1000)).toEqual([])
    expect(dueTimes(schedule, due, due)).toEqual([])
    expect(dueTimes(schedule, due + 1000, due - 1000)).toEqual([])
  })

  it.each<[string, string, Days]>([
    ['01:30', 'America/New_York', 'daily'],
    ['02:30', 'America/New_York', 'daily'],
    ['', 'America/New_York', { cron: '30 1,2 * * *' }],
    ['00:00', 'Africa/Cairo', 'daily'],
    ['00:00', 'America/St_Johns', 'daily'],
  ])('%s %s：一小时一小时地问，和一次问一年一样', (time, zone, which) => {
    const schedule = { time, zone, days: which }
    const [from, to] = [Date.parse('2010-10-20T00:00Z'), Date.parse('2011-04-10T00:00Z')]
    const pieces: number[] = []
    for (let at = from; at < to; at += 3_600_000) pieces.push(...dueTimes(schedule, at, at + 3_600_000))
    expect(pieces.length).toBeGreaterThan(170)
    expect(pieces).toEqual(dueTimes(schedule, from, to))
  })

  it('十年一天不少；再长的只给最近的四千次', () => {
    const schedule = { time: '08:30', zone: CHINA, days: 'daily' as const }
    expect(dueTimes(schedule, due - 3652 * 86_400_000, due)).toHaveLength(3652)
    for (const which of ['daily', { cron: '* * * * *' }] satisfies Days[]) {
      const times = dueTimes({ ...schedule, days: which }, 0, due)
      expect(times).toHaveLength(4000)
      expect(times.at(-1)).toBe(due)
      expect(times).toEqual([...times].sort((a, b) => a - b))
    }
  })

  it.each<Days>(['daily', 'workdays', { cron: '0 8 29 2 *' }])('问一秒花不了一毫秒：%j', (which) => {
    const schedule = { time: '08:30', zone: CHINA, days: which }
    const begun = performance.now()
    for (let i = 0; i < 500; i++) dueTimes(schedule, due + i * 1000, due + (i + 1) * 1000)
    expect(performance.now() - begun).toBeLessThan(500)
  })
})

describe('拨钟的地方', () => {
  it('2:30那天没有，拨过去就来；每天还是一次', () => {
    const expected = ['2025-03-08 02:30', '2025-03-09 03:00', '2025-03-10 02:30']
    expect(moments('02:30', 'America/New_York', '2025-03-08', '2025-03-10')).toEqual(expected)
    expect(moments('', 'America/New_York', '2025-03-08', '2025-03-10', { cron: '30 2 * * *' })).toEqual(expected)
  })

  it('1:30那天有两个，头一个来；cron 点了几个钟点也一样', () => {
    const once = ['2025-11-01 01:30', '2025-11-02 01:30', '2025-11-03 01:30']
    expect(moments('01:30', 'America/New_York', '2025-11-01', '2025-11-03')).toEqual(once)
    const schedule = { time: '01:30', zone: 'America/New_York', days: 'daily' as const }
    const second = Date.parse('2025-11-02T01:30:00-05:00')
    expect(dueTimes(schedule, second - 1000, second)).toEqual([])
    expect(dueTimes(schedule, second - 3_601_000, second - 3_600_000)).toEqual([second - 3_600_000])
    const twice = moments('', 'America/New_York', '2025-11-02', '2025-11-02', { cron: '30 1,14 * * *' })
    expect(twice).toEqual(['2025-11-02 01:30', '2025-11-02 14:30'])
  })

  it('半小时的拨钟，夜里十二点的拨钟，跳进第二天的拨钟', () => {
    expect(moments('02:15', 'Australia/Lord_Howe', '2025-10-04', '2025-10-06')).toEqual([
      '2025-10-04 02:15',
      '2025-10-05 02:30',
      '2025-10-06 02:15',
    ])
    expect(moments('00:00', 'Africa/Cairo', '2025-04-24', '2025-04-26')).toEqual([
      '2025-04-24 00:00',
      '2025-04-25 01:00',
      '2025-04-26 00:00',
    ])
    expect(moments('23:30', 'America/Nuuk', '2024-03-29', '2024-03-31')).toEqual([
      '2024-03-29 23:30',
      '2024-03-30 22:59',
      '2024-03-31 23:30',
    ])
  })

  it('萨摩亚没有过2011年12月30日', () => {
    expect(moments('08:30', 'Pacific/Apia', '2011-12-29', '2011-12-31')).toEqual([
      '2011-12-29 08:30',
      '2011-12-31 08:30',
    ])
  })

  it('一天从哪一刻算起', () => {
    expect(new Date(startOfDay('2026-12-01', CHINA)).toISOString()).toBe('2026-11-30T16:00:00.000Z')
    expect(timeOf(startOfDay('2025-04-25', 'Africa/Cairo'), 'Africa/Cairo')).toBe('01:00')
    for (const zone of ['Africa/Cairo', 'America/Havana', 'America/St_Johns', 'Asia/Kathmandu'])
      for (let day = '2010-01-01'; day < '2011-01-01'; day = plusDays(day, 1)) {
        const start = startOfDay(day, zone)
        expect([dayOf(start, zone), dayOf(start - 1, zone)]).toEqual([day, plusDays(day, -1)])
      }
  })
})

describe('主机的时区', () => {
  const all = () => [
    dueDays('workdays', '2025-01-01', '2026-12-31'),
    dueDays('weekdays', '2026-10-20', '2026-11-10', 'America/New_York'),
    moments('', CHINA, '2026-02-20', '2026-03-20', { cron: '30 2 * * *' }),
    moments('', 'Europe/Berlin', '2026-03-20', '2026-04-01', { cron: '30 2 * * *' }),
    [
      isArranged('2026-01-01'),
      isArranged('2027-01-01'),
      startOfDay('2026-03-29', 'Europe/Berlin'),
      weekdayOf('2026-11-29'),
    ],
  ]

  it.each([
    ['America/Los_Angeles', 16],
    ['Pacific/Kiritimati', 14],
    ['UTC', 0],
    ['Africa/Cairo', 2],
  ])('在 %s 的主机上一样', (zone, hour) => {
    process.env.TZ = CHINA
    const expected = all()
    process.env.TZ = zone
    // The host's clock did change: without this, the rest shows nothing.
    expect(new Date(Date.UTC(2026, 0, 1)).getHours()).toBe(hour)
    expect(all()).toEqual(expected)
  })

  it('同一刻在两地是两天', () => {
    const ms = Date.parse('2026-12-31T23:30:00Z')
    expect([dayOf(ms, CHINA), timeOf(ms, CHINA)]).toEqual(['2027-01-01', '07:30'])
    expect([dayOf(ms, 'America/Los_Angeles'), timeOf(ms, 'America/Los_Angeles')]).toEqual(['2026-12-31', '15:30'])
    expect(timeOf(Date.parse('2026-12-31T16:05:00Z'), CHINA)).toBe('00:05')
  })
})

describe('写坏的一行', () => {
  const good = { time: '08:30', zone: CHINA, days: 'workdays' as Days }

  it.each<[Partial<typeof good>]>([
    [{}],
    [{ time: '00:00' }],
    [{ time: '23:59' }],
    [{ zone: 'UTC' }],
    [{ days: [1, 7] }],
    [{ time: '', days: { cron: '30 8 1 * *' } }],
    [{ days: { cron: '0 8 29 2 *' } }],
  ])('%j 没有错', (change) => {
    expect(scheduleFault({ ...good, ...change })).toBeUndefined()
  })

  it.each<[Partial<typeof good>, string]>([
    [{ time: '25:00' }, '时间“25:00”不对。请写两位的时和两位的分，例如 08:30。'],
    [{ time: '24:00' }, '时间“24:00”'],
    [{ time: '8:30' }, '时间“8:30”'],
    [{ time: '' }, '时间“”'],
    [{ zone: 'Asia/Nowhere' }, '时区“Asia/Nowhere”不认识。请写 IANA 的名字，例如 Asia/Shanghai。'],
    [{ zone: 'CST' }, '时区“CST”'],
    [{ zone: '+08:00' }, '时区“+08:00”'],
    [{ days: [] }, '至少一个'],
    [{ days: [0] }, '星期“0”'],
    [{ days: [1, 8] }, '星期“1、8”'],
    [{ days: { cron: '0 8 * *' } }, '不是五段'],
    [{ days: { cron: '0 0 8 * * *' } }, '不是五段'],
    [{ days: { cron: '0 25 * * *' } }, '读不懂'],
    [{ days: { cron: '0 8 30 2 *' } }, '哪一天都对不上'],
  ])('%j 有错，说得出怎么改', (change, fault) => {
    expect(scheduleFault({ ...good, ...change })).toContain(fault)
  })
})
