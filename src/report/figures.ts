import { anyOf, type ReportLanguage } from '../knowledge/language.js'
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

export type FigureFinder = (sentence: string) => RawFigure[]

const DATE =
  /^(?:\d{4}|[二一][〇零九\d一二三四五六七八]{3})年(?:\d{1,2}月(?:份)?)?(?:\d{1,2}日)?|^\d{1,2}月(?:份|\d{1,2}日)?|^\d{1,2}日/
const YEARS = /^\d{4}(?:[-—－~～至]+\d{4})年?/
const CODE = /^[A-Za-z]*\d+(?:\+[A-Za-z0-9]+)+|^\d+(?:\+[A-Za-z0-9]+)+|^\d+[A-Z]/
const BARE_SIZE =
  /(?<![\d.十百千万亿一二两三四五六七八九余几多])([千百十]?[万亿](?:元|吨)|[千百十]亿级|[千百十]亿元级|[十百千]亿级)/g

/** Makes the function that finds every figure of a sentence: quantities, rates, counts, ranks, dates and numbers in names. */
export function figureFinder(language: ReportLanguage): FigureFinder {
  const unitPattern = new RegExp(`^(?:${anyOf(language.units.keys())})(?:/(?:${anyOf(language.units.keys())}))?`)
  const idiom = new RegExp(anyOf(language.figures.idioms), 'g')
  const { before, after } = language.qualifiers
  const beforePattern = new RegExp(`(?:${anyOf(before)})(?=(?:增长|增加|达到|达|下降|新增|至|到|在)?$)`)
  const afterPattern = new RegExp(`^(?:${anyOf(after)})`)
  const change = anyOf([...language.figures.grow, ...language.figures.fall])
  const changePattern = new RegExp(`^(?:${change})$`)
  const ratePattern = new RegExp(
    anyOf([...language.figures.grow, ...language.figures.fall, ...language.figures.ratio]),
    'g',
  )
  const capacityPattern = new RegExp(`(?:${anyOf(language.figures.capacity)})[^，；。、]{0,8}$`)
  const projectPattern = new RegExp(`^[^，；。：]{0,40}?(?:${anyOf(language.figures.project)})`)
  const investPattern = new RegExp(`(?:${anyOf(language.figures.invest)})[^，；。、]{0,6}$`)

  return (sentence) => {
    const idioms = [...sentence.matchAll(idiom)].map((m) => [m.index, m.index + m[0].length] as const)
    const found: RawFigure[] = []
    let end = 0
    for (const numeral of findNumerals(sentence)) {
      if (numeral.from < end) continue
      if (numeral.chinese && idioms.some(([from, to]) => numeral.from >= from && numeral.from < to)) continue
      const figure = toFigure(sentence, numeral)
      if (!figure) continue
      found.push(figure)
      end = figure.to
    }
    for (const m of sentence.matchAll(BARE_SIZE)) {
      if (found.some((f) => f.from < m.index + m[0].length && m.index < f.to)) continue
      const factor = [...m[0]].reduce((p, c) => p * ({ 十: 10, 百: 100, 千: 1e3, 万: 1e4, 亿: 1e8 }[c] ?? 1), 1)
      const unit = m[0].endsWith('吨') ? '吨' : '元'
      found.push(
        make(sentence, m.index, m.index + m[0].length, factor, unit, unit === '元' ? 'money' : 'mass', 'threshold'),
      )
    }
    return found.sort((a, b) => a.from - b.from)
  }

  function toFigure(sentence: string, numeral: Numeral): RawFigure | undefined {
    const rest = sentence.slice(numeral.from)
    const left = sentence.slice(0, numeral.from)
    const date = YEARS.exec(rest) ?? DATE.exec(rest)
    if (date && !/^\d{1,2}日/.test(rest.slice(0, 3) && left.endsWith('月') ? '' : 'x')) {
      return make(sentence, numeral.from, numeral.from + date[0].length, yearOf(date[0]), '年', 'time', 'date')
    }
    const letters = /[A-Za-z+]+$/.exec(left)?.[0] ?? ''
    const code = CODE.exec(rest)
    if (code || (letters && !numeral.chinese)) {
      const to = numeral.from + (code?.[0].length ?? numeral.to - numeral.from)
      return make(sentence, numeral.from - letters.length, to, undefined, '', 'name', 'name')
    }
    let to = numeral.to
    const unit = unitPattern.exec(sentence.slice(to))?.[0]
    if (left.endsWith('第')) return ordinal(sentence, numeral, unit)
    if (unit === undefined) {
      if (numeral.chinese) return undefined
      return make(sentence, numeral.from, to, numeral.value, '', 'number', /“[^”]*$/.test(left) ? 'name' : 'count')
    }
    to += unit.length
    if (numeral.chinese && !isChineseCount(sentence, numeral, to)) return undefined
    const { dimension } = language.units.get(unit) ?? language.units.get(unit.split('/')[0]!)!
    const kind = kindOf(sentence, numeral.from, to, unit, dimension, numeral)
    return make(
      sentence,
      numeral.from,
      to,
      kind === 'name' ? undefined : numeral.value,
      unit,
      dimension,
      kind,
      numeral.more,
    )
  }

  function ordinal(sentence: string, numeral: Numeral, unit: string | undefined): RawFigure {
    const isRank = unit === undefined || unit === '名' || unit === '位'
    const to = numeral.to + (unit?.length ?? 0)
    return make(
      sentence,
      numeral.from - 1,
      to,
      isRank ? numeral.value : undefined,
      isRank ? '名' : '',
      'rank',
      isRank ? 'rank' : 'name',
    )
  }

  function kindOf(s: string, from: number, to: number, unit: string, dimension: string, numeral: Numeral): FigureKind {
    const left = s.slice(0, from)
    const right = s.slice(to)
    if (dimension === 'time') return 'date'
    if (/^(?:届|期|级|星|大)$/.test(unit) && (!numeral.chinese || unit === '期' || unit === '届' || unit === '级'))
      return 'name'
    if (/个?百分点|个点/.test(unit)) return 'points'
    if (
      /^(?:及)?以[上下](?=[\p{Script=Han}])/u.test(right) &&
      !/^(?:及)?以[上下](?:的)?(?:增长|目标)/.test(right) &&
      !isEnd(right)
    )
      return 'threshold'
    if (dimension === 'percent' || dimension === 'permille' || dimension === 'ratio') {
      const clause = left.slice(Math.max(left.lastIndexOf('，'), left.lastIndexOf('；')) + 1)
      return changePattern.test([...clause.matchAll(ratePattern)].at(-1)?.[0] ?? '') ? 'growth' : 'share'
    }
    if (
      capacityPattern.test(left) ||
      (isMeasure(dimension) &&
        projectPattern.test(right) &&
        !/^[，；。、]/.test(right) &&
        !/(?:完成|面积|累计|新增|整治|达到)[^，；。、]{0,8}$/.test(left))
    )
      return 'capacity'
    if (dimension === 'money')
      return investPattern.test(left) || /^的?\d*个?[^，]{0,6}项目/.test(right) ? 'investment' : 'amount'
    return isMeasure(dimension) || dimension === 'people' ? 'amount' : 'count'
  }

  function make(
    sentence: string,
    from: number,
    to: number,
    value: number | undefined,
    unit: string,
    dimension: string,
    kind: FigureKind,
    more = false,
  ): RawFigure {
    const left = sentence.slice(Math.max(0, from - 12), from)
    const lead = kind === 'name' || kind === 'date' ? undefined : beforePattern.exec(left)?.[0]
    const trail = kind === 'name' || kind === 'date' ? undefined : afterPattern.exec(sentence.slice(to))?.[0]
    const hedges = [lead && !language.qualifiers.silent.includes(lead) ? lead : '', more ? '余' : '', trail ?? '']
    const text = sentence.slice(from, to)
    return {
      from,
      to,
      text,
      value: value === undefined ? undefined : round(value),
      unit,
      dimension,
      kind,
      qualifiers: hedges.filter(Boolean),
    }
  }
}

function isMeasure(dimension: string): boolean {
  return ['area', 'length', 'volume', 'mass', 'energy', 'money'].includes(dimension)
}

function isEnd(right: string): boolean {
  return /^(?:及)?以[上下](?:[，。；、）]|$)/.test(right)
}

/** 六款产品 counts; 一级, 三中全会, 两手 do not: a Chinese numeral needs a thing behind its unit, and 一 alone is hardly ever a count. */
function isChineseCount(sentence: string, numeral: Numeral, to: number): boolean {
  if (numeral.value === 1 && !/^一[例家户]/.test(sentence.slice(numeral.from))) return false
  return to <= sentence.length
}

function yearOf(date: string): number | undefined {
  const year = /^\d{4}/.exec(date)
  return year ? Number(year[0]) : undefined
}
