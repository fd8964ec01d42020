import { normalize } from '../question/normalize.js'
import { DIGESTS, type Digest, TALK } from './rows.js'
import { dayIn, timeIn } from './when.js'

/** What somebody wants of the digests. */
export interface Wish {
  verb: Verb
  /** Those that are named; none where none is. */
  digests: Digest[]
  all: boolean
  /** HH:MM */
  time: string | undefined
  /** YYYY-MM-DD: until then nothing is sent. */
  day: string | undefined
}

const VERBS = ['which', 'mine', 'unsubscribe', 'preview', 'change', 'pause', 'resume', 'subscribe'] as const
export type Verb = (typeof VERBS)[number]

/** Verbs that are said of what reports tell of, too. */
const CHANGING: ReadonlySet<Verb> = new Set(['unsubscribe', 'change', 'pause', 'resume'])

const MARKS = /[\s\p{P}\p{S}]/gu
/** A message as long as this says something else. */
const LONGEST = 40

/** Reads a message that is about digests and nothing else; undefined for any other. `today`: YYYY-MM-DD, from which days are counted. */
export function wishIn(text: string, today: string): Wish | undefined {
  const folded = normalize(text)
  if (folded.length > LONGEST) return undefined
  const said = VERBS.map((verb) => ({ verb, word: longestIn(folded, TALK[verb]) ?? '' })).filter(({ word }) => word)
  // 取消暂停 holds 暂停, 我的订阅 holds 订阅: the longest word says what is meant, if it leaves nothing unsaid.
  for (const { verb, word } of said.sort((a, b) => b.word.length - a.word.length)) {
    const wish = isAsked(verb, folded) ? undefined : wishOf(verb, folded.replace(word, ' '), today)
    if (wish) return wish
  }
  return undefined
}

/** 项目暂停了吗 asks the report. */
function isAsked(verb: Verb, text: string): boolean {
  return CHANGING.has(verb) && longestIn(text, TALK.asking) !== undefined && longestIn(text, TALK.named) === undefined
}

function wishOf(verb: Verb, said: string, today: string): Wish | undefined {
  const time = verb === 'change' || verb === 'subscribe' ? timeIn(said) : undefined
  const day = verb === 'pause' ? dayIn(said, today) : undefined
  let rest = (time ?? day)?.rest ?? said
  const digests: Digest[] = []
  for (const [name, digest] of NAMES) {
    if (!rest.includes(name)) continue
    rest = rest.replaceAll(name, ' ')
    if (!digests.includes(digest)) digests.push(digest)
  }
  const all = longestIn(rest, TALK.all)
  for (const word of [...(all ? [all] : []), ...FILLERS]) rest = rest.replaceAll(word, ' ')
  if (rest.replace(MARKS, '')) return undefined
  return { verb, digests, all: all !== undefined, time: time?.value, day: day?.value }
}

const byLength = (a: string, b: string) => b.length - a.length
const FILLERS = [...TALK.filler].sort(byLength)
const NAMES = DIGESTS.flatMap((digest) => [digest.title, ...digest.say].map((name) => [name, digest] as const)).sort(
  ([a], [b]) => byLength(a, b),
)

function longestIn(text: string, words: string[]): string | undefined {
  return words.filter((word) => text.includes(word)).sort(byLength)[0]
}
