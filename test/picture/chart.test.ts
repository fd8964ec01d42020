import { describe, expect, it } from 'vitest'
import { type Chart, chartOf } from '../../src/picture/chart.js'
import { answerTo, replyOf } from './replies.js'

/** A chart as somebody reads it: a line a bar. */
const read = (chart: Chart | undefined) =>
  chart?.groups.flatMap(({ name, bars }) =>
    bars.map(({ series, label }) => `${name} ${chart.series[series]} ${label}`),
  ) ?? []

const growth = (metric: string, value: number, rest = {}) => ({
  text: `${value}%`,
  value,
  unit: '%',
  metric: `${metric}增速`,
  ...rest,
})
const money = (metric: string, text: string, value: number, rest = {}) => ({
  text,
  value,
  unit: '元',
  metric,
  ...rest,
})

describe('报告里的数', () => {
  it('去年的实绩和今年的目标，一项一组，数和限定词照印', () => {
    const chart = chartOf(answerTo('哪些目标定得比去年低'))
    expect(read(chart)).toEqual([
      '固定资产投资 2024年预计 31.2%（预计）',
      '固定资产投资 2025年目标 18%以上',
      '一般公共预算收入 2024年预计 12.1%（预计）',
      '一般公共预算收入 2025年目标 5%左右',
    ])
    expect(chart).toMatchObject({
      title: '东河区：增速对照',
      unit: '%',
      source: '来源：（二）主要预期目标；一、2024年国民经济和社会发展计划执行情况',
    })
    expect(chart!.groups[0]!.bars.map((bar) => bar.value)).toEqual([31.2, 18])
  })

  it('两种写法的同一指标是一组', () => {
    const chart = chartOf(answerTo('规上工业增加值增速：去年预计多少，今年目标多少'))
    expect(read(chart)).toEqual(['规上工业增加值 2024年预计 11%（预计）', '规上工业增加值 2025年目标 14%左右'])
    expect(chart!.title).toBe('东河区：规上工业增加值增速')
  })

  it('下降的画在零的左边，标明下降', () => {
    const chart = chartOf(answerTo('“两抢一盗”和矛盾纠纷类警情，去年哪个降得多'))
    expect(read(chart)).toEqual(['两抢一盗警情 2024年实绩 下降15.5%', '矛盾纠纷类警情 2024年实绩 下降16.1%'])
    expect(chart!.groups.map(({ bars }) => bars[0]!.value)).toEqual([-15.5, -16.1])
    expect(chart!.title).toBe('东河区：降幅对照')
  })

  it('项目的规模不是哪一年的实绩或目标', () => {
    const chart = chartOf(answerTo('丰宾和海星谁家箔的规模大'))
    expect(chart!.series).toEqual(['2025年所列项目'])
    expect(read(chart).map((line) => line.split(' ').at(-1))).toEqual(['1200万平方米', '1800万平方米'])
  })

  it.each([
    '去年GDP多少',
    'GDP目标',
    '2025年有哪些目标',
    '问题和不足',
    '前年GDP总量报一下',
    '工业',
    '你好',
    '三次产业增加值',
  ])('没有可比的不画：%s', (question) => expect(chartOf(answerTo(question))).toBeUndefined())
})

describe('挑哪些数', () => {
  it('单位不一的，取数最多的一种', () => {
    const reply = replyOf('甲业总产值8.2亿元，增长5.9%；乙业增长3%；丙业增长7%。', [
      money('甲业总产值', '8.2亿元', 8.2e8),
      growth('甲业总产值', 5.9),
      growth('乙业', 3),
      growth('丙业', 7),
    ])
    expect(read(chartOf(reply))).toEqual(['甲业总产值 2031年实绩 5.9%', '乙业 2031年实绩 3%', '丙业 2031年实绩 7%'])
  })

  it('名次、年份、门槛、算出来的数和没有名字的数不画', () => {
    const quote = '甲业增长5%，居全省第3位；乙业增长6%；丙业增长7%；增长8%。'
    const rest = [
      { text: '第3位', value: 3, unit: '名', metric: '居全省' },
      growth('丙业', 7, { derived: true }),
      growth('', 8),
      { text: '2031年', value: 2031, unit: '年', metric: '', kind: 'date' },
    ]
    const reply = replyOf(quote, [growth('甲业', 5), growth('乙业', 6), ...rest])
    expect(read(chartOf(reply))).toEqual(['甲业 2031年实绩 5%', '乙业 2031年实绩 6%'])
  })

  it('几年的平均和别的基年，不当作一年的增速', () => {
    const quote = '甲业年均增长5%；乙业比2026年增长60%；丙业比2030年增长7%；丁业增长8%。'
    const reply = replyOf(quote, [growth('甲业', 5), growth('乙业', 60), growth('丙业', 7), growth('丁业', 8)])
    expect(read(chartOf(reply))).toEqual(['丙业 2031年实绩 7%', '丁业 2031年实绩 8%'])
  })

  it('降到多少是水平，不是降幅；降幅收窄也不是', () => {
    const quote = '甲业增长5%；乙业增长6%；丙率下降到3%；丁业降幅收窄2%。'
    const reply = replyOf(quote, [growth('甲业', 5), growth('乙业', 6), growth('丙率', 3), growth('丁业', 2)])
    expect(read(chartOf(reply))).toHaveLength(2)
  })

  it('同一个名字几个数，说不清是谁的，不画', () => {
    const quote = '收入分别增长5%和6%；甲业增长7%；乙业增长8%。'
    const reply = replyOf(quote, [growth('收入', 5), growth('收入', 6), growth('甲业', 7), growth('乙业', 8)])
    expect(read(chartOf(reply))).toEqual(['甲业 2031年实绩 7%', '乙业 2031年实绩 8%'])
  })

  it('同一个数引了两遍是一条', () => {
    const twice = [growth('甲业', 5), growth('甲业', 5)]
    expect(chartOf(replyOf('甲业增长5%。', twice))).toBeUndefined()
  })

  it('不相干的数额不放在一起', () => {
    const counted = (metric: string, value: number) => ({ text: `${value}个`, value, unit: '个', metric })
    const quote = '新建停车位20个；修缮校舍3个；打造精品路线5个。'
    const reply = replyOf(quote, [counted('新建停车位', 20), counted('修缮校舍', 3), counted('打造精品路线', 5)])
    expect(chartOf(reply)).toBeUndefined()
  })

  it.each(['）和村（甲业', '甲业（一期', '的甲业', '、甲业', '增加值', '甲业和乙业分别增长5%以上和'])(
    '从句子里切坏了的名字不用：%s',
    (name) => {
      const quote = `${name}增长5%；丙业增长6%；丁业增长7%。`
      const chart = chartOf(replyOf(quote, [growth(name, 5), growth('丙业', 6), growth('丁业', 7)]))
      expect(read(chart)).toEqual(['丙业 2031年实绩 6%', '丁业 2031年实绩 7%'])
    },
  )

  it('5% 不会认成 15%', () => {
    const quote = '甲业下降15%，乙业增长5%。'
    expect(read(chartOf(replyOf(quote, [growth('甲业', 15), growth('乙业', 5)])))).toEqual([
      '甲业 2031年实绩 下降15%',
      '乙业 2031年实绩 5%',
    ])
  })
})

