import type { Reply } from '../src/reply/model.js'

/** One question of the corpus, with what its answer must hold (format: test/corpus/README.md). */
export interface Case {
  id: string
  turns: string[]
  type: string
  expect: {
    all?: (string | string[])[]
    none?: string[]
    evidence?: string[]
    section?: string
    refuse?: boolean
    orNearest?: boolean
  }
  why: string
  /** A report file other than the default report. */
  report?: string
}

export type Fault = 'wrong' | 'ungrounded' | 'uncited' | 'missed' | 'long'

const TEXT_LIMIT = 600
const LONG_TEXT_LIMIT = 1200

/** Judges a reply by the laws of this project; undefined where it is right, else the fault and why. */
export function judge(c: Case, reply: Reply): { fault: Fault; why: string } | undefined {
  const { expect } = c
  const loose = looseNumerals(reply, c.turns)
  if (loose.length) return { fault: 'ungrounded', why: `${loose.join(' ')} in no quotation` }
  const tempted = (expect.none ?? []).filter((n) => holds(reply.headline, n))
  if (expect.refuse) {
    if (reply.kind === 'answer' || reply.kind === 'choose')
      return { fault: 'wrong', why: `answered: ${reply.headline}` }
    return tempted.length ? { fault: 'wrong', why: `headline says ${tempted.join(' ')}` } : undefined
  }
  if (c.type === 'smalltalk')
    return reply.kind === 'chat' && !tempted.length
      ? undefined
      : { fault: 'wrong', why: `${reply.kind}: ${reply.headline}` }
  if (c.type === 'clarify' && reply.kind === 'choose')
    return reply.options.length > 1 ? undefined : { fault: 'wrong', why: 'one option' }
  if (c.type === 'clarify' && !expect.all?.length) {
    const readings = new Set(reply.citations.map((x) => x.quote)).size
    return reply.kind === 'answer' && readings > 1
      ? undefined
      : { fault: 'wrong', why: `one reading: ${reply.headline}` }
  }
  const fault: Fault = reply.kind === 'answer' ? 'wrong' : 'missed'
  const lacks = (expect.all ?? []).filter((want) => ![want].flat().some((w) => holds(reply.text, w)))
  if (lacks.length) return { fault, why: `lacks ${JSON.stringify(lacks)} | ${reply.kind}: ${reply.headline}` }
  if (reply.kind !== 'answer' && !(expect.orNearest && reply.kind === 'not_found'))
    return { fault: 'missed', why: `${reply.kind}: ${reply.headline}` }
  if (tempted.length) return { fault: 'wrong', why: `headline says ${tempted.join(' ')} | ${reply.headline}` }
  if (reply.text.length > (c.type === 'list' || c.type === 'summary' ? LONG_TEXT_LIMIT : TEXT_LIMIT))
    return { fault: 'long', why: `${reply.text.length} characters` }
  return misplaced(c, reply)
}

function misplaced({ expect }: Case, reply: Reply): { fault: Fault; why: string } | undefined {
  const wanted = (expect.evidence ?? []).map(plain)
  const cited = reply.citations.filter(({ quote }) =>
    wanted.some((e) => plain(quote).includes(e) || (plain(quote).length >= 6 && e.includes(plain(quote)))),
  )
  if (wanted.length && !cited.length)
    return { fault: 'uncited', why: `no quotation of ${expect.evidence![0]} | ${reply.headline}` }
  const path = (expect.section ?? '').split('>').map(plain).filter(Boolean)
  if (path.length && !cited.some((c) => path.every((part, i) => plain(c.section[i] ?? '').startsWith(part)))) {
    return { fault: 'uncited', why: `section ${cited[0]?.section.join(' > ')}, wanted ${expect.section}` }
  }
  return undefined
}

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s*_`>#]+/g, '')
    .replace(/[“”"「」『』‘’']/g, '"')
}

/** Whether the text holds the words, a number not as part of a longer one. */
function holds(text: string, words: string): boolean {
  const [w, p] = [plain(text), plain(words)]
  for (let at = w.indexOf(p); at >= 0; at = w.indexOf(p, at + 1)) {
    const cutBefore = /^\d/.test(p) && /[\d.]/.test(w[at - 1] ?? '')
    const cutAfter = /\d$/.test(p) && /^(?:\d|\.\d)/.test(w.slice(at + p.length))
    if (!cutBefore && !cutAfter) return true
  }
  return false
}

function looseNumerals(reply: Reply, turns: string[]): string[] {
  const numerals = (text: string) => text.normalize('NFKC').match(/\d+(?:\.\d+)?/g) ?? []
  const sources = [
    ...reply.citations.flatMap((c) => [c.quote, ...c.section, c.locator]),
    ...reply.figures.filter((f) => f.derived).map((f) => f.text),
    ...reply.options,
    ...reply.suggestions,
    ...turns,
  ]
  const known = new Set(sources.flatMap(numerals))
  const periods = new Set(reply.figures.map((f) => f.period.slice(0, 4)))
  const text = reply.text.replace(/^\s*\d{1,2}[.、](?!\d)/gm, '')
  return numerals(text).filter((n) => !known.has(n) && !periods.has(n) && !/^20[0-4]\d$/.test(n))
}
