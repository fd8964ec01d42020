import { boundAt } from '../contrast.js'
import { anyOf, type ReportLanguage } from '../knowledge/language.js'
import { findNumerals, type Numeral } from '../report/numerals.js'
import type { Mention, Want } from './model.js'
import type { Locked, Token } from './segment.js'

export interface Numbers {
  locked: Locked[]
  mentions: Mention[]
  years: number[]
  /** Dimensions asked for by 多少亿, 几个点, 第几. */
  wants: Want[]
  classifiers: string[]
}

const YEAR =
  /(?<!\d)((?:19|20)\d\d)(?:年度|年|(?![\d.]|[\p{Script=Han}%‰]*(?:分之|个|万|亿|家|项|户|人)))|(?<![\d.])(\d\d)年(?!级|内|来(?!了|过|的)|前|后|以)/gu
/** Units that are no measure words behind 多少: 多少大学生 asks of students. */
const NO_MEASURE = /^[大级届期星点本路站门首片段块]$/
/** 几个项目 asks of projects, not of 项. */
const BEGINS_WORD = '(?!(?<=项)目|(?<=名)[额字单校师家]|(?<=人)[才员大均]|(?<=家)庭|(?<=口)袋|(?<=点)位)'
/** Numbers of this kind name and count nothing: 三级, 五大. */
const NAMING_UNIT = /^[级大届期]$/

/** Makes the function that finds years, numbers with their units, and what 多少… asks for. */
export function numberReader({ units }: ReportLanguage, spend: string[]) {
  const unit = anyOf(units.keys())
  const unitHere = new RegExp(`^(?:${unit})(?:/(?:${unit}))?(?!(?<=分)[别布类]|(?<=对)(?:[吗不吧么，。？]|$))`)
  const spends = new RegExp(`(?:${anyOf(spend)})$`)
  const measures = anyOf([...units.keys()].filter((u) => !NO_MEASURE.test(u)))
  const size = '(个?(?=百分点|点)|个(?=[十百千万亿]+元?(?:以[上下]|级))|个?(?:[十百千](?!分))*[万亿]*)'
  const asked = new RegExp(
    `百分之(?:多少|几)|第几|(?<![哪那这])(?:多少|几多|几)${size}(百分点|点|${measures}|回|趟|遍|块|毛|角|钱|a级|a)?${BEGINS_WORD}`,
    'g',
  )
  const which = new RegExp(`哪(?:[一二两三四五六七八九十几]|\\d+)(?![天年月日号点])(?:${measures})${BEGINS_WORD}`, 'g')

  return (text: string): Numbers => {
    const numbers: Numbers = { locked: [], mentions: [], years: [], wants: [], classifiers: [] }
    readYears(text, numbers)
    for (const m of text.matchAll(asked)) readAsked(text, m, numbers)
    for (const m of text.matchAll(which))
      lock(numbers, m.index, { text: m[0], kind: 'word', entry: { cue: 'list' } }, true)
    for (const numeral of findNumerals(text)) readNumeral(text, numeral, numbers)
    return numbers
  }

  function readAsked(text: string, m: RegExpMatchArray, numbers: Numbers): void {
    const [matched, count = '', unitAsked = ''] = m as unknown as [string, string?, string?]
    // 多少个车位 asks of 车位: 个 has measured already.
    const isNoun = count.includes('个') && unitAsked.length > 1 && !unitAsked.endsWith('点') && !isTime(unitAsked)
    const measure = isNoun ? '' : unitAsked
    const whole = isNoun ? matched.slice(0, -unitAsked.length) : matched
    const from = m.index!
    const isSpent = !count.includes('个') && !measure && spends.test(text.slice(0, from))
    const want = isSpent ? 'money' : wantOf(whole, count, measure)
    if (want) numbers.wants.push(want)
    const classifier = classifierOf(count, measure)
    if (classifier) numbers.classifiers.push(classifier)
    lock(numbers, from, { text: whole, kind: 'word', entry: { cue: 'number' } }, true)
  }

  function readNumeral(text: string, numeral: Numeral, numbers: Numbers): void {
    const { from, value, chinese } = numeral
    const [before, after] = [text.slice(0, from), text.slice(numeral.to)]
    if (numbers.locked.some((l) => from < l.to && l.from < numeral.to)) return
    const printed = unitHere.exec(after)?.[0] ?? ''
    // 5n, b2b are names; gdp500亿元 is an amount.
    if (/[+第]$/.test(before) || (/[a-z]$/.test(before) && !printed) || /^\+|^[a-z]/.test(after)) return
    if (chinese && (!printed || value < 2 || NAMING_UNIT.test(printed))) return
    const dimension = (units.get(printed) ?? units.get(printed.split('/')[0]!))?.dimension ?? ''
    const mention = text.slice(from, numeral.to + printed.length)
    const bound = boundAt(text, from, numeral.to + printed.length)
    numbers.mentions.push({ text: mention, value, unit: printed, dimension, ...(bound ? { bound } : {}) })
    lock(numbers, from, { text: mention, kind: 'number' }, true)
  }

  function wantOf(text: string, count: string, measure: string): Want | undefined {
    if (text.startsWith('百分之') || text.includes('点')) return 'percent'
    if (text === '第几') return 'rank'
    if (measure.startsWith('a')) return 'grade'
    if (/^[钱块毛角]/.test(measure) || (!measure && count.includes('亿'))) return 'money'
    if ((count === '个' && !isTime(measure)) || /^[回趟遍]$/.test(measure)) return 'count'
    return units.get(measure)?.dimension
  }
}

function readYears(text: string, numbers: Numbers): void {
  for (const m of text.matchAll(YEAR)) {
    const year = Number(m[1] ?? `20${m[2]}`)
    if (m[2] && (year < 2000 || year > 2040)) continue
    numbers.years.push(year)
    lock(numbers, m.index, { text: m[0], kind: 'year', year }, false)
  }
}

function lock(numbers: Numbers, from: number, token: Token, soft: boolean): void {
  numbers.locked.push({ from, to: from + token.text.length, token, soft })
}

/** The measure word that the figure should share; 个 measures anything. */
function classifierOf(count: string, measure: string): string | undefined {
  if (measure.endsWith('点')) return undefined
  if (count.includes('个') && !isTime(measure)) return '个'
  return measure && !/^(?:[钱毛角]|a级?|类)$/.test(measure) ? measure : undefined
}

function isTime(measure: string): boolean {
  return /月|小时|工作日/.test(measure)
}
