import { describe, expect, it } from 'vitest'
import type { Report, Section } from '../../src/report/model.js'
import { readReport } from '../../src/report/read.js'
import { language } from '../support/donghe.js'

const reportOf = (...lines: string[]): Report => readReport('qinghe', lines.join('\n\n'), language)
const tree = ({ sections }: Report) => sections.map((section) => section.path.join(' > '))

/** Headings above the sentence that says this, outermost first. */
function above(report: Report, words: string): string[] {
  const sentence = report.sentences.find((s) => s.text.includes(words))
  if (!sentence) throw new Error(`没有读到“${words}”`)
  return sentence.section?.path ?? []
}

describe('标题的写法', () => {
  const schemes: [name: string, lines: string[], words: string, path: string[]][] = [
    [
      '一、（一）1.（1）',
      ['一、2030年工作回顾', '（一）工业', '1. 钢铁', '（1）炼钢', '全年炼钢10万吨，比上年多。'],
      '炼钢10万吨',
      ['一、2030年工作回顾', '（一）工业', '1.钢铁', '（1）炼钢'],
    ],
    [
      '第一部分、一、',
      ['第一部分 2030年工作回顾', '一、工业经济', '全年炼钢10万吨，比上年多。'],
      '炼钢10万吨',
      ['第一部分2030年工作回顾', '一、工业经济'],
    ],
    [
      '# 和 ##',
      ['# 2030年工作回顾', '## 工业', '全年炼钢10万吨，比上年多。'],
      '炼钢10万吨',
      ['2030年工作回顾', '工业'],
    ],
    ['加粗的一行', ['**2030年工作回顾**', '全年炼钢10万吨，比上年多。'], '炼钢10万吨', ['2030年工作回顾']],
    ['不编号的一行', ['2030年工作回顾', '全年炼钢10万吨，比上年多。'], '炼钢10万吨', ['2030年工作回顾']],
    [
      '字间有空格',
      ['一 、 2030 年 工 作 回 顾', '（ 一 ） 工 业', '全 年 炼 钢 10 万 吨 ， 比 上 年 多 。'],
      '炼钢10万吨',
      ['一、2030年工作回顾', '（一）工业'],
    ],
    [
      '标题折成两行',
      ['一、2030 年国民经济和社会\n发展计划执行情况', '全年炼钢10万吨，比上年多。'],
      '炼钢10万吨',
      ['一、2030年国民经济和社会发展计划执行情况'],
    ],
    [
      '标题后面接着正文',
      ['一、2030年工作回顾', '（一）工业经济稳中有进。全年炼钢10万吨，比上年多。'],
      '炼钢10万吨',
      ['一、2030年工作回顾', '（一）工业经济稳中有进'],
    ],
    [
      '段首一句是标题',
      ['一、2030年工作回顾', '工业经济释放新动能。全年炼钢10万吨，比上年多。'],
      '炼钢10万吨',
      ['一、2030年工作回顾', '工业经济释放新动能'],
    ],
    [
      '段中加粗的一句是更里一层',
      [
        '一、2030年工作回顾',
        '“三个高地”成效显著。打造教育高地。新建学校3所，扩大学位。**打造医疗高地。**新建医院2家，增加床位。',
      ],
      '医院2家',
      ['一、2030年工作回顾', '“三个高地”成效显著', '打造医疗高地'],
    ],
  ]
  it.each(schemes)('%s', (_, lines, words, path) => expect(above(reportOf(...lines), words)).toEqual(path))

  const plain: [name: string, line: string][] = [
    ['带数的第一句', '全年炼钢10万吨。比上年多出不少。'],
    ['只有加粗的半句', '**构建高纯铝产业链**，依托青禾铝业建成的6万吨产能加快建设。'],
    ['1.5 开头的一段', '1.5万户居民受益，群众满意度提高。'],
    ['只有一句的一段', '粮食丰收。'],
  ]
  it.each(plain)('不是标题：%s', (_, line) => {
    expect(tree(reportOf('一、2030年工作回顾', line))).toEqual(['一、2030年工作回顾'])
  })
})

describe('层次', () => {
  const report = reportOf(
    '青禾县十八届人大',
    '四 次 会 议',
    '关于青禾县2030年国民经济和社会发展计划执行情况与2031年国民经济和社会发展计划（草案）的报告',
    '各位代表：',
    '一、2030年计划执行情况',
    '（一）工业',
    '工业经济释放新动能。全年炼钢10万吨，比上年多。',
    '服务业势头良好，全年接待游客5万人次。',
    '（二）农业',
    '全年产粮20万吨，比上年多。',
    '二、2031年主要任务',
    '力争全年炼钢12万吨，再创新高。',
    '名 词 解 释',
    '1.口袋公园：规模很小的开放空间。常见于城市。',
    '2.“1+2+N”：1个中心、2个站、若干个点。',
  )

  it('标题连成树，封面不在里面', () => {
    expect(tree(report)).toEqual([
      '一、2030年计划执行情况',
      '一、2030年计划执行情况 > （一）工业',
      '一、2030年计划执行情况 > （一）工业 > 工业经济释放新动能',
      '一、2030年计划执行情况 > （二）农业',
      '二、2031年主要任务',
      '名词解释',
    ])
    expect(above(report, '四次会议')).toEqual([])
  })

  it('段首标题只管它那一段', () => {
    expect(above(report, '游客')).toEqual(['一、2030年计划执行情况', '（一）工业'])
  })

  it('段落从编号标题起数', () => {
    const paragraphOf = (words: string) => report.sentences.find((s) => s.text.includes(words))?.paragraph
    expect([paragraphOf('炼钢10万吨'), paragraphOf('游客'), paragraphOf('产粮')]).toEqual([1, 2, 1])
  })

  it('父标题是上一层的标题', () => {
    const parents = report.sections.map((s: Section) => s.parent?.heading)
    expect(parents.slice(0, 3)).toEqual([undefined, '一、2030年计划执行情况', '（一）工业'])
  })

  it('知道是哪里的报告，讲哪一年，计划哪一年', () => {
    expect(report).toMatchObject({ place: '青禾县', level: '县', resultYear: 2030, planYear: 2031 })
    const tenseOf = (words: string) => report.sentences.find((s) => s.text.includes(words))?.tense
    expect([tenseOf('产粮'), tenseOf('炼钢12万吨'), tenseOf('口袋公园')]).toEqual(['result', 'plan', 'definition'])
  })

  it('名词解释逐条读出，编号不算在名词里', () => {
    expect(report.terms.map((t) => [t.name, t.meaning])).toEqual([
      ['口袋公园', '规模很小的开放空间。常见于城市。'],
      ['“1+2+N”', '1个中心、2个站、若干个点。'],
    ])
  })

  it('空文件说明读不到话', () => {
    expect(() => readReport('qinghe', ' \n\n', language)).toThrow('里没有读到一句话')
  })
})
