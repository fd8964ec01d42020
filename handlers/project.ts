import { bestOf, focusOf, type Handler } from '../src/handler.js'
import type { Question } from '../src/question/model.js'
import { draft } from '../src/reply/draft.js'
import { factLine } from '../src/reply/headline.js'
import type { Evidence } from '../src/search/evidence.js'

/** Statements that name the thing as fully are quoted too. */
const CLOSE = 0.03
const MOST_ALSO = 3
/** 20万吨那个项目: another one of that size, named nearly as fully, may be meant. */
const ALIKE = 0.15

/** How far a project is and what is planned for it: the statement of each year that names it. */
export const project: Handler = {
  name: 'project',
  handle: ({ question, evidence, message }, { report }) => {
    if (message.cues.has('summary') && !question.cues.has('status')) return undefined
    if (
      !question.cues.has('status') &&
      !question.cues.has('who') &&
      !question.cues.has('where') &&
      !question.cues.has('what')
    )
      return undefined
    const best = bestOf(evidence)
    if (!best) return undefined
    const other = question.years.length
      ? undefined
      : evidence.find(
          (e) =>
            e.statement.tense !== best.statement.tense &&
            e.fits &&
            e.coverage >= best.coverage - 0.05 &&
            e.statement.tense !== 'other' &&
            e.statement.tense !== 'definition',
        )
    const told = other ? [best, other] : [best]
    const also = evidence
      .filter(
        (e) =>
          !told.includes(e) &&
          e.able &&
          e.inTime &&
          e.fits &&
          (e.coverage >= best.coverage - CLOSE
            ? e.statement.tense === best.statement.tense
            : isSameSize(e, best, question)),
      )
      .slice(0, MOST_ALSO)
    return draft({
      kind: 'answer',
      intent: 'project',
      headline: told.map((e) => factLine(report, e.statement, focusOf(question))).join('；'),
      statements: [...told, ...also].map((e) => e.statement),
      figures: told.flatMap((e) => e.statement.figures.filter((f) => f.kind !== 'name' && f.kind !== 'date')),
      confidence: best.coverage + 0.01,
    })
  },
}

function isSameSize(one: Evidence, best: Evidence, { mentions }: Question): boolean {
  const sizes = ({ statement }: Evidence) =>
    statement.figures.filter((f) => mentions.some((m) => m.value === f.value && m.unit === f.unit))
  return one.coverage >= best.coverage - ALIKE && sizes(one).length > 0 && sizes(best).length > 0
}
