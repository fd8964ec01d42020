import { anyOf, type ReportLanguage } from '../knowledge/language.js'
import { kindTeller } from './kinds.js'
import type { FigureKind } from './model.js'
import { findNumerals, type Numeral, round } from './numerals.js'

/** A figure as it stands in a sentence, before period, subject and status are known. */
export interface RawFigure {
  from: number
  to: number
  text: string
  value: number | undefined
  unit: string
  dimension: string
  kind: FigureKind
  /** Hedges of this figure itself, in reading order. */
  qualifiers: string[]
}

/** What is known of a figure before its hedges are looked for. */
type Found = Omit<RawFigure, 'text' | 'qualifiers'> & { more?: boolean }

const DATE =
  /^(?:\d{4}|[二一][〇零九\d一二三四五六七八]{3})年(?:\d{1,2}月(?:份)?)?(?:\d{1,2}日)?|^\d{1,2}月(?:份|\d{1,2}日)?|^\d{4}(?:[-—－~～至]+\d{4})年?/
const CODE = /^\d+(?:\+[A-Za-z0-9]+)+|^\d+[A-Z]/
/** Sizes without a numeral of their own: 亿元以上, 千亿级. */
const BARE_SIZE = /(?<![\d.十百千万亿一二两三四五六七八九余几多])((?:[千百十]|万(?=亿))?[万亿])(元|吨|级)/g
const MULTIPLIERS: Record<string, number> = { 十: 10, 百: 100, 千: 1e3, 万: 1e4, 亿: 1e8 }
/** 未发生一例 is none. */
const NONE = /(?:未发生|没有发生|未出现|没有出现)$/
/** 1. in front of a glossary entry counts nothing. */
const ENTRY_NUMBER = /^\d{1,2}[.．、](?!\d)/
/** Behind one of these a number without a unit is an amount; behind any other Han character it belongs to a name (政策包550). */
const BEFORE_AMOUNT = /(?:达到|达|到|至|为|是|共|约|近|超|过|居|列|在|降|升|[，：；、（\s]|^)$/

/** Makes the function that finds every figure of a sentence: quantities, rates, counts, ranks, dates and numbers in names. */
export function figureFinder(language: ReportLanguage): (sentence: string) => RawFigure[] {
  const units = anyOf(language.units.keys())
  const unitHere = new RegExp(`^(?:${units})(?:/(?:${units}))?`)
  const idiom = new RegExp(anyOf(language.figures.idioms), 'g')
  const kindOf = kindTeller(language)
  const withHedges = hedger(language)

  return (sentence) => {
    const idioms = [...sentence.matchAll(idiom)].map((m) => [m.index, m.index + m[0].length] as const)
    const found: Found[] = []
    for (const numeral of findNumerals(sentence)) {
      if (numeral.from < (found.at(-1)?.to ?? 0) || (numeral.from === 0 && ENTRY_NUMBER.test(sentence))) continue
      if (numeral.chinese && idioms.some(([from, to]) => numeral.from >= from && numeral.from < to)) continue
      const figure = read(sentence, numeral)
      if (figure) found.push(figure)
    }
    for (const m of sentence.matchAll(BARE_SIZE)) {
      const [from, to] = [m.index, m.index + m[0].length]
      if (found.some((f) => f.from < to && from < f.to)) continue
      const value = [...m[1]!].reduce((product, char) => product * MULTIPLIERS[char]!, 1)
      found.push({
        from,
        to,
        value,
        unit: m[2] === '吨' ? '吨' : '元',
        dimension: m[2] === '吨' ? 'mass' : 'money',
        kind: 'threshold',
      })
    }
    return found.sort((a, b) => a.from - b.from).map((figure) => withHedges(sentence, figure))
  }

  function read(sentence: string, numeral: Numeral): Found | undefined {
    const [left, rest] = [sentence.slice(0, numeral.from), sentence.slice(numeral.from)]
    return dateAt(numeral, rest) ?? codeAt(numeral, left, rest) ?? quantityAt(sentence, numeral, left)
  }

  function quantityAt(sentence: string, numeral: Numeral, left: string): Found | undefined {
    const { from, value, chinese, more } = numeral
    const unit = unitHere.exec(sentence.slice(numeral.to))?.[0]
    if (left.endsWith('第')) return ordinal(numeral, unit)
    if (unit === undefined) return chinese ? undefined : bare(numeral, left, sentence.slice(numeral.to))
    const to = numeral.to + unit.length
    // 千亿级: a size, which the numeral before 级 gives.
    if (unit === '级' && /[万亿]$/.test(sentence.slice(from, numeral.to)))
      return { from, to, value, unit: '元', dimension: 'money', kind: 'threshold' }
    // 一 is hardly ever a count (一批, 一个环节); 未发生一例 is.
    if (chinese && value === 1 && !/^一[例家户]/.test(sentence.slice(from))) return undefined
    const amount = NONE.test(left) ? 0 : value
    const { dimension } = language.units.get(unit) ?? language.units.get(unit.split('/')[0]!)!
    const kind = kindOf({ left, right: sentence.slice(to), unit, dimension, value: amount, chinese })
    return { from, to, value: kind === 'name' ? undefined : amount, unit, dimension, kind, more }
  }
}

