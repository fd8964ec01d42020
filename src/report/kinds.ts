import { anyOf, type ReportLanguage } from '../knowledge/language.js'
import type { FigureKind } from './model.js'

/** Where a quantity stands: the sentence before and behind it, its unit, and how its number is written. */
export interface Standing {
  left: string
  right: string
  unit: string
  dimension: string
  value: number
  chinese: boolean
}

interface Rule {
  kind: FigureKind
  when: (standing: Standing) => boolean
}

const MEASURES = new Set(['area', 'length', 'volume', 'mass', 'power', 'energy', 'money'])
const RATES = new Set(['percent', 'permille', 'ratio'])
const OR_MORE = /^(?:及)?以[上下]/
const DATE_UNIT = /^(?:月|日|世纪|年)$/

/** Makes the function that tells how a quantity is meant: the first rule that fits. */
export function kindTeller({ figures }: ReportLanguage): (standing: Standing) => FigureKind {
  const changes = [...figures.grow, ...figures.fall]
  const change = new RegExp(`^(?:${anyOf(changes)})$`)
  const rateWord = new RegExp(anyOf([...changes, ...figures.ratio]), 'g')
  const capacity = new RegExp(`(?:${anyOf(figures.capacity)})[^，；。、]{0,8}$`)
  const project = new RegExp(`^[^，；。：、][^，；。：]{0,40}?(?:${anyOf(figures.project)})`)
  const invest = new RegExp(`(?:${anyOf(figures.invest)})[^，；。、]{0,6}$`)
  const done = /(?:完成|面积|累计|新增|整治|达到)[^，；。、]{0,8}$/
  /** The last word of change or ratio in the clause decides what a rate is. */
  const lastRateWord = ({ left }: Standing) => [...clauseOf(left).matchAll(rateWord)].at(-1)?.[0] ?? ''

  const rules: Rule[] = [
    { kind: 'name', when: isNaming },
    {
      kind: 'date',
      when: ({ dimension, unit }) => dimension === 'time' && DATE_UNIT.test(unit),
    },
    { kind: 'count', when: ({ dimension }) => dimension === 'time' },
    { kind: 'points', when: ({ unit }) => /百分点|个点/.test(unit) },
    { kind: 'threshold', when: ({ right }) => OR_MORE.test(right) && isBeforeNoun(right.replace(OR_MORE, '')) },
    { kind: 'growth', when: (s) => RATES.has(s.dimension) && change.test(lastRateWord(s)) },
    { kind: 'share', when: ({ dimension }) => RATES.has(dimension) },
    { kind: 'investment', when: ({ dimension, left }) => dimension === 'money' && invest.test(left) },
    { kind: 'capacity', when: ({ left }) => capacity.test(left) },
    {
      kind: 'capacity',
      when: ({ dimension, left, right }) => MEASURES.has(dimension) && project.test(right) && !done.test(left),
    },
    { kind: 'amount', when: ({ dimension }) => MEASURES.has(dimension) || dimension === 'people' },
  ]
  return (standing) => rules.find((rule) => rule.when(standing))?.kind ?? 'count'
}

/** 两级联动 counts levels; 三级甲等 names one. */
const LEVELS = /^(?:联动|管理|体系|网络|网格|平台|联创)/

/** 十八届, 二期, 二十大, 四次会议, “百位名家”: the number is part of a name. */
function isNaming({ unit, value, chinese, left, right }: Standing): boolean {
  if (chinese && value >= 100 && left.endsWith('“')) return true
  if (unit === '级' && chinese && LEVELS.test(right)) return false
  if (unit === '届' || unit === '期' || unit === '级') return true
  if (unit === '次') return chinese && right.startsWith('会议')
  return (unit === '大' || unit === '星') && (!chinese || value > 10)
}

/** 600分以上人数 sets a bound for a thing; 8家以上， hedges. */
function isBeforeNoun(right: string): boolean {
  return /^\p{Script=Han}/u.test(right) && !/^(?:的)?(?:增长|目标)/.test(right)
}

function clauseOf(left: string): string {
  return left.slice(Math.max(left.lastIndexOf('，'), left.lastIndexOf('；')) + 1)
}
