import { draft } from '../../reply/draft.js'
import { say } from '../../reply/words.js'
import type { Report, Term } from '../../report/model.js'
import type { Content } from './index.js'

/** A term that the report explains, one at a time. */
export const term: Content = {
  name: 'term',
  items: (report) => report.terms.map((told) => () => termDraft(told, report)),
}

function termDraft({ name, meaning, start, end }: Term, { statements }: Report) {
  const within = statements.filter((s) => s.start >= start && s.end <= end)
  const first = within.find((s) => s.text.length > name.length) ?? within[0]
  return draft({
    kind: 'answer',
    intent: 'glossary',
    headline: say('term', { name: name.replace(/[“”"]/g, ''), meaning: meaning.split('。')[0]! }),
    statements: within.filter((s) => s.sentence === first?.sentence),
  })
}
