import type { Point } from './points.js'
import { filled, rows, type SeriesKind } from './rows.js'

/** Results stand before what is planned. */
const ORDER: SeriesKind[] = ['told', 'actual', 'both', 'estimate', 'listed', 'target']

/** The name of each point's series, and all of them in the order of time: of more than there are colours for, the last ones. */
export function legendOf(points: Point[]): { series: string[]; seriesOf: (point: Point) => string } {
  const kindOf = ({ year, kind }: Point): SeriesKind => {
    const kinds = new Set(points.filter((p) => p.year === year).map((p) => p.kind))
    return (kind === 'actual' || kind === 'estimate') && kinds.has('actual') && kinds.has('estimate') ? 'both' : kind
  }
  const seriesOf = (point: Point) => filled(rows.series[kindOf(point)], { year: point.year })
  const inOrder = [...points].sort(
    (a, b) => Number(a.year) - Number(b.year) || ORDER.indexOf(kindOf(a)) - ORDER.indexOf(kindOf(b)),
  )
  return { series: [...new Set(inOrder.map(seriesOf))].slice(-rows.limits.series), seriesOf }
}

/** The sections quoted: the last heading of each, or where there is none the place. */
export function sourceOf(points: Point[]): string {
  const sections = [...new Set(points.map(({ citation }) => citation.section.at(-1) ?? citation.locator))]
  const first = sections.slice(0, rows.limits.sections)
  return filled(sections.length > first.length ? rows.sourceMore : rows.source, { sections: first.join(rows.between) })
}
