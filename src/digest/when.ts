import { readRows, type Zod } from '../knowledge/read.js'
import { fromChinese } from '../report/numerals.js'
import { plusDays, weekdayOf } from './calendar.js'

/** What was found, and what is left of the text, in half width: 改到8:30 leaves 改到, 改到8:30的会议人数 leaves 改到 的会议人数. */
export interface Found {
  value: string
  rest: string
}

/**
 * The time of day in a text, HH:MM: 8:30, 八点半, 下午三点一刻, 晚8点, 0830. The first one decides; `undefined` where there is none or
 * it makes no sense. Without a part of the day the hour is taken as it stands.
 */
export function timeIn(text: string): Found | undefined {
  return find(TIMES, ORDINAL, text, '')
}

/**
 * The day meant by a text, YYYY-MM-DD, after `today`: 周一, 明天, 12月1日, 12.1, 15号, 三天后, 下个月, 月底. The first one decides;
 * `undefined` where there is none, or none after today. A text with both is asked for the day first: in 周二十点, 二十点 is none.
 */
export function dayIn(text: string, today: string): Found | undefined {
  const found = find(DAYS, NOT_BEHIND, text, today)
  return found && found.value > today ? found : undefined
}

type Groups = Record<string, string | undefined>
/** A way to put it. It declines what makes no sense: 25:00, 11月31日. */
interface Form {
  pattern: RegExp
  valueOf: (groups: Groups, today: string) => string | undefined
}

/** The first that fits, and of those the longest, decides, so that 13月1日 is no 1日. */
function find(forms: Form[], notBehind: RegExp, text: string, today: string): Found | undefined {
  const flat = text.normalize('NFKC')
  const masked = flat.replace(LOOKALIKES, (word) => '\uE000'.repeat(word.length))
  const matches = forms.flatMap((form) => {
    const match = form.pattern.exec(masked)
    return match ? [{ ...form, groups: match.groups ?? {}, from: match.index, to: match.index + match[0].length }] : []
  })
  const best = matches.sort((a, b) => a.from - b.from || b.to - a.to)[0]
  if (!best || notBehind.test(flat.slice(0, best.from))) return undefined
  const value = best.valueOf(best.groups, today)
  return value === undefined
    ? undefined
    : { value, rest: `${flat.slice(0, best.from).trim()} ${flat.slice(best.to).trim()}`.trim() }
}

const words = (z: Zod) => z.array(z.string().min(1))
const span = (z: Zod) => z.strictObject({ days: z.int().default(0), months: z.int().default(0), words: words(z) })
const schema = (z: Zod) =>
  z.strictObject({
    parts: z.array(z.strictObject({ from: z.int(), to: z.int(), words: words(z) })),
    hours: words(z),
    exact: words(z),
    half: words(z),
    quarters: words(z),
    minutes: words(z),
    days: z.array(z.strictObject({ days: z.int(), words: words(z), short: words(z) })),
    spans: z.array(span(z)),
    daysAfter: words(z),
    fixed: z.array(span(z)),
    after: words(z),
    before: words(z),
    weeks: words(z),
    weekdays: z.array(words(z)).length(7),
    next: words(z),
    this: words(z),
    each: words(z),
    months: words(z),
    monthDays: words(z),
    monthStart: words(z),
    monthEnd: words(z),
    yearEnd: words(z),
    years: words(z),
    notBehind: words(z),
    ordinals: words(z),
    lookalikes: words(z),
  })
const ROWS = readRows('when.yaml', schema)

/** Any of these words, the longest first. */
function any(list: string[]): string {
  return `(?:${[...list].sort((a, b) => b.length - a.length).join('|')})`
}

/** A blank in the source stands for blanks in the text, or none. */
function pattern(source: string): RegExp {
  return new RegExp(source.replaceAll(' ', '\\s*'), 'u')
}

const LOOKALIKES = new RegExp(any(ROWS.lookalikes), 'gu')
const ORDINAL = pattern(`${any(ROWS.ordinals)} $`)
const NOT_BEHIND = pattern(`${any(ROWS.notBehind)} $`)

/** Not within a longer number: neither 8 of 18 nor 30 of 8:30. */
const ALONE = '(?<!\\d|\\d[.:/-])'
const DIGIT = '[一二三四五六七八九]'
const TENS = `(?:[二三四五六七八九]?十${DIGIT}?|[零〇]?(?:${DIGIT}|两))`
const NUMBER = `(?:${ALONE}\\d{1,3}|(?:${DIGIT}|两)百${TENS}?|${TENS}|[零〇])`

