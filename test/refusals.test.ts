import { describe, expect, it } from 'vitest'
import { bot, donghe } from './support/donghe.js'

// Whatever the report measures, asked of another place or another year: none of its figures may be the answer.
const LEAST_METRIC = 2
const measured = donghe.figures.filter((f) => !['name', 'date', 'threshold'].includes(f.kind))
/** 山西某科技 would be a firm's name and no place's figure. */
const FIRM = /公司|科技|新材料|铝业|食品|医院|新能源/
const metrics = [...new Set(measured.map((f) => f.metric))].filter(
  (metric) => metric.length >= LEAST_METRIC && !FIRM.test(metric),
)

const elsewhere: [what: string, ask: (metric: string) => string][] = [
  ['邻区', (metric) => `青山区${metric}是多少`],
  ['邻区的简称', (metric) => `昆区${metric}多少`],
  ['不说“区”', (metric) => `九原${metric}去年多少`],
  ['别的市', (metric) => `石家庄市${metric}是多少`],
  ['别的省', (metric) => `山西${metric}是多少`],
  ['前年', (metric) => `前年${metric}是多少`],
  ['早先的一年', (metric) => `2019年${metric}多少`],
  ['明年', (metric) => `2026年${metric}要到多少`],
]

describe('换个地方、换个年份，报告的每个数都不答', () => {
  it('问得够多', () => expect(metrics.length).toBeGreaterThan(150))

  it.each(elsewhere)('%s', (_, ask) => {
    const answered = metrics.map(ask).filter((question) => bot.answer(question).reply.kind === 'answer')
    expect(answered).toEqual([])
  })
})

const owners = [...new Set(donghe.entities.map((e) => e.owner))]
const untold = [
  '去年利润多少',
  '有多少员工',
  '贷了多少款',
  '环评批了没',
  '年吞吐量多大',
  '去年产值多少',
  '中标价多少',
  '谁负责的',
  '电话多少',
  '老板是谁',
]

describe('项目的这些事报告没写，一个也不答', () => {
  it('问得够多', () => expect(owners.length).toBeGreaterThan(30))

  it.each(untold)('%s', (attribute) => {
    const answered = owners.map((owner) => owner + attribute).filter((q) => bot.answer(q).reply.kind === 'answer')
    expect(answered).toEqual([])
  })
})
