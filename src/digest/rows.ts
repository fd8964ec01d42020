import { readRows, type Zod } from '../knowledge/read.js'
import { type Schedule, scheduleFault } from './calendar.js'
import { CONTENTS } from './contents/index.js'

const words = (z: Zod) => z.array(z.string().min(1)).min(1)

const digest = (z: Zod) =>
  z
    .strictObject({
      name: z.string().regex(/^[a-z]{1,20}$/),
      title: z.string().min(1).max(20),
      about: z.string(),
      say: z.array(z.string().min(1)),
      content: z.enum([...CONTENTS.keys()]),
      counter: z.string(),
      time: z.string().default('08:00'),
      zone: z.string().default('Asia/Shanghai'),
      days: z.union([
        z.enum(['daily', 'weekdays', 'workdays']),
        z.array(z.number().int().min(1).max(7)).min(1),
        z.strictObject({ cron: z.string() }),
      ]),
      catchUpMinutes: z.number().int().min(1).max(1440),
      /** Only for those who look after the bot. */
      office: z.boolean().default(false),
      /** What is meant by who names none. */
      default: z.boolean().default(false),
    })
    .check((row) => {
      const fault = scheduleFault(row.value)
      // The sentence goes on behind it.
      if (fault) row.issues.push({ code: 'custom', message: fault.replace(/。$/, ''), input: row.value })
    })

const schema = (z: Zod) =>
  z.strictObject({
    digests: z.array(digest(z)).min(1),
    talk: z.strictObject({
      which: words(z),
      mine: words(z),
      unsubscribe: words(z),
      preview: words(z),
      change: words(z),
      pause: words(z),
      resume: words(z),
      subscribe: words(z),
      named: words(z),
      asking: words(z),
      all: words(z),
      filler: words(z),
    }),
  })

/** The rows of knowledge/digests.yaml. */
export const { digests: DIGESTS, talk: TALK } = readRows('digests.yaml', schema)

export type Digest = (typeof DIGESTS)[number]

/** What is meant by who names none. */
export const DEFAULT_DIGEST = DIGESTS.find((each) => each.default) ?? DIGESTS[0]!

export function digestOf(name: string): Digest | undefined {
  return DIGESTS.find((each) => each.name === name)
}

/** A digest's times, where the chat chose one of its own at that. */
export function scheduleOf({ time, zone, days }: Digest, own = ''): Schedule {
  return { time: own || time, zone, days }
}

export const catchUpMs = ({ catchUpMinutes }: Digest): number => catchUpMinutes * 60_000
