import { focusOf, type Handler, topicOf } from '../src/handler.js'
import type { Indicator } from '../src/knowledge/lexicon.js'
import type { Content } from '../src/question/model.js'
import { draft } from '../src/reply/draft.js'
import { factLine } from '../src/reply/headline.js'
import { say } from '../src/reply/words.js'

const NEAR_ENOUGH = 0.35
/** A report that names no year has no 去年. */
const FIRST_YEAR = 1949

function toContent(indicator: Indicator): Content {
  return {
    text: indicator.name,
    alternatives: [indicator.name, ...indicator.forms],
    weight: 2,
    source: 'row',
    indicator,
    required: true,
    group: 0,
  }
}

/** What the report does not say: said first, then the nearest thing that it does say, labelled as different. */
export const notFound: Handler = {
  name: 'not_found',
  handle: ({ question, evidence }, { report, find, leastConfidence }) => {
    const alike =
      question.nearest[0] &&
      find({ ...question, contents: [toContent(question.nearest[0])] }).find((e) => e.able && e.coverage > 0.8)
    const near = alike ?? evidence.find((e) => e.able && e.coverage >= NEAR_ENOUGH)
    const nearest = question.foreignPlace ? undefined : near
    const otherYear = question.years.find((y) => y !== report.resultYear && y !== report.planYear)
    const headline = question.foreignPlace
      ? say('notFoundPlace', { place: question.foreignPlace, own: report.place || '本报告的地方' })
      : otherYear
        ? say(otherYear > FIRST_YEAR ? 'notFoundYear' : 'notFound', { year: otherYear })
        : question.years.length === 1
          ? say('notFoundTopicYear', { year: question.years[0]!, topic: topicOf(question) })
          : say('notFoundTopic', { topic: topicOf(question) })
    return draft({
      kind: 'not_found',
      intent: 'not_found',
      headline,
      lines: nearest ? [say('nearest') + factLine(report, nearest.statement, focusOf(question))] : [],
      statements: nearest ? [nearest.statement] : [],
      figures: nearest ? nearest.statement.figures.filter((f) => f.kind !== 'name' && f.kind !== 'date') : [],
      confidence: leastConfidence,
    })
  },
}