function toNumber(text: string | undefined): number {
  return text === undefined || /\d/.test(text) ? Number(text) : fromChinese(text)
}

const PART = `(?:(?<part>${any(ROWS.parts.flatMap((row) => row.words))}) )?`
/** Behind an hour. 八点三十 and 8点05 are times, 八点五 is rather a figure. */
const MINUTES =
  `(?: (?<half>${any(ROWS.half)})| (?<quarter>[123一二两三]) ${any(ROWS.quarters)}` +
  `| (?<minute>\\d{1,2}|${TENS}) ${any(ROWS.minutes)}` +
  `| (?<digits>\\d{2})(?!\\d)| (?<han>[零〇]${DIGIT}|[二三四五]?十${DIGIT}?)` +
  `|${any(ROWS.exact)}*(?! [\\d零〇一二两三四五六七八九十百]|${any(ROWS.half)}))`

const TIMES: Form[] = [
  {
    pattern: pattern(`${PART}${ALONE}(?<hour>\\d{1,2}) : (?<minute>\\d{2})(?![\\d:])`),
    valueOf: ({ part, hour, minute }) => toTime(part, Number(hour), Number(minute)),
  },
  {
    pattern: pattern(`${PART}(?<hour>${NUMBER}) ${any(ROWS.hours)}${MINUTES}`),
    valueOf: ({ part, hour, half, quarter, minute, digits, han }) => {
      const named = half ? 30 : toNumber(minute ?? digits ?? han ?? '0')
      return toTime(part, toNumber(hour), quarter ? toNumber(quarter) * 15 : named)
    },
  },
  {
    // Four digits that end the text or a clause; from 1900 on they are a year.
    pattern: /(?<![\w.:/-])(?<hour>0\d|1[0-8])(?<minute>\d\d)(?=$|[\s,，。;；!！?？])/u,
    valueOf: ({ hour, minute }) => toTime(undefined, Number(hour), Number(minute)),
  },
]

/** 8 in the evening is 20:00, 1 at night is 01:00, and 24:00 is 00:00. */
function toTime(part: string | undefined, hour: number, minute: number): string | undefined {
  const row = ROWS.parts.find((candidate) => part !== undefined && candidate.words.includes(part))
  const readings = hour > 12 ? [hour] : [hour, hour + 12, hour + 24]
  const meant = row ? readings.find((reading) => reading >= row.from && reading <= row.to) : hour
  if (meant === undefined || minute > 59 || hour > 24 || (hour === 24 && minute > 0)) return undefined
  return `${pad(meant % 24)}:${pad(minute)}`
}

const WEEK = any(ROWS.weeks)
const WEEKDAY = any(ROWS.weekdays.flat())
const NEXT = `(?<next>${any(ROWS.next)}+)${any(ROWS.each)}?`
const NEXT_OR_THIS = `(?:${NEXT}|(?<now>${any(ROWS.this)})${any(ROWS.each)}?)`
/** 12月1日（周二）: the date tells. */
const ASIDE = `(?: \\(? ${WEEK}${WEEKDAY} \\)?)?`
const MONTH = any(ROWS.months)
const END = `(?<end>${MONTH}?${any(ROWS.monthEnd)})`
/** Behind a month; without it, the first is meant. */
const IN_MONTH = `(?: (?<day>${NUMBER}) (?:${any(ROWS.monthDays)}${ASIDE}|(?=$|[\\s,，。]))|${END}|${any(ROWS.monthStart)})?`
const YEAR = `(?:(?<year>\\d{4}|[零〇一二三四五六七八九]{4}) 年|(?<near>${any(ROWS.years)}))`
const AFTER = any(ROWS.after)

