import { anyOf, type ReportLanguage } from '../knowledge/language.js'
import type { RawFigure } from './figures.js'

/** A stretch of a sentence, offsets into the sentence. */
export interface Piece {
  from: number
  to: number
}

/** Ends of sentences with closing quotes and brackets kept. A full stop inside quotation marks ends none. */
export function splitSentences(paragraph: string): Piece[] {
  const pieces: Piece[] = []
  let from = 0
  let depth = 0
  for (let i = 0; i < paragraph.length; i++) {
    const char = paragraph[i]!
    if ('“『「《（('.includes(char)) depth++
    if ('”』」》）)'.includes(char)) depth = Math.max(0, depth - 1)
    const isEnd = '。！？'.includes(char)
    if (!isEnd || (depth > 0 && i + 1 - from < 400 && '”』」》）)'.includes(closing(paragraph, i)))) continue
    while ('”』」）)'.includes(paragraph[i + 1] ?? ' ')) i++
    pieces.push({ from, to: i + 1 })
    from = i + 1
    depth = 0
  }
  if (from < paragraph.length) pieces.push({ from, to: paragraph.length })
  return pieces
}

/** The next bracket or quotation mark after `i`, which tells whether a stop stands inside one. */
function closing(text: string, i: number): string {
  return /[“『「《（(”』」》）)]/.exec(text.slice(i + 1, i + 120))?.[0] ?? ' '
}

/** Clauses: a sentence cut at commas, colons and semicolons that stand outside quotation marks and brackets. */
export function splitClauses(sentence: string): Piece[] {
  const pieces: Piece[] = []
  let from = 0
  let depth = 0
  for (let i = 0; i < sentence.length; i++) {
    const char = sentence[i]!
    if ('“『「《（('.includes(char)) depth++
    if ('”』」》）)'.includes(char)) depth = Math.max(0, depth - 1)
    const inNumber = char === ',' && /\d/.test(sentence[i - 1] ?? '') && /\d{3}/.test(sentence.slice(i + 1, i + 4))
    if (depth === 0 && !inNumber && '，；：,;:。！？'.includes(char)) {
      if (from < i) pieces.push({ from, to: i + 1 })
      from = i + 1
    }
  }
  if (from < sentence.length) pieces.push({ from, to: sentence.length })
  return pieces
}

/** Makes the function that joins clauses to statements: a clause that only goes on about the one before (同比增长7%) belongs to it. */
export function statementSplitter(language: ReportLanguage) {
  const continues = new RegExp(`^(?:${anyOf(language.figures.continues)})`)
  return (sentence: string, figures: RawFigure[]): Piece[] => {
    const statements: Piece[] = []
    for (const clause of splitClauses(sentence)) {
      const text = sentence.slice(clause.from, clause.to)
      const last = statements.at(-1)
      const lastEnds = last ? sentence[last.to - 1]! : ''
      const hasFigure = figures.some((f) => f.from >= clause.from && f.to <= clause.to)
      const isLeadIn =
        last && /^(?:\d{4}年|[^，]{0,3}年来|其中|同时|目前)[，：]$/.test(sentence.slice(last.from, last.to))
      const isBridge = /^(?:按可比价|扣除价格|按[^，]{1,8}计算)/.test(text)
      if (last && lastEnds !== '；' && (isLeadIn || isBridge || (hasFigure && continues.test(text))))
        last.to = clause.to
      else statements.push({ ...clause })
    }
    return statements
  }
}
