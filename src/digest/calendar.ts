import { createRequire } from 'node:module'
import { Cron } from 'croner'
import { readRows, type Zod } from '../knowledge/read.js'

/** When a digest is due. `time`: HH:MM on the clocks of `zone` (an IANA name); a cron expression has its own, and `time` is not looked at. */
export interface Schedule {
  time: string
  zone: string
  days: Days
}

/** `weekdays`: Monday to Friday. `workdays`: as the State Council arranges them. Numbers: 1 = Monday … 7 = Sunday. `cron`: five fields. */
export type Days = 'daily' | 'weekdays' | 'workdays' | number[] | { cron: string }

/** Most due times that are told at once, the newest: more than ten years of a daily digest. */
const MOST = 4000
const DAY_MS = 86_400_000
/** Clocks that are set back over midnight are in yesterday again for this long. */
const SETBACK_MS = 3 * 3_600_000

/** Due times in (afterMs, untilMs], oldest first, ms of the epoch; of a range of more than `MOST`, the newest. The schedule is without fault. */
export function dueTimes({ time, zone, days }: Schedule, afterMs: number, untilMs: number): number[] {
  if (!(untilMs > afterMs)) return []
  if (typeof days === 'object' && 'cron' in days) return cronTimes(days.cron, zone, afterMs, untilMs)
  const due: number[] = []
  const first = dayOf(afterMs - SETBACK_MS, zone)
  for (let day = dayOf(untilMs + SETBACK_MS, zone); day >= first && due.length < MOST; day = plusDays(day, -1)) {
    const ms = isDueOn(days, day) ? dueOn(day, time, zone) : undefined
    if (ms !== undefined && ms > afterMs && ms <= untilMs) due.push(ms)
  }
  return due.reverse()
}

/** The first due time after this, ms of the epoch; undefined where none comes within a year. */
export function nextDue(schedule: Schedule, afterMs: number): number | undefined {
  // Looked for further and further ahead: what comes often is found at once.
  for (const days of [1, 14, 400]) {
    const [next] = dueTimes(schedule, afterMs, afterMs + days * DAY_MS)
    if (next !== undefined) return next
  }
  return undefined
}

function isDueOn(days: Exclude<Days, { cron: string }>, day: string): boolean {
  if (days === 'daily') return true
  if (days === 'workdays') return isWorkday(day)
  return days === 'weekdays' ? weekdayOf(day) <= 5 : days.includes(weekdayOf(day))
}

/** Once a day: a time that comes twice is its first one; one that the clocks leap over is when they have leapt, or, where that is tomorrow, the minute before. */
function dueOn(day: string, time: string, zone: string): number | undefined {
  const ms = firstInstant(day, time, zone)
  return [ms, ms - 60_000].find((at) => dayOf(at, zone) === day)
}

/** Local day of an instant: YYYY-MM-DD. */
export function dayOf(ms: number, zone: string): string {
  return wallClock(ms, zone).slice(0, 10)
}

/** Local time of an instant: HH:MM. */
export function timeOf(ms: number, zone: string): string {
  return wallClock(ms, zone).slice(11, 16)
}

/** First instant of a local day, ms of the epoch: not 00:00 everywhere. */
export function startOfDay(day: string, zone: string): number {
  return firstInstant(day, '00:00', zone)
}

/** The day so many days on: YYYY-MM-DD. */
export function plusDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * DAY_MS).toISOString().slice(0, 10)
}

/** 1 = Monday … 7 = Sunday. */
export function weekdayOf(day: string): number {
  return new Date(Date.parse(day)).getUTCDay() || 7
}

const require = createRequire(import.meta.url)
const schema = (z: Zod) => z.strictObject({ work: z.array(z.iso.date()), rest: z.array(z.iso.date()) })
const OURS = readRows('workdays.yaml', schema)

type Arrangements = Record<'holidays' | 'workdays', Record<string, string>>
let arrangements: Arrangements | undefined

/** The data of chinese-days and not its functions, which take a day for the one before on hosts west of Greenwich. */
function published(): Arrangements {
  arrangements ??= require('chinese-days/dist/chinese-days.json') as Arrangements
  return arrangements
}

function isWorkday(day: string): boolean {
  if (OURS.work.includes(day)) return true
  if (OURS.rest.includes(day) || published().holidays[day]) return false
  return published().workdays[day] !== undefined || weekdayOf(day) <= 5
}

