import { judgeClaim } from '../src/claim.js'
import { focusOf, type Handler } from '../src/handler.js'
import { hasSubstance } from '../src/question/lean.js'
import type { Question } from '../src/question/model.js'
import type { Message } from '../src/question/read.js'
import { draft } from '../src/reply/draft.js'
import { factLine } from '../src/reply/headline.js'
import { say } from '../src/reply/words.js'

/** 两个, 三家 without a question are no claims. */
const LEAST_CLAIM = 5

/** A claim held against the report (46个项目全部竣工，是吗): right, wrong with what the report says, or not in the report. */
export const check: Handler = {
  name: 'check',
  handle: ({ question, message }, kit) => {
    if (!hasSubstance(question)) return undefined
    if (message.cues.has('compare') && (question.wants.length || message.cues.has('number'))) return undefined
    const isAsked = message.cues.has('check') || message.cues.has('why')
    if (!isAsked && !isBareClaim(question, message)) return undefined
    if (question.wants.length && !question.mentions.length) return undefined
    const verdict = judgeClaim(question, kit)
    const first = verdict?.told[0]
    if (!verdict || !first) return undefined
    // Why is told nowhere: only a premise that the report contradicts is answered, and not one that it does not know.
    const wonders = message.cues.has('why') && !message.cues.has('check')
    const isKnown = question.mentions.every((m) => verdict.told.some((e) => e.passage.own.includes(m.text)))
    if (wonders && (verdict.outcome !== 'wrong' || !isKnown)) return undefined
    const told = [...new Set(verdict.told)].slice(0, 2)
    return draft({
      kind: 'answer',
      intent: 'check',
      verdict: verdict.outcome,
      headline: say(verdict.outcome, {
        fact: (verdict.outcome === 'right' ? told : [first])
          .map((e) => factLine(kit.report, e.statement, focusOf(question)))
          .join('；'),
      }),
      statements: told.map((e) => e.statement),
      figures: told.flatMap((e) => e.statement.figures.filter((f) => f.kind !== 'name' && f.kind !== 'date')),
      confidence: Math.max(...told.map((e) => e.coverage)) + (isAsked ? 0.2 : 0.05),
    })
  },
}

/** A statement put as a question: no word asks, and something in it can be right or wrong. Without a question mark it needs a number. */
function isBareClaim(question: Question, message: Message): boolean {
  const marked = /[?？吗]$/.test(message.text)
  const asking = ['number', 'list', 'summary', 'status', 'glossary', 'who', 'where', 'when', 'what', 'compare'] as const
  return (
    !asking.some((cue) => message.cues.has(cue)) &&
    (question.mentions.some(
      (m) => m.dimension !== 'time' && (m.value >= LEAST_CLAIM || (m.unit && m.dimension !== 'count')),
    ) ||
      (marked && /级|全部|自治区|全国/.test(question.text)))
  )
}
