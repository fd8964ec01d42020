import type { ReportLanguage } from '../knowledge/language.js'
import type { Lexicon } from '../knowledge/lexicon.js'
import type { ReportIndex } from '../search/index.js'
import { pinyinReader } from './pinyin.js'
import type { Token } from './segment.js'
import { blur, type Sounds, soundsOf } from './sounds.js'

/** In a name of so many characters even a character of grammar may be a slip (三再两找). */
const LONG_ENOUGH = 4
const LONGEST_WORD = 8
const HOLE = /(?<=^|，)(\p{Script=Han}{1,3})(?:什么|啥)(\p{Script=Han}{1,3})(?=$|，)/gu
/**
 * Makes the function that mends a segmented question by sound: runs of unknown characters that sound like words of the report
 * or of the rows (固定资产头资, 中福容熙), and words typed in pinyin (laojiu xiaoqu).
 * The sound table is built when it is first needed, since most questions need none.
 */
export function repairer(index: ReportIndex, lexicon: Lexicon, language: ReportLanguage) {
  const units = [...language.units.keys()].filter((unit) => /^\p{Script=Han}{1,2}$/u.test(unit))
  let sounds: Sounds | undefined
  const table = () => (sounds ??= soundsOf(index, lexicon, units))
  const readPinyin = pinyinReader(index, lexicon, table)

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
}
