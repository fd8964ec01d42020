/** A number found in cleaned text: offsets of the numeral with its multiplier (12.5万), value without its unit. */
export interface Numeral {
  from: number
  to: number
  value: number
  /** Written with 余 or 多 between number and unit (1000余人). */
  more: boolean
  chinese: boolean
}

const DIGITS = '零一二三四五六七八九'
const MULTIPLIERS: Record<string, number> = { 十: 10, 百: 100, 千: 1e3, 万: 1e4, 亿: 1e8 }
/** 千 before one of these belongs to the unit: 千瓦, 千米, 千克. */
const MULTIPLIER = '(?:[十百万亿]|千(?![瓦米克卡伏帕]))*'
/** A minus only behind a word, so that 2021-2025 keeps two years. */
const NUMERAL = new RegExp(
  `(?<=\\p{Script=Han})[-−－]?(?:\\d+(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?)([余多]?)(${MULTIPLIER})([余多]?)` +
    `|(?:\\d+(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?)([余多]?)(${MULTIPLIER})([余多]?)` +
    `|([一二两三四五六七八九十百千][零〇一二两三四五六七八九十百千万亿]*)([余多]?)`,
  'gu',
)

/** Every numeral of `text`, Arabic or Chinese, in reading order. Whether it is a figure is decided by what follows it. */
export function findNumerals(text: string): Numeral[] {
  return [...text.matchAll(NUMERAL)].map((m) => {
    const [from, to] = [m.index, m.index + m[0].length]
    const chinese = m[7] !== undefined
    const more = [m[1], m[3], m[4], m[6], m[8]].some(Boolean)
    if (chinese) return { from, to, value: fromChinese(m[7]!), more, chinese }
    const digits = /^[-−－]?[\d,.]+/.exec(m[0])![0]
    const base = Number(digits.replaceAll(',', '').replace(/[−－]/, '-'))
    const value = [...(m[2] ?? m[5] ?? '')].reduce((product, char) => round(product * MULTIPLIERS[char]!), base)
    return { from, to, value, more, chinese }
  })
}

/** 一百五十万 → 1500000, 一亿零五百万 → 105000000, 二〇二五 → 2025, 两 → 2. */
export function fromChinese(text: string): number {
  const plain = text.replaceAll('两', '二').replaceAll('〇', '零')
  if (!/[十百千万亿]/.test(plain)) return Number([...plain].map((char) => DIGITS.indexOf(char)).join(''))
  for (const unit of ['亿', '万'] as const) {
    const at = plain.lastIndexOf(unit)
    if (at < 0) continue
    const [above, below] = [plain.slice(0, at), plain.slice(at + 1)]
    return (above ? fromChinese(above) : 1) * MULTIPLIERS[unit]! + (below ? fromChinese(below) : 0)
  }
  return belowTenThousand(plain)
}

function belowTenThousand(text: string): number {
  let total = 0
  let digit = 0
  for (const char of text) {
    const multiplier = MULTIPLIERS[char]
    if (multiplier === undefined) {
      digit = DIGITS.indexOf(char)
    } else {
      total += (digit || 1) * multiplier
      digit = 0
    }
  }
  return total + digit
}

/** Removes the noise that binary fractions add: 1.1 × 10² is 110. */
export function round(value: number): number {
  return Number(value.toPrecision(12))
}
