import type { Kysely, Selectable } from 'kysely'
import type { Replies, Sent } from '../chat/store.js'
import type { Tables } from './tables.js'

export function createReplies(db: Kysely<Tables>): Replies {
  return {
    async keep({ turns, choices, ...sent }, atMs) {
      const values = { ...sent, turns: JSON.stringify(turns), choices: JSON.stringify(choices), message: '', at: atMs }
      const { id } = await db.insertInto('replies').values(values).returning('id').executeTakeFirstOrThrow()
      return id
    },
    async shown(id, message) {
      await db.updateTable('replies').set({ message }).where('id', '=', id).execute()
    },
    async byId(id) {
      const row = await db.selectFrom('replies').selectAll().where('id', '=', id).executeTakeFirst()
      return row && sentOf(row)
    },
    async last(sought, sinceMs = 0) {
      let query = db.selectFrom('replies').selectAll().where('at', '>=', sinceMs)
      for (const [column, value] of Object.entries(sought))
        query = query.where(column as keyof typeof sought, '=', value)
      const row = await query.orderBy('id', 'desc').limit(1).executeTakeFirst()
      return row && sentOf(row)
    },
  }
}

function sentOf({ at: _, ...row }: Selectable<Tables['replies']>): Sent {
  return { ...row, turns: JSON.parse(row.turns), choices: JSON.parse(row.choices) }
}
