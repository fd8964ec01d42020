import { describe, expect, it } from 'vitest'
import { linksIn, mentionsIn, plain } from './markdown.js'

describe('what a person reads', () => {
  it.each([
    ['## 标题', '标题'],
    ['**2,000** 亿元，*约* ~~旧~~ `code`', '2,000 亿元，约 旧 code'],
    ['> 引文 _一_\n>> 二', '引文 一\n二'],
    ['- 甲\n- 乙\n1. 丙', '甲\n乙\n1. 丙'],
    ['| 年 | 值 |\n| :-- | --: |\n| 2025 | 3 |', '年 值\n2025 3'],
    ['[全文](https://example.com/a) ![图](https://example.com/b)', '全文 图'],
    ['a_b_c 2*3*4'.replaceAll('*', '\\*'), 'a_b_c 2*3*4'],
    ['```text\n**raw**\n```', '**raw**'],
    ['上\n\n---\n\n下', '上\n\n\n下'],
    ['你好 <@ann>', '你好 @ann'],
  ])('%s', (markdown, text) => expect(plain(markdown)).toBe(text))
})

describe('what rings and what can be clicked', () => {
  it('finds mentions wherever they stand', () => {
    expect(mentionsIn('<@ann> `<@all>` \\<@bob> < @eve>')).toEqual(['ann', 'all', 'bob'])
  })

  it('finds links, not those in code nor escaped ones', () => {
    expect(linksIn('[a](https://a.cn) `[b](b)` \\[c](c) [d\\]](d) ![e](e)')).toEqual([
      '[a](https://a.cn)',
      '[d]](d)',
      '[e](e)',
    ])
  })
})
