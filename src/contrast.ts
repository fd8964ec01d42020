import type { z } from 'zod'
import { anyOf } from './knowledge/language.js'
import { readRows, type Zod } from './knowledge/read.js'

const words = (z: Zod) => z.array(z.string())
const groups = (z: Zod) => z.array(words(z))
const bound = (z: Zod) => z.strictObject({ before: words(z), after: words(z) })

/** Words that exclude each other: up and down, 国家级 and 市级, 单日 and 全年 (knowledge/claims.yaml). */
export const CONTRASTS = readRows('claims.yaml', (z) =>
  z.strictObject({
    direction: groups(z),
    level: groups(z),
    change: groups(z),
    extent: groups(z),
    scope: groups(z),
    bounds: z.strictObject({ below: bound(z), above: bound(z), about: bound(z), near: bound(z), exact: bound(z) }),
    names: words(z),
    denial: words(z),
    notDenial: words(z),
    done: words(z),
    achieved: words(z),
    pending: words(z),
    changing: words(z),
    reached: words(z),
    only: words(z),
    total: words(z),
    comparatives: z.strictObject({ more: words(z), less: words(z) }),
  }),
)

/** What the words around a number make of it: a bound, a rough or an exact amount. */
export type Bound = keyof typeof CONTRASTS.bounds

/** The bound of the number that stands at `from` to `to` of a text. */
export function boundAt(text: string, from: number, to: number): Bound | undefined {
  const [before, after] = [text.slice(0, from), text.slice(to)]
  const rows = Object.entries(CONTRASTS.bounds) as [Bound, z.infer<ReturnType<typeof bound>>][]
  return rows.find(([, b]) => b.before.some((w) => before.endsWith(w)) || b.after.some((w) => after.startsWith(w)))?.[0]
}

/** The bound that a hedge makes of its number. */
export function boundOf(hedge: string): Bound | undefined {
  const rows = Object.entries(CONTRASTS.bounds) as [Bound, z.infer<ReturnType<typeof bound>>][]
  return rows.find(([, b]) => b.before.includes(hedge) || b.after.includes(hedge))?.[0]
}

/** Whether a text denies what it tells. */
export function denies(text: string): boolean {
  const plain = CONTRASTS.notDenial.reduce((rest, word) => rest.replaceAll(word, ''), text)
  return CONTRASTS.denial.some((word) => plain.includes(word))
}

/**
 * The question has words of one row only, the fact has none of them but some of another. The longest word counts where one holds
 * another: 负增长 is no 增长, 自治区级 no 区级, and 增加值 (a name) tells of no increase.
 */
export function contrasts(question: string, fact: string, rows: string[][]): boolean {
  const any = new RegExp(anyOf([...rows.flat(), ...CONTRASTS.names]), 'g')
  const rowsIn = (text: string) =>
    new Set((text.match(any) ?? []).flatMap((w) => rows.filter((row) => row.includes(w))))
  const [asked, stated] = [rowsIn(question), rowsIn(fact)]
  return asked.size === 1 && stated.size > 0 && !stated.has([...asked][0]!)
}
