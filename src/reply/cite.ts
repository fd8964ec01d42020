import type { Figure, Report, Section, Sentence, Statement } from '../report/model.js'
import type { Citation, ReplyFigure } from './model.js'

/** A sentence up to this length is quoted whole; of a longer one, the statements around the one cited. */
const LONGEST_QUOTE = 170

/** Cites a statement: its sentence, or a window of it, with headings and paragraph. */
export function cite(report: Report, statement: Statement, longest = LONGEST_QUOTE): Citation {
  const { sentence } = statement
  const [from, to] = window(sentence, statement, longest)
  return {
    report: report.id,
    section: sentence.section?.path ?? [],
    locator: locatorOf(sentence),
    quote: sentence.text.slice(from, to),
    start: sentence.at[from]!,
    end: sentence.at[to - 1]! + 1,
  }
}

/** Cites a heading, which is its own quotation. */
export function citeHeading(report: Report, section: Section): Citation {
  return {
    report: report.id,
    section: section.path,
    locator: '标题',
    quote: section.heading,
    start: section.start,
    end: section.end,
  }
}

function window(sentence: Sentence, statement: Statement, longest: number): [number, number] {
  if (sentence.text.length <= longest) return [0, sentence.text.length]
  const all = sentence.statements
  let [first, last] = [all.indexOf(statement), all.indexOf(statement)]
  const length = () => all[last]!.to - all[first]!.from
  for (let grown = true; grown; ) {
    grown = false
    const before = all[first - 1]
    if (before && length() + before.text.length <= longest) {
      first--
      grown = true
    }
    const after = all[last + 1]
    if (after && length() + after.text.length <= longest) {
      last++
      grown = true
    }
  }
  return [all[first]!.from, all[last]!.to]
}

function locatorOf(sentence: Sentence): string {
  return sentence.section ? `第${sentence.paragraph}段` : '正文开头'
}

/** The same figure as the reply states it. `citation` is the index of the citation that holds it. */
export function toReplyFigure(figure: Figure, citation: number): ReplyFigure {
  return {
    text: figure.text,
    ...(figure.value === undefined ? {} : { value: figure.value }),
    unit: figure.unit,
    metric: figure.metric,
    subject: figure.subject,
    period: figure.period,
    kind: figure.status === 'none' ? figure.kind : figure.status,
    qualifier: figure.qualifiers.join(' '),
    citation,
  }
}
