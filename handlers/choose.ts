import { type Asked, type Handler, LEAST_CONFIDENCE } from '../src/handler.js'
import { fold } from '../src/question/normalize.js'
import { type Draft, draft } from '../src/reply/draft.js'
import { GENERIC } from '../src/reply/headline.js'
import { say } from '../src/reply/words.js'
import type { Entity, Report } from '../src/report/model.js'
import type { Evidence } from '../src/search/evidence.js'

const MOST = 5
/** Lighter words name nothing; nor do verbs (新增, 完成), whatever they weigh. */
const NAMING = 0.6
/** 新增, 完成: of two characters, and common. */
const SHORT = 2
const LEAST_NAMING = 0.2
/** Half a name fits several things; more than this many characters name one. */
const LONGEST_NAME = 3
/** 企业, 人才: what is told of them measures many things. */
const COMMON = 0.7
const AS_GOOD = 0.03
const AS_GOOD_NUMBER = 0.2
const ANSWERS = 0.55

/** A question that fits several things as well as one: offers each of them as a question that can be sent as it is. */
export const choose: Handler = {
  name: 'choose',
  handle: (asked, { report, language }) => {
    const { question } = asked
    if (question.cues.has('summary') || question.cues.has('list')) return undefined
    const named = question.contents
      .filter(
        (c) =>
          ((c.text.length > SHORT && c.weight > LEAST_NAMING) ||
            c.weight > (c.source === 'row' ? NAMING : LEAST_NAMING)) &&
          !GENERIC.test(c.text) &&
          !language.verbs.has(c.text),
      )
      .map((c) => c.text)
    const asksNumber = question.cues.has('number') || question.wants.length > 0
    const isCommon =
      question.inherited.length === 0 &&
      question.anchor === undefined &&
      named.length === 1 &&
      named[0]!.length === SHORT &&
      question.contents.every((c) => c.weight < COMMON && c.source !== 'row') &&
      question.wants.every((want) => want === 'count')
    if (named.join('').length > (asksNumber && !isCommon ? 0 : LONGEST_NAME)) return undefined
    if (!named.length && question.inherited.some((c) => c.weight > NAMING)) return undefined
    const projects = projectsNamed(named.join(''), asked, report)
    if (projects.length === 1) return undefined
    return (
      (projects.length ? amongProjects(projects, asked) : undefined) ??
      amongStatements(asked, report, asksNumber, named.length === 0)
    )
  },
}

/** 青禾: the projects whose names hold it. */
function projectsNamed(text: string, { question }: Asked, report: Report): Entity[] {
  if (text.length < 2) return []
  const inTime = (e: Entity) =>
    !question.years.length || e.mentions.some((m) => m.years.some((y) => question.years.includes(y)))
  return report.entities.filter((e) => [e.name, ...e.aliases].some((name) => fold(name).includes(text)) && inTime(e))
}

/** Several projects, unless one statement tells of them all. */
function amongProjects(projects: Entity[], { evidence }: Asked): Draft | undefined {
  if (projects[0]!.mentions.some((m) => projects.every((p) => p.mentions.includes(m)))) return undefined
  return offer(
    projects.map((p) => say('askProject', { name: p.name })),
    evidence[0]?.coverage ?? 0,
  )
}

/** 增长多少, 新增了几个: the statements that answer as well as the best one; with nothing named, all that answer at all. */
function amongStatements(
  { question, evidence }: Asked,
  report: Report,
  asksNumber: boolean,
  nameless: boolean,
): Draft | undefined {
  const able = evidence.filter(
    (e) => e.able && e.inTime && e.fits && e.statement.tense !== 'other' && e.statement.tense !== 'definition',
  )
  const best = able[0]
  if (!best || best.statement.sentence.id === question.anchor) return undefined
  const margin = asksNumber ? AS_GOOD_NUMBER : AS_GOOD
  const near =
    nameless && asksNumber
      ? able.filter((e) => e.coverage >= best.coverage * ANSWERS)
      : able.filter((e) => e.score >= best.score - margin && e.coverage >= best.coverage - AS_GOOD)
  return offer(
    distinct(near, asksNumber).map((e) => optionFor(e, report.planYear, asksNumber, question.text)),
    nameless && asksNumber ? Math.max(best.coverage, LEAST_CONFIDENCE) : best.coverage,
  )
}

function offer(questions: string[], coverage: number): Draft | undefined {
  const options = [...new Set(questions)].slice(0, MOST)
  if (options.length < 2) return undefined
  const lines = options.map((option, i) => `${i + 1}. ${option}`)
  return draft({
    kind: 'choose',
    intent: 'choose',
    headline: say('choose'),
    lines,
    options,
    confidence: coverage + 0.12,
  })
}

/** Readings that differ: another figure measured, or another sentence. */
function distinct(evidence: Evidence[], asksNumber: boolean): Evidence[] {
  const seen = new Set<string | number>()
  return evidence.filter((e) => {
    const metric = e.figure && !GENERIC.test(e.figure.metric) ? e.figure.metric : e.statement.id
    const key = asksNumber ? metric : e.statement.sentence.id
    return !seen.has(key) && seen.add(key)
  })
}

/** Asked 企业有多少家, 企业 alone would tell no reading from the others: the statement does. */
function optionFor({ statement, figure }: Evidence, planYear: number, asksNumber: boolean, asked: string): string {
  const year = statement.years.at(-1)
  const when = year === undefined ? '' : `${year}年`
  const told = statement.text.replace(/[，；。、]+$/, '').slice(0, 28)
  const tells = asksNumber && figure && !GENERIC.test(figure.metric) && !asked.includes(figure.metric)
  const what = (tells && figure.metric) || told
  const ask = tells ? (year !== undefined && year >= planYear ? '目标是多少？' : '是多少？') : '怎么样？'
  return `${when}${what.replace(when, '')}${ask}`
}
