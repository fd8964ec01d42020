import type { Report, Statement } from '../report/model.js'
import { cite, citeHeading, toReplyFigure } from './cite.js'
import type { Draft } from './draft.js'
import type { Citation, Reply, ReplyFigure } from './model.js'
import { say } from './words.js'

/** Longest text of a reply, in characters; lists and summaries may be twice as long. */
export const TEXT_LIMIT = 600
export const LONG_TEXT_LIMIT = 1200
const LONG_INTENTS = new Set(['list', 'summary', 'section', 'goals', 'progress'])
/** What has more to tell than one page holds. */
const PAGED_INTENTS = new Set(['list', 'summary', 'section'])
const LONGEST_LINE = 160
const QUOTE_LENGTHS = [170, 110, 70, 40]
/** A list is often told in one long sentence, which is then quoted whole. */
const LIST_QUOTE = 340
/** So much of a sentence names it as an operand. */
const OPERAND = 12

/** A page begins with so many statements at most; how many it holds in the end is a matter of their lengths. */
const MOST_QUOTED = 8
/** No reply has more pages. */
const MOST_PAGES = 20

/**
 * Puts a draft into its final form, a page a reply: text, citations, figures. The first page holds the answer; what of a list or an
 * account does not fit it is quoted on the next ones, under the same headline.
 */
export function compose(report: Report, draft: Draft, suggestions: string[]): Reply[] {
  const pages = [fitted(report, draft, draft.statements, suggestions)]
  if (!PAGED_INTENTS.has(draft.intent) || draft.kind !== 'answer') return pages.map((page) => page.reply)
  while (pages.at(-1)!.rest.length && pages.length < MOST_PAGES)
    pages.push(fitted(report, { ...draft, lines: [], headings: [], goesOn: true }, pages.at(-1)!.rest, suggestions))
  return pages.map((page) => page.reply)
}

/** Quotes are shortened, then left out from the last, until the text fits; `rest` is what was left out. */
function fitted(
  report: Report,
  draft: Draft,
  told: Statement[],
  suggestions: string[],
): { reply: Reply; rest: Statement[] } {
  const isLong = LONG_INTENTS.has(draft.intent)
  const limit = isLong ? LONG_TEXT_LIMIT : TEXT_LIMIT
  const all = [...new Set(told)]
  let statements = PAGED_INTENTS.has(draft.intent) ? all.slice(0, MOST_QUOTED) : all
  const done = (reply: Reply) => ({ reply, rest: all.slice(statements.length) })
  const whole = build(report, draft, statements, isLong ? LIST_QUOTE : QUOTE_LENGTHS[0]!, suggestions)
  if (whole.text.length <= limit) return done(whole)
  for (;;) {
    for (const longest of QUOTE_LENGTHS) {
      const reply = build(report, draft, statements, longest, suggestions, false)
      if (reply.text.length <= limit) return done(reply)
    }
    if (statements.length <= 1) {
      const short = { ...draft, headline: shortened(draft.headline), lines: draft.lines.map(shortened) }
      return done(build(report, short, statements, QUOTE_LENGTHS.at(-1)!, suggestions, false))
    }
    statements = statements.slice(0, -1)
  }
}

/** A headline never fills the reply: what is left out is quoted below it. */
function shortened(line: string): string {
  if (line.length <= LONGEST_LINE) return line
  const cut = line.slice(0, LONGEST_LINE)
  return `${cut.slice(0, Math.max(cut.lastIndexOf('、'), cut.lastIndexOf('，'), cut.lastIndexOf('；'), LONGEST_LINE / 2))}……`
}

/** `offers`: the next question is offered in the text too. */
function build(
  report: Report,
  draft: Draft,
  statements: Statement[],
  longest: number,
  suggestions: string[],
  offers = true,
): Reply {
  const citations: Citation[] = []
  for (const statement of statements) {
    const citation = cite(report, statement, longest)
    if (!citations.some((c) => c.start <= citation.start && citation.end <= c.end)) citations.push(citation)
  }
  const placed = citations.length
  for (const section of draft.headings) citations.push(citeHeading(report, section))
  const figures = draft.figures.flatMap((figure) => {
    const index = citations.findIndex((c) => c.start <= figure.start && figure.end <= c.end)
    return index < 0 ? [] : [toReplyFigure(figure, index)]
  })
  const total = totalOf(report, draft, citations.slice(0, placed))
  const lines = [...(total ? [total.line] : []), ...draft.lines]
  const text = [draft.headline, ...lines, ...quoteLines(citations.slice(0, placed))].join('\n')
  const next = offers && suggestions[0] && !draft.options.length ? `\n${say('next', { question: suggestions[0] })}` : ''
  return {
    kind: draft.kind,
    intent: draft.intent,
    headline: draft.headline,
    text: text + next,
    figures: citations.length ? [...figures, ...(total ? [total.figure] : [])] : [],
    citations,
    options: draft.options,
    suggestions,
  }
}

/** How many sentences a list is told in: counted, so marked as derived, the quotations as its operands. What did not fit is said. */
function totalOf(
  report: Report,
  { kind, intent, statements, goesOn }: Draft,
  quoted: Citation[],
): { line: string; figure: ReplyFigure } | undefined {
  const value = new Set(statements.map((s) => s.sentence.id)).size
  if (kind !== 'answer' || intent !== 'list' || value < 2) return undefined
  const text = say('sentences', { value })
  const figure: ReplyFigure = {
    text,
    value,
    unit: text.replace(String(value), ''),
    metric: '',
    subject: report.place,
    period: '',
    kind: 'derived',
    qualifier: '',
    citation: 0,
    derived: true,
    formula: quoted.map((c) => `“${c.quote.slice(0, OPERAND)}”`).join(' + '),
  }
  return { line: say(goesOn ? 'totalOn' : quoted.length < value ? 'totalPart' : 'total', { total: text }), figure }
}

/** Quotes in order; the place stands once below quotes that share it. */
function quoteLines(citations: Citation[]): string[] {
  const lines: string[] = []
  citations.forEach((citation, i) => {
    lines.push(`“${citation.quote}”`)
    const place = placeOf(citation)
    if (!citations[i + 1] || placeOf(citations[i + 1]!) !== place) lines.push(`——${place}`)
  })
  return lines
}

function placeOf(citation: Citation): string {
  return [...citation.section, citation.locator].join(' › ')
}
