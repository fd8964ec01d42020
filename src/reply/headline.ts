import type { Report, Statement } from '../report/model.js'

const LONGEST = 90

/**
 * The statement as one line with its year spelled out: 2024年：一般公共预算收入完成12.39亿元，同比增长12.1%（预计）.
 * The words stay the report's own; a hedge that stands at the head of its sentence is put behind.
 */
export function factLine(report: Report, statement: Statement, focus: string[] = [], longest = LONGEST): string {
  const text = narrowed(statement.text.replace(/[，；。：、]+$/, ''), focus, longest)
  const hedges = [...new Set(statement.figures.filter((f) => text.includes(f.text)).flatMap((f) => f.qualifiers))].filter((q) => !text.includes(q))
  return timeLabel(report, statement, text) + text + (hedges.length ? `（${hedges.join('、')}）` : '')
}

function timeLabel(report: Report, statement: Statement, text: string): string {
  const year = statement.years.at(-1)
  if (statement.tense === 'definition' || year === undefined) return ''
  const isPlan = statement.tense === 'plan' && year >= report.planYear
  if (text.includes(`${year}年`)) return isPlan && !/目标|计划|力争/.test(text) ? '计划：' : ''
  return isPlan ? `${year}年计划：` : `${year}年：`
}

/** A long enumeration is told by the items in question and how it ends: 长发…散热器……等一批项目当年签约、当年开工. */
function narrowed(text: string, focus: string[], longest: number): string {
  if (text.length <= longest) return text
  const items = text.split(/(?<=、)/)
  const hits = items.map((item, i) => (focus.some((f) => f.length > 1 && item.includes(f)) ? i : -1)).filter((i) => i >= 0)
  if (items.length < 2 || !hits.length) return text
  const [first, last] = [hits[0]!, hits.at(-1)!]
  const head = items.slice(first, last + 1).join('').replace(/、$/, '')
  const ending = items.slice(last + 1).join('')
  const tail = ending.includes('等') ? ending.slice(ending.lastIndexOf('等')) : ''
  return `${first > 0 ? '……' : ''}${head}${last < items.length - 1 ? '……' : ''}${tail}`
}
