import { createRequire } from 'node:module'
import type { Entry, Lexicon } from '../knowledge/lexicon.js'
import type { ReportIndex } from '../search/index.js'
import { fold } from './normalize.js'

const require = createRequire(import.meta.url)
type Pinyin = typeof import('pinyin-pro')

/** Sounds that people from many parts mix up, and input methods let them: zh/z, ch/c, sh/s, ng/n, l/n. */
const BLUR: [RegExp, string][] = [
  [/^zh/, 'z'],
  [/^ch/, 'c'],
  [/^sh/, 's'],
  [/ng$/, 'n'],
  [/^l/, 'n'],
]
/** A syllable with its mix-ups levelled. */
export function blur(syllable: string): string {
  return BLUR.reduce((sound, [pattern, to]) => sound.replace(pattern, to), syllable)
}

/** Words by their sound. */
export interface Sounds {
  /** Pinyin as it is spelled → a word of the rows, or of asking. */
  words: Map<string, string>
  /** Pinyin with its mix-ups levelled → a run of the report or an indicator. */
  names: Map<string, string>
  spell: (text: string) => string[]
}

/** Alone it is spelled liao, behind a verb le. */
const DONE = '了'
const DONE_SOUND = 'le'
/** Runs of the report up to this length are known by sound; longer names are made of them. */
const LONGEST_RUN = 4

/** Asks, dates, or stands in questions without saying much. */
function isAsking({ cue, period, wants, light, filler }: Entry): boolean {
  return [cue, period, wants, light, filler].some(Boolean)
}

/** Spells the rows and the report; takes a moment, so it is done when a question first needs it. */
export function soundsOf(index: ReportIndex, lexicon: Lexicon, units: string[]): Sounds {
  const { pinyin } = require('pinyin-pro') as Pinyin
  const spell = (text: string): string[] => pinyin(text, { toneType: 'none', type: 'array', v: true })
  const [words, names] = [new Map<string, string>(), new Map<string, string>()]
  const add = (to: Map<string, string>, sound: string[], word: string) => {
    const key = sound.join(' ')
    if (!to.has(key)) to.set(key, word)
  }
  const characters = [...lexicon.lightCharacters, ...lexicon.particles]
  for (const word of units.flatMap((unit) => [`几${unit}`, `多少${unit}`])) add(words, spell(word), word)
  for (const character of characters) add(words, character === DONE ? [DONE_SOUND] : spell(character), character)
  for (const verb of lexicon.lightCharacters) add(words, [...spell(verb), DONE_SOUND], verb + DONE)
  // Of words that sound the same the one that asks is likelier typed: 一共, not 义工.
  const rows = [...lexicon.entries].filter(([word, e]) => /^\p{Script=Han}{1,8}$/u.test(word) && !e.place)
  rows.sort(([, a], [, b]) => Number(isAsking(b)) - Number(isAsking(a)))
  for (const [word, entry] of rows) {
    const sound = spell(word)
    add(words, sound, word)
    if (entry.indicator) add(names, sound.map(blur), word)
  }
  for (const sentence of index.report.sentences) {
    for (const run of fold(sentence.text).match(/\p{Script=Han}{2,}/gu) ?? []) {
      const sound = spell(run).map(blur)
      for (let length = 2; length <= LONGEST_RUN; length++) {
        for (let i = 0; i + length <= run.length; i++) add(names, sound.slice(i, i + length), run.slice(i, i + length))
      }
    }
  }
  return { words, names, spell }
}
