import { anyOf, type ReportLanguage } from '../knowledge/language.js'
import { findNumerals } from '../report/numerals.js'
import type { Mention, Want } from './model.js'
import type { Locked } from './segment.js'

export interface Numbers {
  locked: Locked[]
  mentions: Mention[]
  years: number[]
  /** Dimensions asked for by 多少亿, 几个点, 第几. */
  wants: Want[]
  classifiers: string[]
}

const YEAR =
  /(?<!\d)((?:19|20)\d\d)(?:年度|年|(?![\d.]|[\p{Script=Han}%‰]*(?:分之|个|万|亿|家|项|户|人)))|(?<![\d.])(\d\d)年(?!级|内|来|前|后|以)/gu

/** Makes the function that finds years, numbers with their units, and what 多少… asks for. */
export function numberReader(language: ReportLanguage, spend: string[]) {
  const spends = new RegExp(`(?:${anyOf(spend)})$`)
  const unit = anyOf(language.units.keys())
  const unitHere = new RegExp(`^(?:${unit})(?:/(?:${unit}))?`)
  const askedUnits = anyOf([...language.units.keys()].filter((u) => !/^[大级届期星点本路站门首片段块]$/.test(u)))
  const notUnit = '(?!(?<=项)目|(?<=名)[额字单校师家]|(?<=人)[才员大均]|(?<=家)庭|(?<=口)袋|(?<=点)位)'
  const asked = new RegExp(
    `(?:百分之(?:多少|几)|第几|(?<!哪)(?:多少|几)(个?(?=百分点|点))?(个?(?:[十百千](?!分))*[万亿]*)(百分点|点|${askedUnits}|回|趟|遍|块|钱|a级|a)?)${notUnit}`,
    'g',
  )

  return (text: string): Numbers => {
    const numbers: Numbers = { locked: [], mentions: [], years: [], wants: [], classifiers: [] }
    const lock = (from: number, to: number, token: Locked['token'], soft = false) =>
      numbers.locked.push({ from, to, token, soft })
    for (const m of text.matchAll(YEAR)) {
      const year = Number(m[1] ?? `20${m[2]}`)
      if (m[2] && (year < 2000 || year > 2040)) continue
      numbers.years.push(year)
      lock(m.index, m.index + m[0].length, { text: m[0], kind: 'year', year })
    }
    for (const m of text.matchAll(asked)) {
      const bare = !m[2]?.includes('个') && !m[3] && spends.test(text.slice(0, m.index))
      const want = bare ? 'money' : wantOf(m[0], m[2] ?? '', m[3] ?? '')
      if (want) numbers.wants.push(want)
      const things = m[2]?.includes('个') && !/月|小时|工作日|点$/.test(m[3] ?? '')
      if (things) numbers.classifiers.push('个')
      else if (m[3] && !/^(?:钱|a级?|类)$/.test(m[3]) && !/点$/.test(m[3])) numbers.classifiers.push(m[3])
      lock(m.index, m.index + m[0].length, { text: m[0], kind: 'word', entry: { cue: 'number' } }, true)
    }
    for (const numeral of findNumerals(text)) {
      if (numbers.locked.some((l) => numeral.from < l.to && l.from < numeral.to)) continue
      if (/[a-z+第]$/.test(text.slice(0, numeral.from)) || /^\+|^[a-z]/.test(text.slice(numeral.to))) continue
      const printed = unitHere.exec(text.slice(numeral.to))?.[0] ?? ''
      if (numeral.chinese && (!printed || numeral.value < 2 || /^[级大届期]$/.test(printed))) continue
      const to = numeral.to + printed.length
      const dimension =
        language.units.get(printed)?.dimension ?? language.units.get(printed.split('/')[0]!)?.dimension ?? ''
      const relation = relationOf(text.slice(0, numeral.from))
      numbers.mentions.push({
        text: text.slice(numeral.from, to),
        value: numeral.value,
        unit: printed,
        dimension,
        ...(relation ? { relation } : {}),
      })
      lock(numeral.from, to, { text: text.slice(numeral.from, to), kind: 'number' }, true)
    }
    return numbers
  }

  function wantOf(text: string, size: string, printed: string): Want | undefined {
    if (text.startsWith('百分之')) return 'percent'
    if (text === '第几') return 'rank'
    if (printed.startsWith('a')) return 'grade'
    if (printed === '钱' || printed === '块') return 'money'
    if (/点$/.test(printed) || /点/.test(text)) return 'percent'
    if (!printed && size.includes('亿')) return 'money'
    if (size === '个' && !/月|小时|工作日/.test(printed)) return 'count'
    if (/^[回趟遍]$/.test(printed)) return 'count'
    return language.units.get(printed)?.dimension
  }
}

function relationOf(before: string): 'below' | 'above' | undefined {
  if (/(?:不到|不足|低于|少于|没到|没过|小于)$/.test(before)) return 'below'
  return /(?:超过|超|突破|破了|多于|高于|大于|不止|过了)$/.test(before) ? 'above' : undefined
}
