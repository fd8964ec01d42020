import { createRequire } from 'node:module'
import type { ReportLanguage } from '../knowledge/language.js'
import type { Entry, Lexicon } from '../knowledge/lexicon.js'
import type { ReportIndex } from '../search/index.js'
import { fold } from './normalize.js'
import type { Token } from './segment.js'

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
/** In a name of so many characters even a character of grammar may be a slip (三再两找). */
const LONG_ENOUGH = 4
const LONGEST_WORD = 8
/** A run of the report costs a trifle more than a word of a row, a single character more than either. */
const NAME_COST = 1.1
const SINGLE_COST = 1.4
const HOLE = /(?<=^|，)(\p{Script=Han}{1,3})(?:什么|啥)(\p{Script=Han}{1,3})(?=$|，)/gu
const SYLLABLE =
  /[bpmfdtnlgkhjqxzcsryw]?h?(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ao|an|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|un|uo|ve|a|e|i|o|u|v)/y

/**
 * Makes the function that mends a segmented question by sound: runs of unknown characters that sound like words of the report
 * or of the rows (固定资产头资, 中福容熙), and words typed in pinyin (laojiu xiaoqu).
 * The sound table is built when it is first needed, since most questions need none.
 */
export function repairer(index: ReportIndex, lexicon: Lexicon, language: ReportLanguage) {
  const units = [...language.units.keys()].filter((unit) => /^\p{Script=Han}{1,2}$/u.test(unit))
  let sounds: Sounds | undefined
  const table = () => (sounds ??= soundsOf(index, lexicon, units))

  /** The text with pinyin turned into the characters it stands for. */
  const fromPinyin = (text: string): string =>
    text.replace(/(?<![a-z0-9])[a-z][a-z ']*[a-z](?![a-z0-9])/g, (run) => {
      const words = run.split(/[ ']+/)
      if (words.every((w) => lexicon.entries.has(w) || index.attests(w))) return run
      return readPinyin(words) ?? run
    })

  /** 青什么园: a name with a hole in it, where the report has just one that fits. */
  const fromHole = (text: string): string =>
    text.replace(HOLE, (typed, before: string, after: string) => index.between(before, after) ?? typed)

  /** The text with unknown characters replaced by what sounds the same; tells what was replaced. */
  const bySound = (tokens: Token[]): string | undefined => {
    let changed = false
    const parts = tokens.map((token, i) => {
      if (token.kind !== 'unknown' || !/^\p{Script=Han}+$/u.test(token.text)) return token.text
      const [before, after] = [tokens[i - 1], tokens[i + 1]]
      const heard = heardAs(token.text, isPlain(before) ? before!.text : '', isPlain(after) ? after!.text : '')
      changed ||= heard !== undefined
      return heard ?? token.text
    })
    return changed ? parts.join('') : undefined
  }
  return { fromPinyin, fromHole, bySound }

  function isPlain(token: Token | undefined): boolean {
    return (
      token !== undefined &&
      token.kind !== 'year' &&
      token.kind !== 'number' &&
      !token.entry?.cue &&
      !token.entry?.period &&
      !token.entry?.filler
    )
  }

  /** A run with its neighbours, if the report or a row has a word of that sound. */
  function heardAs(text: string, before: string, after: string): string | undefined {
    for (let left = Math.min(3, before.length); left >= 0; left--) {
      for (let right = Math.min(2, after.length); right >= 0; right--) {
        const run = before.slice(before.length - left) + text + after.slice(0, right)
        if (
          (isSlight(text) && run.length < LONG_ENOUGH) ||
          run.length > LONGEST_WORD ||
          run.length < (text.length === 1 ? 3 : 2)
        )
          continue
        const sound = table().spell(run)
        const word = asking(table().words.get(sound.join(' '))) ?? table().names.get(sound.map(blur).join(' '))
        if (!word || word === run) continue
        if (run.length < 3 && table().spell(word).join(' ') !== sound.join(' ')) continue
        if ([...word].filter((c, k) => c === run[k]).length * 2 < run.length) continue
        const kept =
          word.slice(0, left) === before.slice(before.length - left) &&
          word.slice(left + text.length) === after.slice(0, right)
        if (kept) return word.slice(left, left + text.length)
      }
    }
    return undefined
  }

  /** 木标: a word that asks (目标) is likelier than a chance run of the report (亩标 of 亩标准化). */
  function asking(word: string | undefined): string | undefined {
    const entry = lexicon.entries.get(word ?? '')
    return entry?.cue || entry?.period || entry?.wants ? word : undefined
  }

  /** Characters that people use for grammar are hardly ever typed by mistake. */
  function isSlight(text: string): boolean {
    return [...text].every((c) => lexicon.particles.has(c) || lexicon.lightCharacters.has(c))
  }

  function readPinyin(words: string[]): string | undefined {
    const syllables: string[] = []
    const fixed = new Map<number, string>()
    for (const word of words) {
      if (lexicon.entries.has(word) || index.attests(word)) {
        fixed.set(syllables.length, word)
        syllables.push(word)
        continue
      }
      const cut = cutSyllables(word)
      if (!cut) return undefined
      syllables.push(...cut)
    }
    return cheapest(syllables, fixed)
  }

  /** The fewest words that make up the syllables; undefined where some belong to none. */
  function cheapest(syllables: string[], fixed: Map<number, string>): string | undefined {
    const best: ({ cost: number; text: string } | undefined)[] = [{ cost: 0, text: '' }]
    for (let from = 0; from < syllables.length; from++) {
      const before = best[from]
      if (!before) continue
      for (let to = from + 1; to <= Math.min(syllables.length, from + LONGEST_WORD); to++) {
        const hit =
          to - from === 1 && fixed.has(from) ? { word: fixed.get(from)!, cost: 1 } : spelled(syllables, from, to, fixed)
        if (!hit || before.cost + hit.cost >= (best[to]?.cost ?? Number.POSITIVE_INFINITY)) continue
        best[to] = { cost: before.cost + hit.cost, text: before.text + hit.word }
      }
    }
    return best[syllables.length]?.text
  }

  /** A word of so many syllables: one of the rows, or else a run of the report; a single character says little. */
  function spelled(syllables: string[], from: number, to: number, fixed: Map<number, string>) {
    const run = syllables.slice(from, to)
    if (run.some((_, i) => fixed.has(from + i))) return undefined
    const word = table().words.get(run.join(' '))
    if (word) return { word, cost: run.length > 1 ? 1 : SINGLE_COST }
    const name = run.length > 1 ? table().names.get(run.map(blur).join(' ')) : undefined
    return name ? { word: name, cost: NAME_COST } : undefined
  }
}

function blur(syllable: string): string {
  return BLUR.reduce((sound, [pattern, to]) => sound.replace(pattern, to), syllable)
}

function cutSyllables(word: string): string[] | undefined {
  const cut: string[] = []
  for (let at = 0; at < word.length; ) {
    SYLLABLE.lastIndex = at
    let syllable = SYLLABLE.exec(word)?.[0]
    if (!syllable) return undefined
    const rest = word.slice(at + syllable.length)
    if (rest && /^[aeiouv]/.test(rest) && /[ng]$/.test(syllable) && syllable.length > 2)
      syllable = syllable.slice(0, -1)
    cut.push(syllable)
    at += syllable.length
  }
  return cut
}

interface Sounds {
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

function soundsOf(index: ReportIndex, lexicon: Lexicon, units: string[]): Sounds {
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
  for (const [word, entry] of [...rows.filter(([, e]) => isAsking(e)), ...rows]) {
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
