import { describe, expect, it } from 'vitest'
import type { Span } from '../../src/report/model.js'
import { corpusRows } from '../support/corpus.js'
import { donghe } from '../support/donghe.js'
import { squash, squashWithOffsets } from '../support/source.js'

/** What is reached so far; both are meant to be 0.99. */
const LEAST_RECALL = 0.99
const LEAST_PRECISION = 0.99
/** Read wrongly so far: a size without a numeral, a thing that did not happen, a level taken for a name. */
const KNOWN_WRONG: string[] = []

const { source } = donghe
const around = (offset: number) => `${offset}：…${source.slice(Math.max(0, offset - 12), offset + 12)}…`

describe('原文一字不漏', () => {
  it('每个字恰好在一句话或一个标题里，补正的叠字除外', () => {
    const held = new Array<number>(source.length).fill(0)
    for (const { at } of donghe.sentences) for (const offset of at) held[offset]!++
    for (const { start, end } of donghe.sections) for (let i = start; i < end; i++) held[i]!++
    for (const offset of donghe.mended) held[offset]!++
    // The dash of a list item is a mark, like the star of bold type.
    const item = new Set([...source.matchAll(/^- /gm)].map((m) => m.index))
    const { at } = squashWithOffsets(source)
    expect(at.filter((i) => held[i] === 0 && !item.has(i)).map(around)).toEqual([])
    expect(at.filter((i) => held[i]! > 1).map(around)).toEqual([])
  })

  it('补正的只有换页处重印的“基”', () => {
    expect(donghe.mended.map((i) => squash(source.slice(i - 12, i + 4)))).toEqual(['东兴综合产业园市政基基础设施'])
  })

  /** The slice of the source without layout and without what was mended. */
  const readBack = ({ start, end }: Span) =>
    squash([...source.slice(start, end)].filter((_, i) => !donghe.mended.includes(start + i)).join(''))

  const kinds: [name: string, passages: (Span & { text: string })[]][] = [
    ['句子', donghe.sentences],
    ['陈述', donghe.statements],
    ['数', donghe.figures],
  ]
  it.each(kinds)('每个%s都能从原文的那一段读回来', (_, passages) => {
    const wrong = passages.filter((p) => readBack(p) !== squash(p.text))
    expect(wrong.map((p) => `${p.text} ≠ ${readBack(p)}`)).toEqual([])
    expect(passages.length).toBeGreaterThan(100)
  })

  it('每个标题都能读回来', () => {
    const wrong = donghe.sections.filter((s) => !readBack(s).startsWith(squash(s.heading)))
    expect(wrong.map((s) => s.heading)).toEqual([])
  })

  it('陈述首尾相接，拼起来就是那句话', () => {
    for (const sentence of donghe.sentences) expect(sentence.statements.map((s) => s.text).join('')).toBe(sentence.text)
  })
})

describe('章节', () => {
  it('三个部分和名词解释，每部分几个小节', () => {
    const numbered = donghe.sections.filter((s) => s.level <= 3)
    const tree = numbered.map((s) => `${'　'.repeat(s.path.length - 1)}${s.heading}`)
    expect(tree).toEqual([
      '一、2024年国民经济和社会发展计划执行情况',
      '　（一）产业结构持续优化，发展动能不断增强',
      '　（二）重大项目扎实推进，有效投资不断扩大',
      '　（三）改革创新不断深化，发展基础更加坚实',
      '　（四）城乡建设统筹推进，城市品质不断提升',
      '　（五）生态保护持续发力，“双碳”工作取得实效',
      '　（六）公共服务提档升级，民生福祉不断增强',
      '二、2025年经济社会发展总体要求和主要目标',
      '　（一）总体要求',
      '　（二）主要预期目标',
      '三、2025年经济社会发展主要任务和重点措施',
      '　（一）聚焦产业转型升级，推动经济高质量发展',
      '　（二）聚焦深化改革创新，加快培育新质生产力',
      '　（三）统筹城乡融合发展，提升城市功能和品质',
      '　（四）加强生态环境建设，释放绿色发展新活力',
      '　（五）聚焦共享发展格局，着力保障和改善民生',
      '名词解释',
    ])
  })

  const placed: [words: string, path: string[]][] = [
    ['482.6亿元', ['一、2024年国民经济和社会发展计划执行情况']],
    ['8.2亿元', ['一、', '（一）', '农牧业展现新活力']],
    ['市中心医院与东河区医院', ['一、', '（六）', '“三个高地”成效显著', '打造医疗高地']],
    ['创新型中小企业', ['一、', '（三）', '创新主体不断壮大']],
    ['固定资产投资同比增长18%以上', ['二、', '（二）主要预期目标']],
    ['560亩', ['三、', '（一）', '抓好工业优化升级']],
    ['52%和96%', ['三、', '（五）', '着力提升公共服务水平', '聚力打造“教育高地”']],
    ['袖珍公园', ['名词解释']],
  ]
  it.each(placed)('“%s”在它的标题下面', (words, path) => {
    const found = donghe.sentences.find((s) => s.text.includes(words))?.section?.path ?? []
    expect(found).toHaveLength(path.length)
    for (const [i, heading] of path.entries()) expect(found[i]?.startsWith(heading)).toBe(true)
  })

  it('结果、计划、名词解释分得清', () => {
    const tenseOf = (words: string) => donghe.statements.find((s) => s.text.includes(words))?.tense
    expect([tenseOf('482.6亿元'), tenseOf('560亩'), tenseOf('2027年建成'), tenseOf('袖珍公园')]).toEqual([
      'result',
      'plan',
      'plan',
      'definition',
    ])
  })
})

