import type { Handler } from '../src/handler.js'
import { draft } from '../src/reply/draft.js'
import { say } from '../src/reply/words.js'
import { fromChinese } from '../src/report/numerals.js'

const COUNTED = /([一二两三四五六七八九十]|\d+)(?:个|大)?(?:方面|块|项|大|部分|类)/
const ANNOUNCED = /([二三四五六七八九十]+)个?(?:方面|大|项|部分)(?:的?)(?:工作|任务|重点工作|重点任务)/
/** Run-in headings are no parts of their own. */
const RUN_IN = 6

/** 今年要抓哪五个方面工作: where a sentence announces as many things as its section has parts, their headings are the list. */
export const outline: Handler = {
  name: 'outline',
  handle: ({ question, message }, { report }) => {
    if (!message.cues.has('list') && !message.cues.has('what')) return undefined
    const asked = COUNTED.exec(question.text)
    if (!asked || !/工作|任务|方面/.test(question.text)) return undefined
    for (const sentence of report.sentences) {
      const announced = ANNOUNCED.exec(sentence.text)
      const parts = report.sections.filter(
        (s) => s.parent !== undefined && s.parent === sentence.section && s.level < RUN_IN,
      )
      const count = announced ? fromChinese(announced[1]!) : 0
      if (!announced || parts.length < 2 || count !== parts.length || fromChinese(asked[1]!) !== count) continue
      const statement = sentence.statements.find((s) => s.text.includes(announced[0])) ?? sentence.statements[0]!
      return draft({
        kind: 'answer',
        intent: 'list',
        headline: say('outline', { what: announced[0] }),
        lines: parts.map((p) => p.heading),
        headings: parts,
        statements: [statement],
        items: parts.map((p) => ({ text: p.heading, statement: statement.id })),
        confidence: 1.3,
      })
    }
    return undefined
  },
}
