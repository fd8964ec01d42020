import { anyOf } from '../knowledge/language.js'
import type { Entry, Lexicon } from '../knowledge/lexicon.js'
import { pairsOf } from '../pairs.js'
import type { ReportIndex } from '../search/index.js'
import type { Content, Mention } from './model.js'
import type { Token } from './segment.js'

/** Weights of what a question is about. Runs of the report and words of a row weigh by their rarity, up to about 1.5. */
const LIGHT = 0.12
const INDICATOR = 1.4
const NEAR_INDICATOR = 1.2
const PLACE = 0.4
const NUMBER = 0.6
/** A word that no row and no line of the report knows; so much for two characters, more for longer ones. */
const UNKNOWN = 0.25
/** One that is in no dictionary either, where a number is asked: whose number it is. */
const NAME = 0.7
/** A word of a row none of whose wordings the report prints. */
const UNPRINTED = 0.4
const PRINTED_CHARACTER = 0.4
/** A run this long is a name, whatever its characters (三个高地). */
const NAME_LENGTH = 4
const LEAST_RARITY = 0.2
/** 重大项目个数 asks of 重大项目. */
const ASPECT_ENDING = /(?:个数|数量|总数|数目|的数|情况|方面|这块|工作)$/
/** 六月 is a date and no amount. */
const DAY = /[月日号]$/
const ASKING = /了?(?:多少|几).*$/

const HAN = /^\p{Script=Han}+$/u

const NO_NAME = /^[哪那这]/
let words: Intl.Segmenter | undefined

type Made = Omit<Content, 'group'>

