import type { Handler } from '../src/handler.js'
import { draft } from '../src/reply/draft.js'
import { say } from '../src/reply/words.js'
import type { Sentence } from '../src/report/model.js'

const LISTED = /(?:[一二三四五六七八九]是|主要表现|主要是|存在|仍然|还有|面临)/

/** What the report itself says is wrong (存在哪些不足): the sentence that admits it, and what follows it in its paragraph. */
export const weakness: Handler = {
  name: 'weakness',
  handle: ({ question }, { report, language }) => {
    const words = language.structure.weakness
    const asked = question.contents.filter((c) => c.weight > 0.45)
    const named = asked.filter((c) => !c.indicator && words.some((w) => c.text.includes(w) || w.includes(c.text)))
    if (!named.length || !asked.every((c) => named.includes(c) || c.source === 'unknown')) return undefined
    if (question.nearest.length || question.foreignPlace) return undefined
    const admits = (s: Sentence) =>
      words.filter((w) => s.text.includes(w)).length +
      (LISTED.test(s.text) ? 1 : 0) +
      (/一是.*二是/.test(s.text) ? 3 : 0)
    const best = report.sentences
      .filter((s) => s.tense !== 'definition')
      .sort((a, b) => admits(b) - admits(a) || b.text.length - a.text.length)[0]
    if (!best || admits(best) < 2) return undefined
    const more = report.sentences.filter(
      (s) =>
        s.section === best.section &&
        s.paragraph === best.paragraph &&
        s.id > best.id &&
        /^[一二三四五六七八九]是/.test(s.text),
    )
    const sentences = [best, ...more]
    const items = sentences
      .flatMap((s) => s.text.split(/(?=[一二三四五六七八九]是)/))
      .filter((part) => /^[一二三四五六七八九]是/.test(part))
    return draft({
      kind: 'answer',
      intent: 'list',
      headline: say('weakness'),
      statements: sentences.map(
        (s) => s.statements.find((t) => /^[一二三四五六七八九]是/.test(t.text)) ?? s.statements[0]!,
      ),
      items: items.map((text) => ({ text, statement: best.statements[0]!.id })),
      confidence: 1.2,
    })
  },
}
