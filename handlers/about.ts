import type { Handler } from '../src/handler.js'
import { hasSubstance } from '../src/question/lean.js'
import { draft } from '../src/reply/draft.js'
import { say } from '../src/reply/words.js'
import { frontOf } from '../src/report/front.js'
import type { Report, Section } from '../src/report/model.js'

const SURE = 1.4
/** Run-in headings are no parts of their own. */
const RUN_IN = 6

/** Questions about the report itself: who wrote it and when (quoted from its front page), what its parts are. */
export const about: Handler = {
  name: 'about',
  handle: ({ question, message }, { report }) => {
    const { cues } = message
    const wanted = (['titled', 'author', 'dated'] as const).find((cue) => cues.has(cue))
    if (wanted) {
      const front = frontOf(report)
      const told = [front[wanted], front.titled, front.dated, front.author].filter((s) => s !== undefined)
      if (!told[0]) return undefined
      return draft({
        kind: 'answer',
        intent: 'about',
        headline: say('front', { fact: told[0].text.replace(/^[—\s]+/, '') }),
        statements: told.map((s) => s.statements[0]!),
        confidence: SURE,
      })
    }
    const isBare = cues.has('summary') && question.years.length === 1
    if (hasSubstance(question) || !(cues.has('contents') || isBare)) return undefined
    const parts = partsFor(report, question.years)
    if (parts.length < 2) return undefined
    return draft({
      kind: 'answer',
      intent: 'list',
      headline: say('contents', { when: question.years.length === 1 ? `（${question.years[0]}年）` : '' }),
      lines: parts.map((p) => p.heading),
      headings: parts,
      statements: [report.sentences.find((s) => s.section?.path[0] === parts[0]!.path[0])!.statements[0]!],
      confidence: SURE,
    })
  },
}

/** The report's parts and what they are divided into; of one year, those that tell of it. */
function partsFor({ sections, sentences, resultYear, planYear }: Report, years: number[]): Section[] {
  const parts = sections.filter((s) => s.level < RUN_IN && s.path.length <= 2)
  if (years.length !== 1) return parts
  const tense = years[0] === resultYear ? 'result' : years[0] === planYear ? 'plan' : undefined
  return parts.filter(
    (part) => sentences.find((s) => s.section?.path.join('\n').startsWith(part.path.join('\n')))?.tense === tense,
  )
}