const DAYS: Form[] = [
  {
    pattern: pattern(`${ALONE}(?<year>\\d{4})([-/.])(?<month>\\d{1,2})\\2(?<day>\\d{1,2})(?!\\d)${ASIDE}`),
    valueOf: dateOf,
  },
  { pattern: pattern(`(?:${YEAR} )?(?<month>${NUMBER}) ${MONTH}${IN_MONTH}`), valueOf: dateOf },
  { pattern: pattern(`${ALONE}(?<month>\\d{1,2})[-/.](?<day>\\d{1,2})(?![\\d.:/%‰-])${ASIDE}`), valueOf: dateOf },
  { pattern: pattern(`${NEXT_OR_THIS}${MONTH}${IN_MONTH}`), valueOf: dateOf },
  { pattern: pattern(`(?<day>${NUMBER}) ${any(ROWS.monthDays)}${ASIDE}`), valueOf: dateOf },
  { pattern: pattern(`(?<end>${MONTH}${any(ROWS.monthEnd)})`), valueOf: dateOf },
  {
    pattern: pattern(any(ROWS.yearEnd)),
    valueOf: (_, today) => dateOf({ month: '12', end: 'end' }, today),
  },
  ...ROWS.days.map((row): Form => {
    const short = row.short.map((word) => `${word}(?=${any(ROWS.parts.flatMap((part) => part.words))})`)
    return { pattern: pattern(any([...row.words, ...short])), valueOf: (_, today) => plusDays(today, row.days) }
  }),
  {
    pattern: pattern(`${NEXT_OR_THIS}?${WEEK}(?<weekday>${WEEKDAY})`),
    valueOf: ({ next, now, weekday = '' }, today) => {
      const ahead = ROWS.weekdays.findIndex((names) => names.includes(weekday)) + 1 - weekdayOf(today)
      return plusDays(today, next || now ? 7 * times(next) + ahead : ahead > 0 ? ahead : ahead + 7)
    },
  },
  {
    pattern: pattern(`${NEXT}${WEEK}`),
    valueOf: ({ next }, today) => plusDays(today, 7 * times(next) + 1 - weekdayOf(today)),
  },
  ...ROWS.spans.map((row) => ({
    pattern: pattern(`(?<count>${NUMBER}) ${any(row.words)}(?: ${AFTER}|(?! ${any(ROWS.before)}))`),
    valueOf: ({ count }: Groups, today: string) =>
      plus(today, row.days * toNumber(count), row.months * toNumber(count)),
  })),
  {
    pattern: pattern(`(?<count>${NUMBER}) ${any(ROWS.daysAfter)} ${AFTER}`),
    valueOf: ({ count }, today) => plusDays(today, toNumber(count)),
  },
  ...ROWS.fixed.map((row) => ({
    pattern: pattern(`${any(row.words)}(?: ${AFTER}|(?! ${any(ROWS.before)}))`),
    valueOf: (_: Groups, today: string) => plus(today, row.days, row.months),
  })),
]

/** How often 下 is said. */
function times(next = ''): number {
  return [...next.matchAll(new RegExp(any(ROWS.next), 'gu'))].length
}

/** Months that are looked through: February 29 may be eight years away. */
const MONTHS_AHEAD = 12 * 9

/** The first day after today that fits what is said of year, month and day. */
function dateOf({ year, near, next, now, month, day = '1', end }: Groups, today: string): string | undefined {
  const start = monthOf(today)
  const inMonth = next || now ? start + times(next) : undefined
  const inYear = near ? Number(today.slice(0, 4)) + ROWS.years.indexOf(near) : year && toNumber(year)
  for (let at = start; at <= start + MONTHS_AHEAD; at++) {
    const fits = (inMonth ?? at) === at && (!inYear || inYear === Math.floor(at / 12))
    if (!fits || (month && toNumber(month) !== (at % 12) + 1)) continue
    const wanted = end ? lastDay(at) : toNumber(day)
    if (wanted >= 1 && wanted <= lastDay(at) && dayAt(at, wanted) > today) return dayAt(at, wanted)
  }
  return undefined
}

/** A month after January 31 is the last of February. */
function plus(today: string, days: number, months: number): string {
  const at = monthOf(today) + months
  return plusDays(dayAt(at, Math.min(Number(today.slice(8)), lastDay(at))), days)
}

/** The month of a day, counted from the year 0. */
function monthOf(day: string): number {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1
}

function dayAt(month: number, day: number): string {
  return `${String(Math.floor(month / 12)).padStart(4, '0')}-${pad((month % 12) + 1)}-${pad(day)}`
}

function lastDay(month: number): number {
  return new Date(Date.UTC(Math.floor(month / 12), (month % 12) + 1, 0)).getUTCDate()
}

function pad(count: number): string {
  return String(count).padStart(2, '0')
}