/** 2025年1月20日, 3月份, 2021—2025年. */
function dateAt({ from, to, value }: Numeral, rest: string): Found | undefined {
  const date = DATE.exec(rest)?.[0]
  if (date) {
    const year = /^\d{4}/.exec(date)
    return {
      from,
      to: from + date.length,
      value: year ? Number(year[0]) : undefined,
      unit: '年',
      dimension: 'time',
      kind: 'date',
    }
  }
  const isYear =
    value >= 1990 && value <= 2040 && /^\d{4}\p{Script=Han}/u.test(rest) && !/^\d{4}[余多个家户人亩元吨万亿]/.test(rest)
  return isYear ? { from, to, value, unit: '年', dimension: 'time', kind: 'date' } : undefined
}

/** 5N, B2B, TOP20, 3+5+N: numbers among letters. */
function codeAt({ from, to, chinese }: Numeral, left: string, rest: string): Found | undefined {
  const letters = /[A-Za-z+]+$/.exec(left)?.[0] ?? ''
  const code = CODE.exec(rest)?.[0]
  if (!code && (!letters || chinese)) return undefined
  return {
    from: from - letters.length,
    to: code ? from + code.length : to,
    value: undefined,
    unit: '',
    dimension: 'name',
    kind: 'name',
  }
}

/** 第1名 ranks; 第四批 names. */
function ordinal({ from, to, value }: Numeral, unit: string | undefined): Found {
  const isRank = unit === undefined || unit === '名' || unit === '位'
  const end = to + (unit?.length ?? 0)
  return {
    from: from - 1,
    to: end,
    value: isRank ? value : undefined,
    unit: isRank ? '名' : '',
    dimension: 'rank',
    kind: isRank ? 'rank' : 'name',
  }
}

function bare({ from, to, value }: Numeral, left: string, right: string): Found {
  const isName =
    /^强/.test(right) ||
    /“[^”]*$/.test(left) ||
    !(BEFORE_AMOUNT.test(left) || /^(?:增长|突破|容忍|发生|事故)/.test(right))
  return { from, to, value: isName ? undefined : value, unit: '', dimension: 'number', kind: isName ? 'name' : 'count' }
}

/** Makes the function that adds a figure's hedges: what stands right before it, 余 inside it, and what stands behind it. */
function hedger({ qualifiers }: ReportLanguage) {
  const before = new RegExp(`(?:${anyOf(qualifiers.before)})(?=(?:增长|增加|达到|达|下降|新增|至|到|在)?$)`)
  const after = new RegExp(`^(?:${anyOf(qualifiers.after)})`)
  const joint = new RegExp(`分别(${anyOf(qualifiers.before)})[^，；。]*$`)

  return (sentence: string, { more, ...figure }: Found): RawFigure => {
    const { from, to, kind, value } = figure
    const text = sentence.slice(from, to)
    const whole = { ...figure, text, value: value === undefined ? undefined : round(value) }
    if (kind === 'name' || kind === 'date') return { ...whole, qualifiers: [] }
    const left = sentence.slice(0, from)
    const lead = before.exec(left.slice(-12))?.[0] ?? joint.exec(left)?.[1]
    const trail = after.exec(sentence.slice(to))?.[0]
    const hedges = [lead && !qualifiers.silent.includes(lead) ? lead : undefined, more ? '余' : undefined, trail]
    return { ...whole, qualifiers: hedges.filter((hedge) => hedge !== undefined) }
  }
}
