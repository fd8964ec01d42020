import type { Handler } from '../src/handler.js'
import { hasSubstance } from '../src/question/lean.js'
import { draft } from '../src/reply/draft.js'
import { say } from '../src/reply/words.js'
import type { Report, Section, Sentence } from '../src/report/model.js'

const DATED = /\d{4}年\d{1,2}月/
const SURE = 1.4
/** Run-in headings are no parts of their own. */
const RUN_IN = 6

/** Questions about the report itself: who wrote it and when (quoted from its front page), what its parts are. */
export const about: Handler = {
  name: 'about',
  handle: ({ question, message }, { report }) => {
    const { cues } = message
    if (cues.has('front')) {
      const { when, who, title } = frontOf(report)
      const first =
        question.cues.has('when') || /什么时候|哪年|几号|哪天/.test(message.text) ? (when ?? title) : (who ?? title)
      if (!first) return undefined
      const told = [...new Set([first, ...[title, when, who].filter((s) => s !== undefined)])]
      return draft({
        kind: 'answer',
        intent: 'about',
        headline: say('front', { fact: first.text.replace(/^[—\s]+/, '') }),
        statements: told.map((s) => s.statements[0]!),
        confidence: SURE,
      })
    }
    const parts = partsFor(report, question.years)
    const isBare = cues.has('summary') && question.years.length === 1
    if (hasSubstance(question) || !(cues.has('contents') || isBare) || parts.length < 2) return undefined
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

/** The lines before the first heading: the title, the day and meeting, and who presents it (the last line before the salutation). */
function frontOf({ sentences, title }: Report): { title?: Sentence; when?: Sentence; who?: Sentence } {
  const first = sentences.findIndex((s) => s.section)
  const front = sentences.slice(0, first < 0 ? 0 : first)
  const salutation = front.findIndex((s) => s.text.endsWith('：'))
  const head = front.slice(0, Math.max(0, salutation))
  const named = head.find((s) => title.includes(s.text) || s.text.includes(title))
  const when = head.find((s) => DATED.test(s.text) && s !== named)
  const who = head.at(-1)
  return {
    ...(named ? { title: named } : {}),
    ...(when ? { when } : {}),
    ...(who && who !== when && who !== named ? { who } : {}),
  }
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
