import { describe, expect, it } from 'vitest'
import { fold, normalize } from '../../src/question/normalize.js'

describe('不同的打法读成一样', () => {
  const rows: [why: string, typed: string, read: string][] = [
    ['全角字母和数字', 'ＧＤＰ２０２４年', 'gdp2024年'],
    ['大小写', 'Gdp', 'gdp'],
    ['繁体', '去年財政收入多少', '去年财政收入多少'],
    ['台湾写法', '電動車充電樁', '电动车充电桩'],
    ['表情', '😀去年gdp🔥多少', '去年gdp多少'],
    ['零宽字符', '去\u200b年g\u200dd\ufeffp', '去年gdp'],
    ['改变方向的记号', '\u202e去年gdp\u202c', '去年gdp'],
    ['@ 了机器人', '@小助手 去年gdp', '去年gdp'],
    ['换行', '去年gdp\n今年呢', '去年gdp，今年呢'],
    ['汉字之间的空格是停顿', '去年产值 今年目标', '去年产值，今年目标'],
    ['数和单位之间的空格不是', '9700 万斤', '9700万斤'],
    ['半角标点', '去年gdp?今年呢!', '去年gdp？今年呢！'],
    ['千分位', '1，844项', '1844项'],
    ['千分位，半角', '169,965人', '169965人'],
    ['几个亿', '482.6个亿', '482.6亿'],
    ['几点几', '四百八十二点六亿', '482.6亿'],
    ['中文年份', '二〇二四年', '2024年'],
    ['中文年份，用圆圈', '二○二四年', '2024年'],
    ['各种引号', '“专精特新”和「三个高地」', '"专精特新"和"三个高地"'],
  ]
  it.each(rows)('%s', (_, typed, read) => expect(normalize(typed)).toBe(read))

  it.each(rows)('读过一遍再读不变：%s', (_, typed) => {
    expect(normalize(normalize(typed))).toBe(normalize(typed))
  })
})

describe('不该动的不动', () => {
  const rows: [why: string, typed: string][] = [
    ['小数点', '增长5.5%'],
    ['代号', '"1+14+n"是啥'],
    ['量词“点”不是小数', '下午三点开会'],
    ['“个”字后面不是万、亿', '46个项目'],
  ]
  it.each(rows)('%s', (_, typed) => expect(normalize(typed)).toBe(typed))
})

it('报告的字折成和问题一样的形式', () => {
  expect(fold('“东河好礼”、《决战》B2B、５Ｎ')).toBe('东河好礼、决战b2b、5n')
})
