import type { EChartsOption, MarkLineComponentOption } from 'echarts'
import { type Layout, lineOf } from './layout.js'
import { rows } from './rows.js'

/** Where the label of a bar stands to it. */
const END = { true: 'right', false: 'left' } as const

/**
 * The chart in ECharts' own terms. Each line of a name and each bar is a category of its own: names take the whole width above their
 * bars, and a bar that is missing leaves no gap.
 */
export function optionOf(series: string[], layout: Layout, font: string): EChartsOption {
  const { sizes, colours } = rows
  const text = (size: number, color = colours.text, fontWeight = 400) => ({
    fontFamily: font,
    fontSize: size,
    lineHeight: lineOf(size),
    fontWeight,
    color,
  })
  const [min, max] = layout.range
  const atLeft = { left: sizes.margin, padding: 0 }
  return {
    animation: false,
    backgroundColor: colours.page,
    color: colours.series,
    title: [
      { ...atLeft, top: sizes.margin, text: layout.title.join('\n'), textStyle: text(sizes.title, colours.text, 700) },
      { ...atLeft, top: layout.footTop, text: layout.foot.join('\n'), textStyle: text(sizes.foot, colours.foot) },
    ],
    legend: {
      ...atLeft,
      top: layout.legendTop,
      right: sizes.margin,
      align: 'left',
      icon: 'rect',
      itemWidth: sizes.legend,
      itemHeight: Math.round(sizes.legend * 0.8),
      itemGap: 2 * sizes.gap,
      textStyle: { ...text(sizes.legend), padding: [0, 0, 0, Math.round(sizes.gap / 2)] },
      data: series,
    },
    grid: {
      left: sizes.margin,
      right: sizes.margin,
      top: layout.plotTop,
      height: layout.rows.length * sizes.row,
      outerBoundsMode: 'none',
    },
    xAxis: { type: 'value', min, max, show: false },
    yAxis: {
      type: 'category',
      inverse: true,
      data: layout.rows.map(({ name }) => name),
      axisLine: { show: false, onZero: false },
      axisTick: { show: false },
      // A line of text hangs from the middle of its row, and so stands nearer to the bars below it than to those above.
      axisLabel: {
        ...text(sizes.name),
        inside: true,
        margin: 0,
        interval: 0,
        verticalAlign: 'top',
        lineHeight: sizes.gap,
      },
      z: 10,
    },
    series: series.map((name, index) => ({
      name,
      type: 'bar',
      barWidth: sizes.bar,
      // One row, one bar: those of the other series would keep a place in it.
      barGap: '-100%',
      silent: true,
      data: layout.rows.map(({ bar }) =>
        bar?.series === index
          ? {
              value: bar.value,
              label: { show: true, position: END[`${bar.value >= 0}`], formatter: () => bar.label },
            }
          : '-',
      ),
      label: { ...text(sizes.label, colours.text, 700), distance: sizes.gap },
      ...(index === 0 ? { markLine: zeroLines(layout) } : {}),
    })),
  }
}

/** Where the bars begin. The line leaves out the names, which it would cross. */
function zeroLines({ range: [min, max], zeroLines: lines }: Layout): MarkLineComponentOption {
  const { width, margin } = rows.sizes
  const x = margin - (min / (max - min)) * (width - 2 * margin)
  return {
    silent: true,
    symbol: 'none',
    label: { show: false },
    lineStyle: { color: rows.colours.zero, width: 3, type: 'solid' },
    data: lines.map(([top, bottom]) => [
      { x, y: top },
      { x, y: bottom },
    ]),
  }
}
