import type { Kysely } from 'kysely'
import type { Voices } from '../chat/store.js'
import { fold } from '../question/normalize.js'
import type { Tables } from './tables.js'

/** Marks that make no other question. */
const PUNCTUATION = /[\s\p{P}\p{S}]/gu

export function createVoices(db: Kysely<Tables>): Voices {
  return {
    async unanswered(platform, question, atMs) {
      const folded = fold(question).replace(PUNCTUATION, '')
      await db.insertInto('unanswered').values({ platform, question, folded, at: atMs }).execute()
    },
    async gaps(sinceMs, most) {
      const rows = await db
        .selectFrom('unanswered')
        .select(({ fn }) => ['folded', fn.countAll<number>().as('times'), fn.max('id').as('latest')])
        .where('at', '>=', sinceMs)
        .groupBy('folded')
        .orderBy('times', 'desc')
        .orderBy('latest', 'desc')
        .limit(most)
        .execute()
      if (!rows.length) return []
      const latest = await db
        .selectFrom('unanswered')
        .select(['id', 'question'])
        .where(
          'id',
          'in',
          rows.map((row) => row.latest),
        )
        .execute()
      const wording = new Map(latest.map(({ id, question }) => [id, question]))
      return rows.map((row) => ({ question: wording.get(row.latest) ?? row.folded, times: Number(row.times) }))
    },
    async feedback(platform, good, atMs, reply) {
      await db
        .insertInto('feedback')
        .values({ platform, good: Number(good), reply: reply ?? null, at: atMs })
        .execute()
    },
  }
}
