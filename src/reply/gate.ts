import type { Report } from '../report/model.js'
import type { Reply } from './model.js'

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
  const known = new Set(
    [
      ...reply.citations.flatMap((c) => [c.quote, ...c.section, c.locator]),
      ...reply.figures.filter((f) => f.derived).map((f) => f.text),
      ...reply.options,
      ...reply.suggestions,
      question,
      String(report.resultYear),
      String(report.planYear),
    ].flatMap(numerals),
  )
  const text = reply.text.replace(/^\s*\d{1,2}[.、](?!\d)/gm, '')
  for (const numeral of numerals(text)) if (!known.has(numeral)) faults.push(`numeral ${numeral} stands in no quotation`)
  for (const citation of reply.citations) {
    if (squash(report.source.slice(citation.start, citation.end)) !== squash(citation.quote) && !isMended(report, citation)) {
      faults.push(`quotation does not read back at ${citation.start}`)
    }
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

function isMended(report: Report, span: { start: number; end: number }): boolean {
  return report.mended.some((offset) => offset >= span.start && offset < span.end)
}

function squash(text: string): string {
  return text.replace(/[\s*_#>\u3000\uFEFF-]+/g, '').replace(/[^\p{L}\p{N}]/gu, '')
}
