import { describe, expect, it } from 'vitest'
import { CONTENTS } from '../../src/digest/contents/index.js'
import { type Chart, chartOf } from '../../src/picture/chart.js'
import { fontFiles, glyphFinder } from '../../src/picture/font.js'
import { desk } from '../support/service.js'

/** The charts of what a digest tells, in the order of its rotation. */
const chartsOf = (content: string): (Chart | undefined)[] => {
  const { first } = desk()
  return CONTENTS.get(content)!
    .items(first.report, [])
    .map((item) => chartOf([first.tell(item())].flat()[0]!))
}

const read = (chart: Chart | undefined) =>
  chart?.groups.map(({ name, bars }) => [name, ...bars.map(({ series, label }) => `${chart.series[series]} ${label}`)])

describe('推送配的图', () => {
  it('目标：五项指标，每项去年预计和今年目标，数和限定词照印', () => {
    const [chart] = chartsOf('goals')
    expect(chart!.series).toEqual(['2024年预计', '2025年目标'])
    expect(read(chart)).toEqual([
      ['地区生产总值', '2024年预计 7%（预计）', '2025年目标 8%左右'],
      ['规模以上工业增加值', '2024年预计 11%（预计）', '2025年目标 14%左右'],
      ['固定资产投资', '2024年预计 31.2%（预计）', '2025年目标 18%以上'],
      ['社会消费品零售总额', '2024年预计 4%（预计）', '2025年目标 5%以上'],
      ['一般公共预算收入', '2024年预计 12.1%（预计）', '2025年目标 5%左右'],
    ])
  })

  it('每一张真图上的字，字体里都有，没有方框', () => {
    const charts = ['goals', 'progress'].flatMap(chartsOf).filter((chart) => chart !== undefined)
    expect(charts.length).toBeGreaterThan(3)
    const words = charts.flatMap(({ title, series, groups, note = '', source }) => [
      ...[title, note, source, ...series],
      ...groups.flatMap(({ name, bars }) => [name, ...bars.map(({ label }) => label)]),
    ])
    for (const file of fontFiles()) expect(glyphFinder(file)(words.join(''))).toEqual([])
  })

  it('条上印的数，都是回答里印的数', () => {
    const { first } = desk()
    for (const content of ['goals', 'progress'])
      for (const item of CONTENTS.get(content)!.items(first.report, [])) {
        const reply = [first.tell(item())].flat()[0]!
        const printed = reply.figures.map(({ text }) => text)
        const bars = chartOf(reply)?.groups.flatMap(({ bars }) => bars) ?? []
        for (const { label } of bars) expect(printed.some((text) => label.includes(text))).toBe(true)
      }
  })
})
