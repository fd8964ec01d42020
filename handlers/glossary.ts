import { type Handler, topicOf } from '../src/handler.js'
import { fold } from '../src/question/normalize.js'
import { draft } from '../src/reply/draft.js'
import { say } from '../src/reply/words.js'
import type { Term } from '../src/report/model.js'

const plain = (text: string) => fold(text).replace(/["《》\s]/g, '')

/** What a term means (啥是口袋公园), from the report's own glossary. */
export const glossary: Handler = {
  name: 'glossary',
  handle: ({ question, message }, { report }) => {
    const asksMeaning = question.cues.has('glossary') || question.cues.has('what')
    const text = plain(question.text)
    const named = report.terms.filter((term) => text.includes(plain(term.name)) || isShort(term, text))
    const term = named.sort((a, b) => b.name.length - a.name.length)[0]
    if (!term) return undefined
    const rest = text.replace(plain(term.name), '')
    const bare = rest.length <= 1 && message.questions.length === 1
    if (!asksMeaning && !bare && topicOf(question).length > term.name.length + 4) return undefined
    if (!asksMeaning && !bare && (question.cues.has('number') || question.years.length > 0)) return undefined
    const statements = report.statements.filter((s) => s.start >= term.start && s.end <= term.end)
    const first = statements.find((s) => s.text.length > term.name.length + 4) ?? statements[0]!
    return draft({
      kind: 'answer',
      intent: 'glossary',
      headline: say('term', { name: term.name.replace(/[“”"]/g, ''), meaning: term.meaning.split('。')[0]! }),
      statements: [first],
      confidence: asksMeaning || bare ? 1 : 0.75,
    })
  },
}

/** 名特优新 for “名特优新”农产品: the quoted core of a term's name is enough. */
function isShort(term: Term, text: string): boolean {
  const core = /“([^”]+)”/.exec(term.name)?.[1]
  return core !== undefined && core.length >= 3 && text.includes(plain(core))
}
