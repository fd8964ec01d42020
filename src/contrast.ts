import { z } from 'zod'
import { readRows } from './knowledge/read.js'

const groups = z.array(z.array(z.string()))

/** Words that exclude each other: up and down, 国家级 and 市级, 单日 and 全年 (knowledge/claims.yaml). */
export const CONTRASTS = readRows(
  'claims.yaml',
  z.strictObject({ direction: groups, level: groups, change: groups, scope: groups }),
)

/** The question has words of one row only, the fact has none of them but some of another. */
export function contrasts(question: string, fact: string, rows: string[][]): boolean {
  const asked = rows.filter((row) => row.some((w) => question.includes(w)))
  const stated = rows.filter((row) => row.some((w) => fact.includes(w)))
  return asked.length === 1 && stated.length > 0 && !stated.includes(asked[0]!)
}
