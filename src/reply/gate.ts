import type { Report } from '../report/model.js'
import type { Citation, Reply, ReplyFigure } from './model.js'

/** What may stand in the source between two characters of a quotation: white space of every kind, marks without a body, emphasis. */
const LAYOUT = /[\s\uFEFF\u200B*_]/
const LIST_NUMBER = /^\s*\d{1,2}[.、](?!\d)/gm

/** Numerals of a text, in half-width form. */
function numerals(text: string): string[] {
  return text.normalize('NFKC').match(/\d+(?:\.\d+)?/g) ?? []
}

/**
 * Law 1: every numeral of the reply stands in a quotation, its headings or locator, the question, an option, or a derived figure.
 * Law 2: a figure that is stated keeps its hedges. Every quotation must read back from the source.
 * Returns what is wrong, in words for the log; empty when the reply may leave.
 */
export function faultsOf(reply: Reply, report: Report, question: string): string[] {
  const faults: string[] = []
  const sources = reply.citations.flatMap((c) => [c.quote, ...c.section, c.locator])
  const derived = reply.figures.filter((f) => isCounted(f, reply)).map((f) => f.text)
  // 报告没有给出2023年的这个数: to name the year that is missing states no fact.
  const missing = reply.kind === 'not_found' ? (reply.headline.match(/(?:19|20)\d\d(?=年)/g) ?? []) : []
  const spoken = [...missing, ...reply.options, ...reply.suggestions, question, report.resultYear, report.planYear]
  const known = new Set(numerals([...sources, ...derived, ...spoken].join('\n')))
  for (const numeral of numerals(reply.text.replace(LIST_NUMBER, ''))) {
    if (!known.has(numeral)) faults.push(`numeral ${numeral} stands in no quotation`)
  }
  for (const citation of reply.citations) {
    if (!readsBack(report, citation)) faults.push(`quotation does not read back at ${citation.start}`)
  }
  for (const figure of reply.figures) {
    if (figure.derived) continue
    for (const hedge of figure.qualifier.split(' ').filter(Boolean)) {
      if (!reply.text.includes(hedge)) faults.push(`hedge ${hedge} of ${figure.text} is missing`)
    }
  }
  if (!reply.text.startsWith(reply.headline)) faults.push('text does not begin with the headline')
  if (/[\n\r]/.test(reply.headline)) faults.push('the headline has more than one line')
  return faults
}

/** A total may be told where its operands are the quotations themselves, and no more of them than it counts. */
function isCounted({ derived, value, formula = '' }: ReplyFigure, { citations }: Reply): boolean {
  // An operand may hold quotation marks of its own.
  const operands = /^“.*”$/s.test(formula) ? formula.slice(1, -1).split('” + “') : []
  const quoted = operands.every((operand) => citations.some((c) => c.quote.startsWith(operand)))
  return derived === true && operands.length > 0 && operands.length <= (value ?? 0) && quoted
}

/** Whether the slice of the source is the quotation and nothing else, white space, marks and mended faults aside. */
function readsBack({ source, mended }: Report, { quote, start, end }: Citation): boolean {
  const isLayout = (offset: number) => LAYOUT.test(source[offset]!) || mended.includes(offset)
  let at = start
  for (const char of quote) {
    if (char === ' ') continue
    while (at < end && isLayout(at)) at++
    if (at >= end || source.slice(at, at + char.length) !== char) return false
    at += char.length
  }
  while (at < end && isLayout(at)) at++
  return at === end
}