it('是东河区的报告，讲 2024 年，计划 2025 年', () => {
  expect(donghe).toMatchObject({ place: '东河区', level: '区', resultYear: 2024, planYear: 2025 })
  expect(donghe.title).toContain('2025年国民经济和社会发展计划（草案）的报告')
  expect(donghe.placeAliases).toEqual(expect.arrayContaining(['东河区', '包头市东河区', '东河']))
})

it('名词解释是十二条，各有说法', () => {
  expect(donghe.terms.map((t) => t.name)).toEqual([
    '“3+5+N”',
    '专精特新',
    '战略性新兴产业',
    '人才政策包550',
    '口袋公园',
    '三个高地',
    '一都三城一地',
    '“名特优新”农产品',
    '城市矿产',
    '三在两找',
    '“1+14+N”',
    '枫桥经验',
  ])
  for (const term of donghe.terms) {
    expect(squash(source.slice(term.start, term.end))).toContain(squash(term.meaning))
    expect(term.meaning.endsWith('。')).toBe(true)
  }
  expect(donghe.terms.find((t) => t.name === '口袋公园')?.meaning).toContain('街心花园')
})

describe('标注过的数', () => {
  interface Row {
    at: string
    text: string
    value: number | null
    unit: string
    kind: string
  }
  interface Marked extends Row, Span {}

  const squashed = squashWithOffsets(source)
  const rows = ['donghe-1.jsonl', 'donghe-2.jsonl'].flatMap((file) =>
    corpusRows<Row>('figures', file).map((row): Marked => {
      const from = squashed.text.indexOf(row.at) + row.at.indexOf(row.text)
      return { ...row, start: squashed.at[from]!, end: squashed.at[from + row.text.length - 1]! + 1 }
    }),
  )

  it('每一行在报告里恰好出现一次', () => {
    for (const { at, text } of rows) {
      const first = squashed.text.indexOf(at)
      expect([at, first >= 0, squashed.text.indexOf(at, first + 1)]).toEqual([at, true, -1])
      expect(at).toContain(text)
    }
  })

  const overlaps = (a: Span, b: Span) => a.start < b.end && b.start < a.end
  /** Real figures: everything but dates and numbers in names. */
  const isReal = ({ kind }: { kind: string }) => kind !== 'name' && kind !== 'date'
  /** “三个高地”, “一个创新、三个实现”: whether a slogan counts, the two annotators answer each in their own way. */
  const slogans = [...squashed.text.matchAll(/“[^“”]{0,20}”/g)].map((m) => ({
    start: squashed.at[m.index]!,
    end: squashed.at[m.index + m[0].length - 1]! + 1,
  }))
  const isSlogan = (f: Span & { text: string }) => /^[一-龥]/.test(f.text) && slogans.some((s) => overlaps(s, f))
  const isHeading = (f: Span) => donghe.sections.some((s) => overlaps(s, f))

  const marked = rows.filter((row) => isReal(row) && !isSlogan(row) && !isHeading(row))
  const read = donghe.figures.filter((f) => isReal(f) && !isSlogan(f))
  const pairs = marked.map((row) => ({ row, figure: donghe.figures.find((f) => overlaps(f, row)) }))

  it('该读到的数都读到了', () => {
    const missed = pairs.filter(({ figure }) => !figure || !isReal(figure)).map(({ row }) => `${row.text} “${row.at}”`)
    expect(1 - missed.length / marked.length, `漏了：\n${missed.join('\n')}`).toBeGreaterThanOrEqual(LEAST_RECALL)
  })

  it('读成数的确实是数', () => {
    const invented = read
      .filter((f) => !rows.some((row) => isReal(row) && overlaps(row, f)))
      .map((f) => `${f.text} “${f.sentence.text.slice(Math.max(0, f.from - 10), f.to + 10)}”`)
    expect(1 - invented.length / read.length, `多了：\n${invented.join('\n')}`).toBeGreaterThanOrEqual(LEAST_PRECISION)
  })

  it('读到的数值和单位都对', () => {
    const wrong = pairs.flatMap(({ row, figure }) => {
      if (!figure || KNOWN_WRONG.includes(row.text)) return []
      const [asRead, asMarked] = [
        [figure.value ?? null, unitOf(figure)],
        [row.value, unitOf(row)],
      ].map((parts) => parts.join(' '))
      return asRead === asMarked ? [] : [`${row.text} “${row.at}”：标的是 ${asMarked}，读成 ${asRead}`]
    })
    expect(wrong).toEqual([])
  })

  /** One annotator writes 百分点, and leaves 三大 without a unit. */
  function unitOf({ unit }: { unit: string }): string {
    return unit.replace(/^个(?=百分点)|^大$/, '')
  }
})
