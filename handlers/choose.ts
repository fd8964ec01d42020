import type { Handler } from '../src/handler.js'
import { draft } from '../src/reply/draft.js'
import { say } from '../src/reply/words.js'
import type { Evidence } from '../src/search/evidence.js'

/** Half a name fits several things; more than this many characters name one. */
const LONGEST_NAME = 3
/** Lighter words (新增, 完成) name nothing. */
const NAMING = 0.45
const LEAST_NAMING = 0.2
const GENERIC = /^(?:项目|企业|公司|工程|工作|村|户|家|项|个)$/
const MOST = 5
const AS_GOOD = 0.03
const AS_GOOD_NUMBER = 0.2

/** A question that fits several statements as well as one: offers each of them as a question that can be sent as it is. */
export const choose: Handler = {
  name: 'choose',
  handle: ({ question, evidence }, { report }) => {
    if (question.cues.has('summary') || question.cues.has('list')) return undefined
    const able = evidence.filter(
      (e) => e.able && e.inTime && e.fits && e.statement.tense !== 'other' && e.statement.tense !== 'definition',
    )
    const best = able[0]
    if (!best) return undefined
    const asNumber = question.cues.has('number') || question.wants.length > 0
    const named = question.contents
      .filter((c) => c.weight > (c.source === 'row' ? NAMING : LEAST_NAMING) && !GENERIC.test(c.text))
      .map((c) => c.text)
      .join('')
    const margin = asNumber ? AS_GOOD_NUMBER : AS_GOOD
    const peers = distinct(
      able.filter((e) => e.score >= best.score - margin && e.coverage >= best.coverage - AS_GOOD),
      asNumber,
    )
    if (peers.length < 2 || named.length > (asNumber ? 0 : LONGEST_NAME)) return undefined
    const options = [...new Set(peers.map((e) => optionFor(e, report.planYear, asNumber)))].slice(0, MOST)
    if (options.length < 2) return undefined
    return draft({
      kind: 'choose',
      intent: 'choose',
      headline: say('choose'),
      lines: options.map((o, i) => `${i + 1}. ${o}`),
      statements: [],
      options,
      confidence: best.coverage + 0.12,
    })
  },
}

/** Readings that differ: another figure measured, or another sentence. */
function distinct(evidence: Evidence[], asNumber: boolean): Evidence[] {
  const seen = new Set<string | number>()
  return evidence.filter((e) => {
    const key = asNumber ? (e.figure?.metric ?? e.statement.id) : e.statement.sentence.id
    return !seen.has(key) && seen.add(key)
  })
}

function optionFor({ statement, figure }: Evidence, planYear: number, asNumber: boolean): string {
  const year = statement.years.at(-1)
  const when = year === undefined ? '' : `${year}年`
  const what = asNumber && figure?.metric ? figure.metric : statement.text.replace(/[，；。、]+$/, '').slice(0, 28)
  const ask = asNumber ? (year !== undefined && year >= planYear ? '目标是多少？' : '是多少？') : '怎么样？'
  return `${when}${what.includes(when) ? what.replace(when, '') : what}${ask}`
}
