import type { Entry, Lexicon } from '../knowledge/lexicon.js'
import type { ReportIndex } from '../search/index.js'

/** A piece of a question: a word of the lexicon, a run that the report prints, a locked mark (year, number), or unknown. */
export interface Token {
  text: string
  kind: 'word' | 'report' | 'unknown' | 'year' | 'number'
  entry?: Entry
  /** The year, for `year`. */
  year?: number
}

/** A stretch that is read before everything else and never cut. */
export interface Locked {
  from: number
  to: number
  token: Token
  /** A number gives way to a longer run of the report that holds it (46个重大项目). */
  soft: boolean
}

const UNKNOWN_COST = 1.5
const WORD_COST = 1
/** 菜去年产了多少: 去年 is more likely than 年产. */
const PERIOD_COST = 0.95
/** A run of the report costs a trifle more than a word of equal length, so that words win ties. */
const RUN_COST = 1.05
/** What the report often prints together is seldom cut apart (水污染·治理, not 水污·染治理): settles what costs the same. */
const TEAR = 0.03
/** Marks, and words that join two things: a run of the report over them would hide that two are asked of. */
const BREAK = new Set('，。？！；：、（）和与跟及')
/** 竣工率和投产率分别是多少: a run that takes it in (率分别) hides what is asked of. */
const EACH = '分别'
const LONGEST_RUN = 14

/** Cuts a question into the cheapest sequence of words, report runs and unknown characters. */
export function segment(text: string, lexicon: Lexicon, index: ReportIndex, locked: Locked[]): Token[] {
  const best: { cost: number; token: Token; from: number }[] = []
  const costAt = (i: number) => (i === 0 ? 0 : (best[i]?.cost ?? Number.POSITIVE_INFINITY))
  const offer = (from: number, to: number, cost: number, token: Token) => {
    const total = costAt(from) + cost + tears[from]!
    if (total < costAt(to) || to === 0) best[to] = { cost: total, token, from }
  }
  const hard = locked.filter((l) => !l.soft)
  const tears = Array.from({ length: text.length }, (_, i) => (i ? TEAR * bond(text[i - 1]!, text[i]!, index) : 0))
  for (let i = 0; i < text.length; i++) {
    const lock = locked.find((l) => l.from === i)
    if (lock) offer(i, lock.to, WORD_COST - 0.01, lock.token)
    if (hard.some((l) => i >= l.from && i < l.to)) continue
    const stop = Math.min(text.length, ...hard.filter((l) => l.from > i).map((l) => l.from))
    offer(i, i + 1, UNKNOWN_COST, { text: text[i]!, kind: 'unknown' })
    for (let to = Math.min(stop, i + lexicon.longestFrom(text[i]!)); to > i; to--) {
      const word = text.slice(i, to)
      const entry = lexicon.entries.get(word)
      if (
        entry &&
        !cutsLatin(text, i, to) &&
        (isWhole(entry) || !locked.some((l) => l.token.entry && l.from < to && i < l.to))
      )
        offer(i, to, entry.period ? PERIOD_COST : WORD_COST, { text: word, kind: 'word', entry })
    }
    const joins = BREAK.has(text[i]!)
    for (let to = i + 2; !joins && to <= Math.min(stop, i + LONGEST_RUN); to++) {
      const run = text.slice(i, to)
      if (BREAK.has(text[to - 1]!) || run.endsWith(EACH) || !index.attests(run)) break
      if (!cutsLatin(text, i, to) && !locked.some((l) => cutsThrough(l, i, to)))
        offer(i, to, RUN_COST, { text: run, kind: 'report' })
    }
  }
  const tokens: Token[] = []
  for (let i = text.length; i > 0; i = best[i]!.from) tokens.push(best[i]!.token)
  return joinUnknown(tokens.reverse(), (char) => lexicon.lightCharacters.has(char) || lexicon.edges.has(char))
}

/** 几部分, 报几个名: said as a whole, a 几 in it asks of no number. */
function isWhole({ wants, filler, cue }: Entry): boolean {
  return wants !== undefined || filler === true || cue === 'contents' || cue === 'summary'
}

/** How seldom one of the two characters stands without the other: 污染 close to 1, 染治 to 0. */
function bond(one: string, other: string, index: ReportIndex): number {
  const rarer = Math.min(index.frequency(one), index.frequency(other))
  return rarer > 0 ? index.frequency(one + other) / rarer : 0
}

/** A run may hold a number only with words behind it (46个重大项目), and never a part of one. */
function cutsThrough(lock: Locked, from: number, to: number): boolean {
  return lock.from < to && from < lock.to && (from > lock.from || to <= lock.to)
}

function cutsLatin(text: string, from: number, to: number): boolean {
  const splits = (i: number) => /[a-z]/.test(text[i - 1] ?? '') && /[a-z]/.test(text[i] ?? '')
  return splits(from) || splits(to)
}

function joinUnknown(tokens: Token[], apart: (char: string) => boolean): Token[] {
  const joined: Token[] = []
  for (const token of tokens) {
    const last = joined.at(-1)
    if (
      token.kind === 'unknown' &&
      last?.kind === 'unknown' &&
      isLetter(token.text) &&
      isLetter(last.text) &&
      !apart(token.text) &&
      !(last.text.length === 1 && apart(last.text))
    )
      last.text += token.text
    else if (token.kind !== 'unknown' || isLetter(token.text) || token.text === '、') joined.push({ ...token })
  }
  return joined
}

function isLetter(text: string): boolean {
  return /^[\p{L}\p{N}+.%‰-]+$/u.test(text)
}