describe('怎么标', () => {
  it('一批项目的投资按同一单位比，标原来的写法', () => {
    const quote = '总投资约12.5亿元的甲项目、总投资8000万元的乙项目开工。'
    const listed = [
      money('甲项目总投资', '12.5亿元', 12.5e8, { qualifier: '约' }),
      money('乙项目总投资', '8000万元', 8e7),
    ]
    const chart = chartOf(replyOf(quote, listed))!
    expect(read(chart)).toEqual(['甲项目总投资 2031年所列项目 约12.5亿元', '乙项目总投资 2031年所列项目 8000万元'])
    expect(chart.groups.map(({ bars }) => bars[0]!.value)).toEqual([12.5e8, 8e7])
    expect(chart).toMatchObject({ title: '甲区：投资对照', note: '各数照印原文，条形按同一单位画长短。' })
  })

  it('离得远的限定词写在括号里，挨着的写在原处', () => {
    const quote = '力争甲业增长5%以上，乙业增长超6%。'
    const kind = 'target'
    const figures = [
      growth('甲业', 5, { kind, qualifier: '力争 以上' }),
      growth('乙业', 6, { kind, qualifier: '力争 超' }),
    ]
    expect(read(chartOf(replyOf(quote, figures)))).toEqual([
      '甲业 2031年目标 5%以上（力争）',
      '乙业 2031年目标 超6%（力争）',
    ])
  })

  it('一年里有实绩有预计，是一个系列，预计的标出来', () => {
    const quote = '预计甲业增长5%。乙业增长6%。'
    const figures = [growth('甲业', 5, { kind: 'estimate', qualifier: '预计' }), growth('乙业', 6)]
    expect(read(chartOf(replyOf(quote, figures)))).toEqual([
      '甲业 2031年实绩和预计 5%（预计）',
      '乙业 2031年实绩和预计 6%',
    ])
  })

  it('百分点带着提高或回落', () => {
    const points = (metric: string, value: number) => ({
      text: `${value}个百分点`,
      value,
      unit: '个百分点',
      metric: `${metric}增速`,
    })
    const quote = '甲率提高12个百分点，乙率回落3个百分点。'
    const chart = chartOf(replyOf(quote, [points('甲率', 12), points('乙率', 3)]))
    expect(read(chart)).toEqual(['甲率 2031年实绩 提高12个百分点', '乙率 2031年实绩 回落3个百分点'])
    expect(chart!.title).toBe('甲区：变化幅度对照')
  })

  it('最多八组，说明是前几项', () => {
    const names = [...'甲乙丙丁戊己庚辛壬癸'].map((name) => `${name}业`)
    const figures = names.map((name, i) => growth(name, i + 1))
    const quote = names.map((name, i) => `${name}增长${i + 1}%`).join('，')
    const chart = chartOf(replyOf(quote, figures))!
    expect(chart.groups.map(({ name }) => name)).toEqual(names.slice(0, 8))
    expect(chart.title).toBe('甲区：增速对照（前8项）')
  })

  it('没有标题的出处写段落', () => {
    const chart = chartOf(replyOf('甲业增长5%，乙业增长6%。', [growth('甲业', 5), growth('乙业', 6)], []))
    expect(chart!.source).toBe('来源：第1段')
  })
})
