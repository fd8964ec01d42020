import type { Handler, Kit } from '../src/handler.js'
import type { Content, Mention } from '../src/question/model.js'
import { fold } from '../src/question/normalize.js'
import { draft } from '../src/reply/draft.js'
import { factLine } from '../src/reply/headline.js'
import { say } from '../src/reply/words.js'
import type { Figure } from '../src/report/model.js'

/** Longer statements are cut down to the item that holds the number. */
const SHORT = 36
/** 那两个项目叫啥 asks of known things and not of a number. */
const THAT = /[那这]$/
/** What is so rare a run of the report is what the number is of (那3个民间中医). */
const NAMED = 1

/** What a number stands for (9700万斤是啥): every figure of the report with that value and unit. */
export const reverse: Handler = {
  name: 'reverse',
  handle: ({ question, evidence, message }, kit) => {
    const { cues } = question
    const mentions = question.mentions.filter(
      (m) =>
        question.contents.some((c) => c.text === m.text) &&
        !THAT.test(question.text.slice(0, question.text.indexOf(m.text))),
    )
    if (!mentions.length || message.cues.has('check') || message.cues.has('status') || cues.has('why')) return undefined
    const asks = (['glossary', 'what', 'who', 'where'] as const).some((cue) => cues.has(cue))
    const other = question.contents.filter((c) => c.weight >= 0.5 && !mentions.some((m) => m.text === c.text))
    // 100%的是哪一项: with nothing else named, a number is all that can be asked of.
    if (!asks && !(cues.has('list') && !other.length)) return undefined
    const found = mentions.map((mention) => ({ mention, figures: figuresFor(mention, kit) }))
    if (question.cues.has('who') && other.length) return undefined
    const missing = found.find((f) => f.figures.length === 0)
    const either = message.text.includes('还是') && found.some((f) => f.figures.length)
    if (missing && other.length && !either) return undefined
    if (missing && !either) {
      return draft({
        kind: 'not_found',
        intent: 'reverse',
        headline: say('notFoundNumber', { number: missing.mention.text }),
        confidence: 0.9,
      })
    }
    const named = other.filter((c) => c.source === 'report' && c.weight >= NAMED)
    if (named.length && !found.some((f) => f.figures.some((g) => holdsSome(g, named)))) return undefined
    const figures = found.flatMap(({ figures }) =>
      nearestOf(
        figures,
        evidence.map((e) => e.statement.id),
        other.length > 0,
      ),
    )
    // 34个项目来自哪个省 wants a place: what holds the number and names none is no answer.
    const isPlace = cues.has('where') && question.classNoun !== undefined
    if (isPlace && evidence.some((e) => e.lacksName && e.statement === figures[0]?.statement)) return undefined
    const facts = figures.map((f) => factLine(kit.report, f.statement, [f.text], SHORT))
    return draft({
      kind: 'answer',
      intent: 'reverse',
      headline: [...new Set(facts)].slice(0, 2).join('；'),
      statements: figures.map((f) => f.statement),
      figures,
      items: figures.map((f, i) => ({ text: facts[i]!, statement: f.statement.id })),
      confidence: other.length > 2 ? 0.7 : other.length ? 0.95 : figures.length === 1 ? 1.15 : 1.1,
    })
  },
}

/** Whether the figure's sentence speaks of anything else that the question names. */
function holdsSome({ sentence }: Figure, contents: Content[]): boolean {
  const text = fold(sentence.text)
  return contents.some((c) => c.alternatives.some((a) => text.includes(a)))
}

function figuresFor(mention: Mention, { index, language }: Kit): Figure[] {
  const unitOf = (unit: string) => language.units.get(unit)?.dimension
  return index
    .figuresOf(mention.value)
    .filter((f) => f.kind !== 'date' || mention.dimension === 'time')
    .filter((f) => f.value === mention.value || !mention.unit)
    .filter(
      (f) =>
        !mention.unit ||
        f.unit === mention.unit ||
        unitOf(f.unit) === 'number' ||
        (sameSize(f.unit, mention.unit) && unitOf(f.unit) === mention.dimension),
    )
    .sort((a, b) => Number(b.unit === mention.unit) - Number(a.unit === mention.unit))
}

/** 平米 is 平方米; but 只 is not 套: counted things keep their unit. */
function sameSize(a: string, b: string): boolean {
  return a === b || !/[只套个家项处座条台辆件头株款批次场所]/.test(a + b)
}

/** With other words in the question, only the occurrences nearest to them. */
function nearestOf(figures: Figure[], ranked: number[], choose: boolean): Figure[] {
  const exact = figures.filter((f) => f.unit === figures[0]!.unit)
  if (!choose || exact.length === 1) return exact
  const best = exact.reduce((a, b) => (place(b) < place(a) ? b : a))
  return [best]
  function place(f: Figure): number {
    const at = ranked.indexOf(f.statement.id)
    return at < 0 ? Number.POSITIVE_INFINITY : at
  }
}
