import { createRequire } from 'node:module'
import { fromChinese } from '../report/numerals.js'

const require = createRequire(import.meta.url)
let toSimplified: ((text: string) => string) | undefined

const GB2312 = readGb2312()
/** Emoji, control characters, direction marks, zero-width characters: never part of a question. */
const NOISE = /\p{Extended_Pictographic}|\p{Cc}|\p{Cf}|\p{Co}|\p{Cs}|\uFE0F|\u20E3/gu
const MENTION = /@[^\s@，。？！：:]{1,20}(?:\s|[：:，]|$)/g
const CHINESE_DECIMAL = /([零一二三四五六七八九十百]+)点([零一二三四五六七八九]+)(?=[万亿%个百千家户亩吨人元倍])/g
/** 百分之九十六, 千分之三点五 */
const CHINESE_SHARE = /([百千])分之([零一二两三四五六七八九十百]+|\d+(?:\.\d+)?)(?:点([零一二三四五六七八九]+))?/g
const CHINESE_YEAR = /([一二][〇零○Oo九0-9一二三四五六七八]{3})(?=年|的|，|$|\s)/g

/**
 * What was typed, in one form: full width to half, Traditional to simplified, lower case, mentions, emoji and marks gone.
 * Spaces between Han characters become commas: people who type without punctuation pause there.
 */
export function normalize(message: string): string {
  const flat = message
    .normalize('NFKC')
    .replace(MENTION, ' ')
    .replace(/[\n\r\t]+/g, '，')
    .replace(NOISE, '')
    .trim()
  return simplify(flat)
    .toLowerCase()
    .replace(/(?<=[a-z])\.\s+/g, '。')
    .replace(/(?<=[\d一二三四五六七八九十百])个(?=[万亿])/g, '')
    .replace(CHINESE_SHARE, (_, of: string, whole: string, digits = '') => shareOf(of, whole, digits))
    .replace(
      CHINESE_DECIMAL,
      (_, whole: string, digits: string) => `${fromChinese(whole)}.${[...digits].map((d) => fromChinese(d)).join('')}`,
    )
    .replace(CHINESE_YEAR, (year) => String(fromChinese(year.replace(/[○o]/gi, '〇'))))
    .replace(/[「『“”‘’"』」']/g, '"')
    .replace(
      /\s*([,;:!?()])\s*/g,
      (_, mark: string) => ({ ',': '，', ';': '；', ':': '：', '!': '！', '?': '？', '(': '（', ')': '）' })[mark]!,
    )
    .replace(/(?<=\d)\s+(?=[\p{Script=Han}%‰])|(?<=\p{Script=Han})\s+(?=\d)/gu, '')
    .replace(/(?<=\p{Script=Han})\s+(?=[\p{Script=Han}])/gu, '，')
    .replace(/(\d)，(?=\d{3}(?!\d))/g, '$1')
}

function shareOf(of: string, whole: string, digits: string): string {
  const value = /\d/.test(whole) ? whole : String(fromChinese(whole))
  const decimals = [...digits].map((d) => fromChinese(d)).join('')
  return `${value}${decimals ? `.${decimals}` : ''}${of === '百' ? '%' : '‰'}`
}

/** A text of GB 2312 alone is Simplified already, and the converter, which takes its time to load, is not needed. */
function simplify(text: string): string {
  if (!(text.match(/\p{Script=Han}/gu) ?? []).some((character) => !GB2312.has(character))) return text
  toSimplified ??= loadConverter()
  return toSimplified(text)
}

/** The Han characters of GB 2312 (rows 16 to 87), the standard set of Simplified. */
function readGb2312(): Set<string> {
  const bytes: number[] = []
  for (let row = 0xb0; row <= 0xf7; row++) for (let cell = 0xa1; cell <= 0xfe; cell++) bytes.push(row, cell)
  return new Set(new TextDecoder('gbk').decode(new Uint8Array(bytes)))
}

function loadConverter(): (text: string) => string {
  const { Converter } = require('opencc-js/t2cn') as { Converter: (pair: object) => (text: string) => string }
  return Converter({ from: 'tw', to: 'cn' })
}

/** The form in which a report's text is compared with a question: same folding, quotation marks gone. */
export function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[“”‘’「」『』"'《》]/g, '')
}
