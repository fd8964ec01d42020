import { bestOf, type Handler } from '../src/handler.js'
import { draft } from '../src/reply/draft.js'
import { say } from '../src/reply/words.js'

const SENTENCES = {
  private: 'notFoundPrivate',
  opinion: 'notFoundOpinion',
  forecast: 'notFoundOpinion',
  outside: 'notFoundOutside',
} as const

/** A question about the future is no forecast where the plan answers it as fully as this. */
const TOLD = 0.75

/** What no report answers: private data, opinions, forecasts, the weather. Unless the report happens to print the very words. */
export const refuse: Handler = {
  name: 'refuse',
  handle: ({ question, evidence }) => {
    const cue = (Object.keys(SENTENCES) as (keyof typeof SENTENCES)[]).find((c) => question.cues.has(c))
    if (!cue) return undefined
    const words = question.words.filter((w) => typeof w.entry === 'object' && w.entry.cue === cue).map((w) => w.text)
    if (words.some((word) => word.length > 1 && bestOf(evidence)?.passage.own.includes(word))) return undefined
    const told = cue === 'forecast' && bestOf(evidence)
    if (told && told.statement.tense === 'plan' && told.coverage >= TOLD) return undefined
    return draft({ kind: 'not_found', intent: 'refuse', headline: say(SENTENCES[cue]), confidence: 1.5 })
  },
}
