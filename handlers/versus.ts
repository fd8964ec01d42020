import { CONTRASTS } from '../src/contrast.js'
import { bestOf, focusOf, type Handler } from '../src/handler.js'
import type { Content, Question } from '../src/question/model.js'
import { draft } from '../src/reply/draft.js'
import { factLine } from '../src/reply/headline.js'
import { say } from '../src/reply/words.js'

const SURE = 0.3

/** A claim that one thing is more or less than another (投产率比竣工率还高，是吗): both figures, and whether it is so. */
export const versus: Handler = {
  name: 'versus',
  handle: ({ question, message }, kit) => {
    const { than, contents } = question
    if (than === undefined || !message.cues.has('check') || question.mentions.length) return undefined
    const text = message.text
    const more = CONTRASTS.comparatives.more.some((word) => text.includes(word))
    if (more === CONTRASTS.comparatives.less.some((word) => text.includes(word))) return undefined
    const [one, other] = [contents.slice(0, than), contents.slice(than)].map((side) => {
      const asked = askedOf(question, side)
      const best = bestOf(kit.find(asked))
      return best?.figure && best.coverage >= kit.leastConfidence ? { asked, best, figure: best.figure } : undefined
    })
    if (!one || !other || one.figure.dimension !== other.figure.dimension) return undefined
    const isSo = (one.figure.value ?? 0) > (other.figure.value ?? 0) === more && one.figure.value !== other.figure.value
    const facts = [one, other].map(({ asked, best, figure }) =>
      factLine(kit.report, best.statement, focusOf(asked), undefined, figure),
    )
    return draft({
      kind: 'answer',
      intent: 'check',
      verdict: isSo ? 'right' : 'wrong',
      headline: say(isSo ? 'right' : 'wrong', { fact: facts.join('；') }),
      statements: [one.best.statement, other.best.statement],
      figures: [one.figure, other.figure],
      confidence: Math.min(one.best.coverage, other.best.coverage) + SURE,
    })
  },
}

function askedOf(question: Question, contents: Content[]): Question {
  const cues = new Set(question.cues).add('number')
  return { ...question, contents, cues, than: undefined }
}
