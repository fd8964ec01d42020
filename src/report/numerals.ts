/** A number found in cleaned text: offsets of the numeral with its multiplier (12.5万), value without its unit. */
export interface Numeral {
  from: number
  to: number
  value: number
  /** Written with 余 or 多 between number and unit (1000余人). */
  more: boolean
  chinese: boolean
}

const DIGITS = '零〇一二三四五六七八九'
const MULTIPLIERS: Record<string, number> = { 十: 10, 百: 100, 千: 1e3, 万: 1e4, 亿: 1e8 }
const NUMERAL =
  /(\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[一二两三四五六七八九十百千][零〇一二两三四五六七八九十百千万亿]*)([余多]?)([十百千万亿]*)([余多]?)/g

/** Every numeral of `text`, Arabic or Chinese, in reading order. Whether it is a figure is decided by what follows it. */
export function findNumerals(text: string): Numeral[] {
  return [...text.matchAll(NUMERAL)].map((m) => {
    const [whole, digits, more1, multiplier, more2] = m as unknown as [string, string, string, string, string]
    const chinese = !/^\d/.test(digits)
    const base = chinese ? fromChinese(digits) : Number(digits.replaceAll(',', ''))
    const value = [...multiplier].reduce((product, char) => round(product * MULTIPLIERS[char]!), base)
    return { from: m.index, to: m.index + whole.length, value, more: Boolean(more1 || more2), chinese }
  })
}

/** 一百五十万 → 1500000, 二〇二五 → 2025, 两 → 2. */
export function fromChinese(text: string): number {
  const plain = text.replaceAll('两', '二').replaceAll('〇', '零')
  if (!/[十百千万亿]/.test(plain)) return Number([...plain].map((c) => DIGITS.replace('〇', '').indexOf(c)).join(''))
  let total = 0
  let section = 0
  let digit = 0
  for (const char of plain) {
    const multiplier = MULTIPLIERS[char]
    if (multiplier === undefined) {
      digit = DIGITS.replace('〇', '').indexOf(char)
    } else if (multiplier >= 1e4) {
      total = (total + section + digit) * multiplier
      section = 0
      digit = 0
    } else {
      section += (digit || 1) * multiplier
      digit = 0
    }
  }
  return total + section + digit
}

/** Removes the noise that binary fractions add: 482.6 × 10⁸ is 48260000000. */
export function round(value: number): number {
  return Number(value.toPrecision(12))
}
