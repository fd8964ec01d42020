import type { Sentence, Term } from './model.js'

const ENTRY =
  /^(?:[（(]?\d{1,3}[）).．、]|[①-⑳]|\*|[一二三四五六七八九十]+、)?\s*(.{1,40}?)(?:：|:|——|即指?(?=“)|(?<=[”》])指)(.+)$/s

/** Terms that the report explains: each entry of its glossary. */
export function findTerms(sentences: Sentence[]): Term[] {
  const terms: Term[] = []
  let open: { term: Term; paragraph: number; section: unknown } | undefined
  for (const sentence of sentences) {
    if (sentence.tense !== 'definition') continue
    const entry = ENTRY.exec(sentence.text)
    const goesOn = open && open.paragraph === sentence.paragraph && open.section === sentence.section
    if (goesOn && open) {
      open.term.meaning += sentence.text
      open.term.end = sentence.end
    } else if (entry) {
      const term = { name: entry[1]!, meaning: entry[2]!, sentence, start: sentence.start, end: sentence.end }
      terms.push(term)
      open = { term, paragraph: sentence.paragraph, section: sentence.section }
    }
  }
  return terms
}
