import type { z } from 'zod'
import { readRows, type Zod } from '../knowledge/read.js'

const words = (z: Zod) => z.array(z.string().min(1))
const title = (z: Zod) => z.strictObject({ one: z.string().min(1), many: z.string().min(1) })
const pixels = (z: Zod) => z.number().int().positive()

const schema = (z: Zod) =>
  z.strictObject({
    titles: z.strictObject({
      growth: title(z),
      decline: title(z),
      points: title(z),
      share: title(z),
      investment: title(z),
      capacity: title(z),
      amount: title(z),
    }),
    ofPlace: z.string(),
    firstOnly: z.string(),
    series: z.strictObject({
      actual: z.string(),
      estimate: z.string(),
      both: z.string(),
      target: z.string(),
      listed: z.string(),
      told: z.string(),
    }),
    source: z.string(),
    sourceMore: z.string(),
    between: z.string(),
    scaled: z.string(),
    heads: words(z),
    yearTail: words(z),
    tails: words(z),
    vague: words(z),
    broken: words(z),
    same: z.record(z.string(), z.string()),
    unrelated: words(z),
    spans: words(z),
    downward: words(z),
    whole: words(z),
    limits: z.strictObject({ groups: pixels(z), series: pixels(z), sections: pixels(z) }),
    sizes: z.strictObject({
      width: pixels(z),
      margin: pixels(z),
      row: pixels(z),
      bar: pixels(z),
      title: pixels(z),
      name: pixels(z),
      label: pixels(z),
      legend: pixels(z),
      foot: pixels(z),
      gap: pixels(z),
    }),
    colours: z.strictObject({
      series: words(z),
      page: z.string(),
      text: z.string(),
      foot: z.string(),
      zero: z.string(),
    }),
  })

export type ChartRows = z.infer<ReturnType<typeof schema>>
/** What the numbers of a chart are. */
export type Topic = keyof ChartRows['titles']
/** How they are meant. */
export type SeriesKind = keyof ChartRows['series']

/** The rows of knowledge/charts.yaml. */
export const rows = readRows('charts.yaml', schema)

/** A row with its {places} filled in. */
export function filled(row: string, values: Record<string, string | number>): string {
  return row.replace(/\{(\w+)\}/g, (_, key: string) => String(values[key] ?? ''))
}
