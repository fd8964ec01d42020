import { say } from '../reply/words.js'
import { dayOf, timeOf, weekdayOf } from './calendar.js'

/** An instant as people say it: 11月25日（周三）08:00. */
export function momentOf(ms: number, zone: string): string {
  const day = dayOf(ms, zone)
  const [, month, date] = day.split('-').map(Number)
  return say('moment', {
    month: month!,
    date: date!,
    weekday: say(`weekday.${weekdayOf(day)}`),
    time: timeOf(ms, zone),
  })
}
