import type { Report, Sentence } from '../report/model.js'

/** 打造文化高地。 Longer sentences tell something. */
const LONGEST = 14

/**
 * Sentence → the short sentence before it in its paragraph that announces what it tells of (打造文化高地。 … 打造医疗高地。 …).
 * A paragraph's own run-in heading is a section and none of these.
 */
export function topicsOf({ sentences }: Report): Map<Sentence, Sentence> {
  const topics = new Map<Sentence, Sentence>()
  let topic: Sentence | undefined
  for (const sentence of sentences) {
    if (topic && !(topic.section === sentence.section && topic.paragraph === sentence.paragraph)) topic = undefined
    if (announces(sentence)) topic = sentence
    else if (topic) topics.set(sentence, topic)
  }
  return topics
}

function announces({ text, statements, figures }: Sentence): boolean {
  return text.length <= LONGEST && text.endsWith('。') && statements.length === 1 && figures.length === 0
}
