import { draft } from '../../reply/draft.js'
import { say } from '../../reply/words.js'
import type { Report, Section, Sentence, Statement } from '../../report/model.js'
import type { Content } from './index.js'

/** A sentence up to this length is quoted whole, so that one of its statements stands for all. */
const QUOTED_WHOLE = 170

/** What the report says in one of its sections, all of it. What it explains at its end is told term by term. */
export const section: Content = {
  name: 'section',
  items: (report) =>
    sectionsOf(report).map(
      ({ section: told, sentences }) =>
        () =>
          draft({
            kind: 'answer',
            intent: 'section',
            headline: told ? say('digestSection', { heading: told.heading }) : say('digestFront'),
            statements: sentences.flatMap(telling),
          }),
    ),
}

interface Part {
  section: Section | undefined
  sentences: Sentence[]
}

function sectionsOf({ sentences }: Report): Part[] {
  const parts: Part[] = []
  for (const sentence of sentences) {
    if (sentence.tense === 'definition' || !sentence.statements.length) continue
    const last = parts.at(-1)
    if (last && last.section === sentence.section) last.sentences.push(sentence)
    else parts.push({ section: sentence.section, sentences: [sentence] })
  }
  // What stands before the first heading, a title page mostly, comes last.
  return [...parts.filter((part) => part.section), ...parts.filter((part) => !part.section)]
}

function telling({ text, statements }: Sentence): Statement[] {
  return text.length <= QUOTED_WHOLE ? statements.slice(0, 1) : statements
}
