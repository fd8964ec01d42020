import type { Lexicon } from '../knowledge/lexicon.js'
import type { ReportIndex } from '../search/index.js'
import { blur, type Sounds } from './sounds.js'

const LONGEST_WORD = 8
/** A run of the report costs a trifle more than a word of a row, a single character more than either. */
const NAME_COST = 1.1
const SINGLE_COST = 1.4
const SYLLABLE =
  /[bpmfdtnlgkhjqxzcsryw]?h?(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ao|an|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|un|uo|ve|a|e|i|o|u|v)/y

/** Makes the function that reads words typed in pinyin (laojiu xiaoqu); undefined where they make no words of the rows or the report. */
export function pinyinReader(index: ReportIndex, lexicon: Lexicon, table: () => Sounds) {
  return (words: string[]): string | undefined => {
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