/** Whether the holidays of this day's year are arranged: where not, workdays are Monday to Friday, and the caller says so. */
export function isArranged(day: string): boolean {
  const nationalDay = `${day.slice(0, 4)}-10-01`
  return OURS.rest.includes(nationalDay) || published().holidays[nationalDay] !== undefined
}

const clocks = new Map<string, Intl.DateTimeFormat>()

/** What the clocks show: YYYY-MM-DD HH:MM:SS. */
function wallClock(ms: number, zone: string): string {
  const clock =
    clocks.get(zone) ?? new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone: zone })
  clocks.set(zone, clock)
  return clock.format(ms)
}

/** How far the clocks are ahead of UTC, in ms. */
function offsetAt(ms: number, zone: string): number {
  return Date.parse(`${wallClock(ms, zone)}Z`) - Math.floor(ms / 1000) * 1000
}

/** The first instant at which the clocks show this time, or, where they leap over it, at which they have leapt. */
function firstInstant(day: string, time: string, zone: string): number {
  const wall = Date.parse(`${day}T${time}Z`)
  const [before, after] = [offsetAt(wall - DAY_MS, zone), offsetAt(wall + DAY_MS, zone)]
  const shown = [wall - before, wall - after].filter((ms) => ms + offsetAt(ms, zone) === wall)
  if (shown.length > 0) return Math.min(...shown)
  let [low, high] = [wall - after, wall - before]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetAt(middle, zone) === before) low = middle
    else high = middle
  }
  return high
}

const crons = new Map<string, Cron>()

/** Asked backwards, so that a long range costs no more than what is told of it. */
function cronTimes(expression: string, zone: string, afterMs: number, untilMs: number): number[] {
  const key = `${zone} ${expression}`
  const cron = crons.get(key) ?? toCron(expression, zone)
  crons.set(key, cron)
  const due: number[] = []
  // What is asked for comes before the reference, and the end is still in the range.
  let at = cron.previousRuns(1, new Date(untilMs + 1))[0]?.getTime()
  while (at !== undefined && at > afterMs && due.length < MOST) {
    due.push(at)
    at = cron.previousRuns(1, new Date(at))[0]?.getTime()
  }
  return due.reverse()
}

/** `no-wildcard`: what names its hours comes once a day, as other digests do, when the clocks are set. */
function toCron(expression: string, zone: string): Cron {
  return new Cron(expression, { timezone: zone, mode: '5-part', fixedTimeRule: 'no-wildcard' })
}

/** What is wrong with a schedule, for whoever writes it: what, and how to put it right. */
export function scheduleFault({ time, zone, days }: Schedule): string | undefined {
  if (!isZone(zone)) return `时区“${zone}”不认识。请写 IANA 的名字，例如 Asia/Shanghai。`
  if (typeof days === 'object' && 'cron' in days) return cronFault(days.cron, zone)
  if (!/^(?:[01]\d|2[0-3]):[0-5]\d$/.test(time)) return `时间“${time}”不对。请写两位的时和两位的分，例如 08:30。`
  if (typeof days === 'string') return undefined
  if (days.length > 0 && days.every((day) => Number.isInteger(day) && day >= 1 && day <= 7)) return undefined
  return `星期“${days.join('、')}”不对。请写 1（周一）到 7（周日），至少一个。`
}

/** Short names are left out: CST, to many the time of China, is that of Chicago. */
function isZone(zone: string): boolean {
  if (zone !== 'UTC' && !zone.includes('/')) return false
  try {
    return Boolean(new Intl.DateTimeFormat('sv-SE', { timeZone: zone }))
  } catch {
    return false
  }
}

function cronFault(expression: string, zone: string): string | undefined {
  const advice = '请写五段：分 时 日 月 星期，例如 30 8 1 * *（每月1日8:30）。'
  if (expression.trim().split(/\s+/).length !== 5) return `cron 式“${expression}”不是五段。${advice}`
  try {
    if (toCron(expression, zone).nextRun(new Date(0))) return undefined
    return `cron 式“${expression}”哪一天都对不上。请检查日和月，例如 2 月没有 30 日。`
  } catch (cause) {
    return `cron 式“${expression}”读不懂（${cause instanceof Error ? cause.message : String(cause)}）。${advice}`
  }
}
