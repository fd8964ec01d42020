import { anyOf, type ReportLanguage } from '../knowledge/language.js'
import type { Block } from './clean.js'
import type { Section, Tense } from './model.js'

export interface ReportYears {
  resultYear: number
  planYear: number
}

/**
 * The year whose results the report tells and the year it plans, found in title and headings,
 * else from the date it was given: a report of January 2025 tells 2024 and plans 2025.
 */
export function findYears(front: Block[], sections: Section[], body: string): ReportYears {
  const title = front.map((b) => b.text).join('\n')
  const headings = sections.map((s) => s.heading)
  const told = find([title, ...headings], /(20\d\d|19\d\d)年[^，。\n年]{0,24}(?:执行情况|回顾|完成情况|工作总结)/)
  const planned = find([title, ...headings], /(20\d\d|19\d\d)年[^，。\n年]{0,24}(?:草案|目标|任务|安排|重点|部署|打算)/)
  const given = find([title, body.slice(0, 400)], /(20\d\d|19\d\d)年\d{1,2}月\d{1,2}日/)
  const planYear = planned ?? given ?? (told ? told + 1 : mostFrequentYear(body))
  const resultYear = told && told < planYear ? told : planYear - 1
  return { resultYear, planYear: told && !planned && !given ? told + 1 : planYear }
}

function find(texts: string[], pattern: RegExp): number | undefined {
  for (const text of texts) {
    const year = pattern.exec(text)?.[1]
    if (year) return Number(year)
  }
  return undefined
}

function mostFrequentYear(body: string): number {
  const counts = new Map<string, number>()
  for (const [, year] of body.matchAll(/(20\d\d|19\d\d)年/g)) counts.set(year!, (counts.get(year!) ?? 0) + 1)
  return Number([...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0)
}

/**
 * Gives the tense of each section: from its heading's year and words, else from its parent, else from what its `opening` says,
 * else from the part before. A part without a sign before any plan tells results.
 */
export function tenseOfSections(
  sections: Section[],
  years: ReportYears,
  language: ReportLanguage,
  opening: (section: Section) => string,
): Map<Section, Tense> {
  const { structure } = language
  const [result, plan] = [new RegExp(anyOf(structure.result)), new RegExp(anyOf(structure.plan))]
  const tenses = new Map<Section, Tense>()
  const planWords = new RegExp(`${years.planYear}年|今年|${anyOf(structure.planCue)}`)
  const resultWords = new RegExp(`${years.resultYear}年|${anyOf(structure.resultCue)}`)
  let before: Tense = 'result'
  for (const section of sections) {
    const parent = section.parent && tenses.get(section.parent)
    const own = ownTense(section.heading)
    const tense: Tense =
      section.level >= 3 && parent && parent !== 'other'
        ? parent
        : (own ?? parent ?? openingTense(opening(section)) ?? before)
    tenses.set(section, tense)
    if (!section.parent) before = tense
  }
  return tenses

  /** The sign that comes first decides. */
  function openingTense(text: string): Tense | undefined {
    const [told, planned] = [text.search(resultWords), text.search(planWords)]
    if (told < 0 && planned < 0) return undefined
    return told >= 0 && (planned < 0 || told < planned) ? 'result' : 'plan'
  }

  function ownTense(heading: string): Tense | undefined {
    if (structure.appendices.includes(heading)) return 'definition'
    const told = heading.includes(`${years.resultYear}年`) || result.test(heading)
    const planned = heading.includes(`${years.planYear}年`) || plan.test(heading)
    if (told === planned) return told && result.test(heading) ? 'result' : undefined
    return told ? 'result' : 'plan'
  }
}

/** Years that a statement names; a year it only compares with (较2023年) is no year it is about. */
export function yearsNamed(text: string, years: ReportYears): number[] {
  const named: number[] = []
  for (const m of text.matchAll(/(较|比|于|高于)?(\d{4})年/g)) if (!m[1] || m[1] === '于') named.push(Number(m[2]))
  for (const [word, year] of [
    ['今年', years.planYear],
    ['去年', years.resultYear],
    ['上年', years.resultYear],
  ] as const) {
    if (text.includes(word) && !/[较比]上年|比去年|较去年/.test(text)) named.push(year)
  }
  return [...new Set(named)]
}
