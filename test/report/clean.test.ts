import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readText } from '../../src/library.js'
import { cleanText } from '../../src/report/clean.js'

const textsOf = (source: string) => cleanText(source).blocks.map((block) => block.text)

/** Opens the body, after which a page break may fall anywhere. */
const OPENING = '各位代表：\n\n'

describe('折行', () => {
  const wrapped: [name: string, source: string, joined: string][] = [
    ['在词中间', '恒山物云等23家企业获批科技\n型中小企业。', '恒山物云等23家企业获批科技型中小企业。'],
    ['在数和单位中间', '受害率控制在 10\n% 以内。', '受害率控制在10%以内。'],
    ['在数中间', '完成投资 1234\n56 万元。', '完成投资123456万元。'],
    ['在单位和限定词中间', '受害率控制在 10%\n以内。', '受害率控制在10%以内。'],
    ['Windows 的换行', '实现税收\r\n10亿元。', '实现税收10亿元。'],
    ['英文词之间留一个空格', '引进 Green Energy\nHoldings 项目。', '引进Green Energy Holdings项目。'],
    ['全角空格缩进', '　　实现税收 10 亿元。', '实现税收10亿元。'],
    ['零宽字符和 BOM', '\uFEFF实现\u200B税收10亿元。', '实现税收10亿元。'],
    ['网页注释', '实现税收<!-- 第 3 页 -->10亿元。', '实现税收10亿元。'],
  ]
  it.each(wrapped)('%s', (_, source, joined) => expect(textsOf(source)).toEqual([joined]))

  it('一句说完之后另起一行不接上', () => {
    expect(textsOf('粮食丰收。\n\n牧业兴旺。')).toEqual(['粮食丰收。', '牧业兴旺。'])
  })

  it('编号、列表和标题另起一段', () => {
    expect(textsOf('一、去年工作回顾\n（一）工业\n- 产值10亿元\n- 税收1亿元\n## 今年安排')).toEqual([
      '一、去年工作回顾',
      '（一）工业',
      '产值10亿元',
      '税收1亿元',
      '今年安排',
    ])
  })
})

describe('换页', () => {
  it('没说完的一句隔着空行接上', () => {
    const source = `${OPENING}全县以习惯性的办法推动各项工作，着力扩大内需、优化结构、提振信心，形成“煤电—\n\n铝材”的产业链。`
    expect(textsOf(source)).toEqual([
      '各位代表：',
      '全县以习惯性的办法推动各项工作，着力扩大内需、优化结构、提振信心，形成“煤电—铝材”的产业链。',
    ])
  })

  const doubled = `${OPENING}实现初步供应目标，青禾综合产业园市政基\n\n基础设施一期开工。年内补齐基础设施短板。`

  it('换页处重印的一个字只读一次，并记下它在原文的位置', () => {
    const { blocks, mended } = cleanText(doubled)
    expect(blocks.at(-1)!.text).toBe('实现初步供应目标，青禾综合产业园市政基础设施一期开工。年内补齐基础设施短板。')
    expect(mended).toEqual([doubled.indexOf('基础设施一期')])
  })

  it('本来就是叠字的不动', () => {
    const source = `${OPENING}推动形成人人有责、共建共治共享的社会治理格局，做到人\n\n人尽责。`
    const { blocks, mended } = cleanText(source)
    expect(blocks.at(-1)!.text).toContain('做到人人尽责。')
    expect(mended).toEqual([])
  })

  it('封面上的几行不接成一句', () => {
    const source =
      '青禾县十八届人大\n\n文件之十五\n\n四 次 会 议\n\n关于青禾县2030年计划的报告\n\n各位代表：\n\n现在报告。'
    expect(textsOf(source)).toEqual([
      '青禾县十八届人大',
      '文件之十五',
      '四次会议',
      '关于青禾县2030年计划的报告',
      '各位代表：',
      '现在报告。',
    ])
  })
})

describe('标记', () => {
  it('加粗的记号去掉，哪几个字加粗记得住', () => {
    const [block] = cleanText('**打造高地。**新建医院2家。').blocks
    expect(block!.text).toBe('打造高地。新建医院2家。')
    expect([...block!.text].filter((_, i) => block!.bold[i]).join('')).toBe('打造高地。')
  })

  it('没配对的加粗不漏到下一段', () => {
    const blocks = cleanText('**打造高地。\n\n新建医院2家。').blocks
    expect(blocks.at(-1)!.bold.some(Boolean)).toBe(false)
  })

  it('文件头的属性不进正文', () => {
    const { blocks, meta } = cleanText('---\ntitle: 青禾县报告\nyear: 2030\n---\n粮食丰收。')
    expect(meta).toEqual({ title: '青禾县报告', year: '2030' })
    expect(blocks.map((b) => b.text)).toEqual(['粮食丰收。'])
  })

  it('每个字都记得自己在原文的位置', () => {
    const source = `---\ntitle: 甲\n---\n\uFEFF# 标题\r\n\r\n　　**实现**税收\r\n 1 0 亿元，𠮷丰村<!-- 页 -->增收。`
    for (const { text, at } of cleanText(source).blocks) {
      expect(at).toHaveLength(text.length)
      expect(at.map((offset) => source[offset]).join('')).toBe(text)
    }
  })
})

describe('编码', () => {
  const folder = mkdtempSync(join(tmpdir(), 'youju-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const text = '全县粮食产量12.5万吨，㐂丰村增收3成。'
  const utf16 = Buffer.from(`\uFEFF${text}`, 'utf16le')
  /** The same sentence; its 㐂 takes four bytes. */
  const gb18030 = 'c8abcfd8c1b8cab3b2fac1bf31322e35cdf2b6d6a3ac8139ef31b7e1b4e5d4f6cad533b3c9a1a3'
  const files: [name: string, bytes: Buffer][] = [
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 有 BOM', Buffer.from(`\uFEFF${text}`)],
    ['UTF-16 LE', utf16],
    ['UTF-16 BE', Buffer.from(utf16).swap16()],
    ['GB18030', Buffer.from(gb18030, 'hex')],
  ]
  it.each(files)('%s', (name, bytes) => {
    const path = join(folder, `${name}.txt`)
    writeFileSync(path, bytes)
    expect(textsOf(readText(path))).toEqual([text])
  })
})
