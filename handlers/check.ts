import { bestOf, focusOf, type Handler } from '../src/handler.js'
import type { Question } from '../src/question/model.js'
import { draft } from '../src/reply/draft.js'
import { factLine } from '../src/reply/headline.js'
import { say } from '../src/reply/words.js'

/** A claim held against the report (46个项目全部竣工，是吗): right, wrong with what the report says, or not in the report. */
export const check: Handler = {
  name: 'check',
  handle: ({ question, message }, kit) => {
    if (!message.cues.has('check') && !message.cues.has('why')) return undefined
    const claim = withoutNumbers(question)
    const evidence = kit.find(claim)
    const best = bestOf(evidence) ?? evidence[0]
    if (!best) return undefined
    const candidates = evidence.filter((e) => e.inTime && e.coverage >= best.coverage - 0.12)
    const holds = (value: number, unit: string) =>
      candidates.find((e) => e.statement.figures.some((f) => f.value === value && (!unit || f.unit === unit || f.dimension === kit.language.units.get(unit)?.dimension)))
    const numbers = question.mentions.map((m) => ({ m, at: holds(m.value, m.unit) }))
    const right = numbers.every((n) => n.at) && best.inTime && !contradicts(question.text, best.passage.own) && best.unmet.length === 0
    const told = right ? (numbers[0]?.at ?? best) : best
    return draft({
      kind: 'answer',
      intent: 'check',
      headline: say(right ? 'right' : 'wrong', { fact: factLine(kit.report, told.statement, focusOf(claim)) }),
      statements: [told.statement],
      figures: told.statement.figures.filter((f) => f.kind !== 'name' && f.kind !== 'date'),
      confidence: best.coverage + 0.1,
    })
  },
}

function withoutNumbers(question: Question): Question {
  const isNumber = (text: string) => question.mentions.some((m) => m.text === text)
  return { ...question, contents: question.contents.filter((c) => !isNumber(c.text)), wants: question.wants }
}

function contradicts(claim: string, fact: string): boolean {
  const up = /增长|增加|上升|提高|涨|上去/
  const down = /下降|减少|降低|回落|跌|掉/
  return (up.test(claim) && !up.test(fact) && down.test(fact)) || (down.test(claim) && !down.test(fact) && up.test(fact))
}
