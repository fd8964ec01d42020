import { describe, expect, it } from 'vitest'
import { layoutOf } from '../../src/picture/layout.js'
import { rows } from '../../src/picture/rows.js'
import { wrapped } from '../../src/picture/wrap.js'
import { INVESTMENTS, RATES } from './charts.js'

/** Every character is as wide as it is high, as a Chinese one is. */
const ruler = (text: string, size: number) => [...text].length * size
const { sizes } = rows
const inner = sizes.width - 2 * sizes.margin

describe('排版', () => {
  it('手机上读得清：一千零八十像素宽时，字不小于二十八像素', () => {
    const { title, name, label, legend, foot } = sizes
    expect(sizes.width).toBe(1080)
    expect(Math.min(title, name, label, legend, foot)).toBeGreaterThanOrEqual(28)
    expect(sizes.row).toBeGreaterThan(Math.max(sizes.bar, name, label))
  })

  it.each([
    ['增速', RATES],
    ['投资', INVESTMENTS],
  ])('%s图的条和数都在边内，放得下最大', (_, chart) => {
    const [min, max] = layoutOf(chart, ruler).range
    const scale = inner / (max - min)
    const bars = chart.groups.flatMap((group) => group.bars)
    const spare = bars.map(
      ({ value, label }) => ((value < 0 ? -min : max) - Math.abs(value)) * scale - ruler(label, sizes.label),
    )
    expect(Math.min(...spare)).toBeCloseTo(2 * sizes.gap)
  })

  it('长名字折行，每行占一格，高度随之增加', () => {
    const layout = layoutOf(INVESTMENTS, ruler)
    const names = layout.rows.filter(({ bar }) => !bar).map(({ name }) => name)
    expect(names.join('')).toBe(INVESTMENTS.groups.map(({ name }) => name).join(''))
    expect(names).toHaveLength(4)
    expect(names.every((name) => ruler(name, sizes.name) <= inner)).toBe(true)
    const taller = layoutOf({ ...INVESTMENTS, groups: [...INVESTMENTS.groups, INVESTMENTS.groups[2]!] }, ruler)
    expect(taller.height - layout.height).toBe(2 * sizes.row)
  })

  it('只有一组时，名字在标题里，不再写一遍', () => {
    const layout = layoutOf({ ...RATES, groups: RATES.groups.slice(0, 1) }, ruler)
    expect(layout.rows.every(({ name }) => name === '')).toBe(true)
  })

  it('零线只画在条旁，不穿过名字', () => {
    const { zeroLines, plotTop, rows: lines } = layoutOf(RATES, ruler)
    expect(zeroLines).toHaveLength(RATES.groups.length)
    const covered = lines.filter((_, i) =>
      zeroLines.some(([top, end]) => plotTop + i * sizes.row >= top && plotTop + i * sizes.row < end),
    )
    expect(covered.every(({ bar }) => bar)).toBe(true)
    expect(covered).toHaveLength(8)
  })
})

describe('折行', () => {
  const lines = (text: string, characters: number) => wrapped(text, characters, (part) => [...part].length)

  it('数和字母不拆开', () => expect(lines('实现产值约12.39亿元', 7)).toEqual(['实现产值约', '12.39亿元']))
  it('标点不在行首', () => expect(lines('加快建设步伐，早日投产', 6)).toEqual(['加快建设步', '伐，早日投产']))
  it('前括号不在行尾', () => expect(lines('加快建设（一期）工程', 5)).toEqual(['加快建设', '（一期）工', '程']))
  it('短的一行', () => expect(lines('产值', 6)).toEqual(['产值']))
})
