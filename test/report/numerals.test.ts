import { describe, expect, it } from 'vitest'
import { findNumerals, fromChinese } from '../../src/report/numerals.js'

describe('中文数字', () => {
  const rows: [text: string, value: number][] = [
    ['零', 0],
    ['两', 2],
    ['十', 10],
    ['十五', 15],
    ['二十', 20],
    ['一百零五', 105],
    ['三百六十五', 365],
    ['两千', 2000],
    ['一千八百四十四', 1844],
    ['一万', 10_000],
    ['十二万', 120_000],
    ['一百五十万', 1_500_000],
    ['三千万', 30_000_000],
    ['两亿', 200_000_000],
    ['二〇二五', 2025],
    ['二零二四', 2024],
    ['一九七八', 1978],
    ['一亿零五百万', 105_000_000],
    ['两亿三千万', 230_000_000],
  ]
  it.each(rows)('%s 是 %d', (text, value) => expect(fromChinese(text)).toBe(value))
})

describe('句子里的数', () => {
  const rows: [text: string, ...numerals: [text: string, value: number][]][] = [
    ['产值482.6亿元', ['482.6亿', 48_260_000_000]],
    ['产粮9700万斤', ['9700万', 97_000_000]],
    ['投资1,234.5万元', ['1,234.5万', 12_345_000]],
    ['投资12，300元和5元', ['12', 12], ['300', 300], ['5', 5]],
    ['惠及1万余户', ['1万余', 10_000]],
    ['引进1000余人', ['1000余', 1000]],
    ['引进一千多人', ['一千多', 1000]],
    ['货运量0.5亿吨', ['0.5亿', 50_000_000]],
    ['收入8.03元', ['8.03', 8.03]],
    ['六款产品、三大产业', ['六', 6], ['三', 3]],
    ['没有数的话'],
  ]
  it.each(rows)('%s', (text, ...numerals) => {
    expect(findNumerals(text).map((n) => [text.slice(n.from, n.to), n.value])).toEqual(numerals)
  })

  it('带“余”“多”的记得住', () => {
    expect(findNumerals('1000余人、1万多户、30家').map((n) => n.more)).toEqual([true, true, false])
  })

  it('小数乘以万、亿没有二进制的尾巴', () => {
    for (const [text, value] of [
      ['4.35亿', 435_000_000],
      ['8123.82万', 81_238_200],
      ['1.1万', 11_000],
    ] as const)
      expect(findNumerals(text)[0]?.value).toBe(value)
  })
})
