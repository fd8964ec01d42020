import type { Reply, ReplyFigure } from '../../src/reply/model.js'
import { desk } from '../support/service.js'

/** What the first report answers. */
export const answerTo = (question: string): Reply => desk().answer(question).reply

type Told = Partial<ReplyFigure> & Pick<ReplyFigure, 'text' | 'value' | 'unit' | 'metric'>

/** An answer made up of one quotation and figures in it, of a year's results unless they say otherwise. */
export function replyOf(quote: string, figures: Told[], section = ['一、主要工作', '（一）经济运行']): Reply {
  const cited = { report: 'made-up', section, locator: '第1段', quote, start: 0, end: quote.length }
  return {
    kind: 'answer',
    intent: 'list',
    headline: quote,
    text: quote,
    figures: figures.map((figure) => ({
      subject: '甲区',
      period: '2031',
      kind: 'actual',
      qualifier: '',
      citation: 0,
      ...figure,
    })),
    citations: [cited],
    options: [],
    suggestions: [],
  }
}
