import type { Bar, Chart } from './chart.js'
import { rows } from './rows.js'
import { wrapped } from './wrap.js'

/** A row of the plot: a line of a group's name, or a bar. */
export interface Row {
  name: string
  bar?: Bar
}

/** Where everything goes, in pixels from the upper left corner. */
export interface Layout {
  width: number
  height: number
  title: string[]
  /** Upper edges. */
  legendTop: number
  plotTop: number
  footTop: number
  rows: Row[]
  /** Values at the left and at the right edge of the plot: every bar and the label at its end fit between. */
  range: [number, number]
  /** Upper and lower ends of the line at which bars begin, one for each group; between them stand names. */
  zeroLines: [number, number][]
  foot: string[]
}

/** Pixels that a text of a size takes, in bold where it is to be. */
export type Ruler = (text: string, size: number, bold: boolean) => number

/** Lays a chart out. It grows downwards with its bars and its lines of text. */
export function layoutOf(chart: Chart, ruler: Ruler): Layout {
  const { sizes } = rows
  const inner = sizes.width - 2 * sizes.margin
  const lines = (text: string, size: number, bold: boolean) => wrapped(text, inner, (part) => ruler(part, size, bold))
  const title = lines(chart.title, sizes.title, true)
  // The title has said it of a chart of one group.
  const isNamed = chart.groups.length > 1
  const plot = chart.groups.flatMap(({ name, bars }): Row[] => [
    ...(isNamed ? lines(name, sizes.name, false).map((line) => ({ name: line })) : []),
    ...bars.map((bar) => ({ name: '', bar })),
  ])
  const foot = [chart.note, chart.source].flatMap((text) => (text ? lines(text, sizes.foot, false) : []))
  const legendTop = sizes.margin + title.length * lineOf(sizes.title) + sizes.gap
  const plotTop = legendTop + legendLines(chart.series, inner, ruler) * lineOf(sizes.legend) + sizes.gap
  const footTop = plotTop + plot.length * sizes.row + 2 * sizes.gap
  return {
    width: sizes.width,
    height: footTop + foot.length * lineOf(sizes.foot) + sizes.margin,
    title,
    legendTop,
    plotTop,
    footTop,
    rows: plot,
    range: rangeOf(
      chart.groups.flatMap(({ bars }) => bars),
      inner,
      (label) => ruler(label, sizes.label, true) + 2 * sizes.gap,
    ),
    zeroLines: plot.flatMap(({ bar }, i) => {
      if (!bar || plot[i - 1]?.bar) return []
      const bars = plot.slice(i).findIndex((row) => !row.bar)
      const end = bars < 0 ? plot.length : i + bars
      return [[plotTop + i * sizes.row, plotTop + end * sizes.row]]
    }),
    foot,
  }
}

/** Height of a line of text. */
export function lineOf(size: number): number {
  return Math.round(size * 1.4)
}

function legendLines(series: string[], inner: number, ruler: Ruler): number {
  let [lines, at] = [1, 0]
  for (const name of series) {
    const wide = legendIcon() + ruler(name, rows.sizes.legend, false)
    if (at > 0 && at + wide > inner) [lines, at] = [lines + 1, 0]
    at += wide + 2 * rows.sizes.gap
  }
  return lines
}

/** Width of the square before a legend's name, with the room behind it. */
function legendIcon(): number {
  return rows.sizes.legend + rows.sizes.gap
}

/**
 * A label stands at the end of its bar, to the left of one below zero. The scale is the largest at which the widest pair of a bar to
 * the left and one to the right fits with both labels.
 */
function rangeOf(bars: Bar[], inner: number, room: (label: string) => number): [number, number] {
  const side = (sign: number) => [
    { size: 0, room: 0 },
    ...bars
      .filter(({ value }) => value * sign > 0 || (value === 0 && sign > 0))
      .map(({ value, label }) => ({ size: Math.abs(value), room: room(label) })),
  ]
  const [left, right] = [side(-1), side(1)]
  const pairs = left.flatMap((l) => right.map((r) => ({ size: l.size + r.size, room: inner - l.room - r.room })))
  const scale = Math.min(...pairs.filter(({ size }) => size > 0).map(({ size, room: free }) => free / size))
  if (!Number.isFinite(scale)) return [0, 1]
  const zero = Math.max(...left.map((l) => l.size * scale + l.room))
  return [-zero / scale, (inner - zero) / scale]
}