/** Makes the functions that turn a token into what the report must match, each with its wordings and weight. */
export function contentMaker(index: ReportIndex, lexicon: Lexicon, verbs: Set<string>) {
  const passages = index.passages.length
  const named = new RegExp(`^\\p{Script=Han}{2,4}(?:${anyOf(lexicon.nameEndings)})$`, 'u')
  const longNames = shortNames(index, lexicon)

  /** A place or a part of a year: only a statement that prints the very words can answer, none where they are only parts of others. */
  const exact = (text: string, isPrinted = true): Made => ({
    text,
    alternatives: isPrinted ? [text] : [],
    weight: PLACE,
    source: 'unknown',
    required: true,
    exact: true,
  })

  /** A number, 四千户 also as 4000户; a lone 1 asks of nothing. */
  const number = (text: string, mentions: Mention[]): Made | undefined =>
    /^\d$/.test(text)
      ? undefined
      : {
          text,
          alternatives: [
            text,
            ...mentions.filter((m) => m.text === text && !DAY.test(m.unit)).map((m) => m.value + m.unit),
          ],
          weight: NUMBER,
          source: 'report',
          number: true,
        }

  /** What a word of a row asks for; undefined where it carries no content. `asksNumber`: a near indicator then has to be matched. */
  const ofWord = (word: string, entry: Entry, asksNumber: boolean): Made | undefined => {
    const text = entry.wants ? word.replace(ASKING, '') || word : word
    if (entry.indicator?.near) {
      const others = asksNumber ? [] : (entry.alternatives ?? [])
      return { text, alternatives: [text, ...others], weight: NEAR_INDICATOR, source: 'unknown', required: asksNumber }
    }
    if (entry.indicator) {
      const { indicator } = entry.indicator
      // Asked how it stands and not how much, what else a row takes the word for will do (欠债怎么样了: 化债).
      const own = indicator.broad.includes(text) ? [] : [text]
      const wordings = [...own, indicator.name, ...indicator.forms, ...(asksNumber ? [] : (entry.alternatives ?? []))]
      return { text, alternatives: wordings, weight: INDICATOR, source: 'row', indicator, required: true }
    }
    if (entry.filler || (entry.period && !entry.period.startsWith('leans'))) return undefined
    const isVerb = verbs.has(text) || entry.alternatives?.some((word) => verbs.has(word)) === true
    const isRelational = entry.relational === true || isVerb
    const aspect = {
      ...(isAspect(entry) ? { aspect: true } : {}),
      ...(isRelational ? { relational: true } : {}),
      ...(isVerb ? { verbal: true } : {}),
    }
    if (entry.alternatives || entry.relational) {
      // 路 alone is in words of every kind; what the row takes it for is not.
      const own = text.length === 1 && entry.alternatives ? [] : [text]
      const wordings = [...own, ...(entry.alternatives ?? [])]
      const demanded = entry.demanded ? { counted: true, demanded: true } : {}
      return {
        text,
        alternatives: wordings,
        weight: weightOfWord(text, entry, wordings),
        source: 'row',
        ...aspect,
        ...demanded,
      }
    }
    if (!entry.light && !entry.wants && !entry.period) return undefined
    return { text, alternatives: [text], weight: LIGHT, source: 'row', ...aspect }
  }

  /** What a run of the report or an unknown word asks for, grammar at its edges cut (占到 → 占). */
  const ofRun = ({ text, kind }: Token): Made | undefined => {
    const core = trimmed(text, kind === 'report' || text.length < 4 ? lexicon.edges : lexicon.particles)
    if (!core) return undefined
    if (core.length < NAME_LENGTH && isSlight(core))
      return { text: core, alternatives: [core], weight: LIGHT, source: 'row' }
    const bare = core.replace(ASPECT_ENDING, '')
    const alternatives = [core, ...(bare.length > 1 && bare !== core ? [bare] : []), ...(longNames.get(core) ?? [])]
    const relational = verbs.has(core) ? { relational: true, verbal: true } : {}
    if (kind === 'report') return { text: core, alternatives, weight: rarityOf(core), source: 'report', ...relational }
    return { text: core, alternatives, weight: weightOfUnknown(core), source: 'unknown' }
  }
  /** Weighs the unknown words that name something: by their ending, or, where a number is asked, by being in no dictionary. */
  const weighNames = (contents: Content[], asksNumber: boolean): void => {
    const names = (text: string) => named.test(text) || (asksNumber && isName(text))
    const isNowhere = (c: Content) => c.source === 'row' && c.weight === UNPRINTED && c.text.length >= 3
    for (const c of contents) {
      if ((c.source === 'unknown' && names(c.text)) || (asksNumber && isNowhere(c))) c.weight = Math.max(c.weight, NAME)
    }
  }
  return { exact, number, ofWord, ofRun, weighNames }

  function weightOfWord(text: string, entry: Entry, wordings: string[]): number {
    if (entry.light || isAspect(entry)) return LIGHT
    if (text.length < 3 && isSlight(text) && !index.attests(text)) return LIGHT
    const printed = wordings.filter((w) => index.attests(w))
    return printed.length ? Math.min(...printed.map(rarityOf)) : UNPRINTED
  }

  function weightOfUnknown(text: string): number {
    if (text.length === 1) return index.frequency(text) ? PRINTED_CHARACTER : UNKNOWN
    return UNKNOWN * Math.sqrt(Math.min(text.length, 4) / 2)
  }

  /** Of characters that the dictionary of ICU joins to no word: 包|钢, 美|凯|龙. */
  function isName(text: string): boolean {
    if (text.length < 2 || !HAN.test(text) || NO_NAME.test(text) || isPartlySlight(text)) return false
    words ??= new Intl.Segmenter('zh', { granularity: 'word' })
    return [...words.segment(text)].length === text.length
  }

  function isPartlySlight(text: string): boolean {
    return [...text].some((c) => lexicon.lightCharacters.has(c) || lexicon.particles.has(c))
  }

  /** Rare runs count more than common ones, long ones more than short ones. */
  function rarityOf(text: string): number {
    const share = (pair: string) => Math.log((passages + 1) / (index.frequency(pair) + 0.5)) / Math.log(passages + 1)
    return (
      Math.max(LEAST_RARITY, Math.min(...(text.length < 2 ? [text] : pairsOf(text)).map(share))) *
      Math.sqrt(Math.min(text.length, 6) / 2)
    )
  }

  /** Made of characters that say little in speech: 弄到, 一个. */
  function isSlight(text: string): boolean {
    return [...text].every((c) => lexicon.lightCharacters.has(c) || lexicon.particles.has(c))
  }
}

/**
 * 青铝 → 青州铝业: the first characters of a place and of the trade behind it, where the report has one such name and prints it
 * more than once.
 */
function shortNames({ passages }: ReportIndex, { entries }: Lexicon): Map<string, string[]> {
  const counts = new Map<string, number>()
  const places = new Set([...entries].filter(([word, e]) => e.place && word.length === 2).map(([word]) => word))
  for (const { own } of passages) {
    for (let i = 0; i + 4 <= own.length; i++) {
      const name = own.slice(i, i + 4)
      if (places.has(name.slice(0, 2)) && HAN.test(name)) counts.set(name, (counts.get(name) ?? 0) + 1)
    }
  }
  const names = new Map<string, string[]>()
  for (const [name, count] of counts) {
    if (count < 2) continue
    const short = name[0]! + name[2]!
    names.set(short, [...(names.get(short) ?? []), name])
  }
  return new Map([...names].filter(([, list]) => list.length === 1))
}

/** Says what is measured or in what manner it is asked, rather than of what. */
function isAspect(entry: Entry): boolean {
  return entry.wants !== undefined || entry.period !== undefined || entry.cue !== undefined
}

function trimmed(text: string, edges: Set<string>): string {
  let [from, to] = [0, text.length]
  while (from < to && edges.has(text[from]!)) from++
  while (to > from && edges.has(text[to - 1]!)) to--
  return text.slice(from, to)
}
