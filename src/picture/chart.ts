import { anyOf, readReportLanguage } from '../knowledge/language.js'
import type { Reply } from '../reply/model.js'
import { barsIn, type Group, groupsOf, isComparison } from './groups.js'
import { legendOf, sourceOf } from './legend.js'
import { type Point, pointOf } from './points.js'
import { filled, rows } from './rows.js'

const IS_PLACE = new RegExp(`(?:${anyOf(readReportLanguage().structure.levels)})$`)

/** One bar. `label` is the figure as the report prints it, with its hedges; `value` is in the base unit, a decline below zero. */
export interface Bar {
  /** Index into the chart's series. */
  series: number
  value: number
  label: string
}

/** What is set side by side: groups of bars of one unit, at most one bar a series in each. */
export interface Chart {
  title: string
  /** Base unit of every value. */
  unit: string
  /** What the legend says, in the order of time. */
  series: string[]
  groups: { name: string; bars: Bar[] }[]
  /** How the bars are drawn, where that needs saying. */
  note?: string
  /** The sections that the figures stand in. */
  source: string
}

/**
 * The chart that an answer's figures make: growth beside growth, sums beside sums, from its figures and quotations alone. Where
 * they are of several units, those of the unit with most figures. Undefined where there is nothing to compare.
 */
export function chartOf({ kind, figures, citations }: Reply): Chart | undefined {
  if (kind !== 'answer') return undefined
  const points = figures.flatMap((figure) => pointOf(figure, citations[figure.citation]) ?? [])
  const families = [...new Set(points.map((p) => p.family))].map((family) => points.filter((p) => p.family === family))
  const [best] = families
    .map(groupsOf)
    .filter(isComparison)
    .sort((a, b) => barsIn(b).length - barsIn(a).length)
  return best && drawn(best)
}

function drawn(all: Group[]): Chart {
  const { series, seriesOf } = legendOf(barsIn(all.slice(0, rows.limits.groups)))
  const shown = all
    .slice(0, rows.limits.groups)
    .map(({ name, points }) => ({ name, points: points.filter((p) => series.includes(seriesOf(p))) }))
    .filter(({ points }) => points.length > 0)
  const bars = barsIn(shown)
  const scales = new Set(bars.map(({ text }) => /[万亿]+/.exec(text)?.[0]))
  const barOf = (p: Point): Bar => ({
    series: series.indexOf(seriesOf(p)),
    value: p.value,
    label: p.label,
  })
  return {
    title: titleOf(all, shown),
    unit: bars[0]!.unit,
    series,
    groups: shown.map(({ name, points }) => ({ name, bars: points.map(barOf).sort((a, b) => a.series - b.series) })),
    ...(scales.size > 1 ? { note: rows.scaled } : {}),
    source: sourceOf(bars),
  }
}

/** What the numbers are, of which place where they are all of one, and how many are shown where that is not all. */
function titleOf(all: Group[], shown: Group[]): string {
  const bars = barsIn(shown)
  const [{ topic, subject }] = bars as [Point]
  const { one, many } = rows.titles[topic === 'growth' && bars.every(({ value }) => value < 0) ? 'decline' : topic]
  const plain = shown.length === 1 ? filled(one, { name: shown[0]!.name }) : many
  const title = shown.length < all.length ? filled(rows.firstOnly, { title: plain, shown: shown.length }) : plain
  const isOfPlace = IS_PLACE.test(subject) && bars.every((bar) => bar.subject === subject)
  return isOfPlace ? filled(rows.ofPlace, { place: subject, title }) : title
}
