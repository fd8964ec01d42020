import type { Content, Question } from './model.js'
import type { Token } from './segment.js'

const SUBJECT = 0.3

/** Reads what joins two things as a choice (高企还是科小) or as more and less (投产率比竣工率高), token by token. */
export function choiceReader(question: Question) {
  let or: number | undefined
  return {
    /** To be called with each token before it is read. */
    before: (token: Token): void => {
      if (token.entry?.cue === 'or') or ??= question.contents.length
      if (token.text === '比' && hasHeavy(question.contents)) question.than ??= question.contents.length
    },
    /** To be called once all tokens are read. */
    finish: (): void => {
      if (or !== undefined) readOr(question, or)
      if (question.than !== undefined && !hasHeavy(question.contents.slice(question.than))) question.than = undefined
    },
  }
}

function hasHeavy(contents: Content[]): boolean {
  return contents.some((c) => c.weight > SUBJECT)
}

/** Of A是B还是C one of B and C is to be told, so either will do; where there is no A, B and C are compared. */
function readOr(question: Question, at: number): void {
  // 目标还是31.2%: still, and no choice.
  if (question.contents.slice(at).some((c) => c.number)) return
  const heavy = question.contents.filter((c) => c.weight > SUBJECT)
  const [one, other] = [question.contents[at - 1], question.contents[at]]
  if (
    !one ||
    !other ||
    !heavy.includes(one) ||
    !heavy.includes(other) ||
    heavy.length < 3 ||
    question.cues.has('compare')
  ) {
    question.cues.add('compare')
    return
  }
  const either: Content = {
    text: one.text,
    alternatives: [...one.alternatives, ...other.alternatives],
    weight: Math.max(one.weight, other.weight),
    source: 'row',
    group: one.group,
  }
  question.contents.splice(at - 1, 2, either)
  question.cues.delete('or')
  question.cues.add('what')
}
