import { draft } from '../../reply/draft.js'
import { say } from '../../reply/words.js'
import type { Content } from './index.js'

/** For the office: what people asked and the report did not answer, the most frequent first. Who asked is not told. */
export const unanswered: Content = {
  name: 'unanswered',
  items: (_, gaps) => [
    () =>
      draft({
        kind: 'chat',
        intent: 'unanswered',
        headline: say(gaps.length ? 'digestUnanswered' : 'digestAllAnswered'),
        lines: gaps.map(({ question }) => say('unansweredLine', { question })),
      }),
  ],
}
