import type { Kysely } from 'kysely'
import type { Inbox } from '../chat/store.js'
import type { Tables } from './tables.js'

/** Deliveries that this process has claimed and not begun are known to it alone: after its death they can be claimed again. */
export function createInbox(db: Kysely<Tables>): Inbox {
  const claimed = new Set<string>()
  return {
    async claim(delivery, atMs, body = '') {
      if (claimed.has(delivery)) return false
      claimed.add(delivery)
      const isOurs = await insert(delivery, atMs, body).catch((cause) => {
        claimed.delete(delivery)
        throw cause
      })
      if (!isOurs) claimed.delete(delivery)
      return isOurs
    },
    async begin(delivery) {
      const { numUpdatedRows } = await db
        .updateTable('deliveries')
        .set({ begun: 1, body: '' })
        .where('id', '=', delivery)
        .where('begun', '=', 0)
        .executeTakeFirst()
      claimed.delete(delivery)
      // One that could not be kept when it came is nobody else's.
      return numUpdatedRows > 0 || !(await hasBegun(delivery))
    },
    async release(delivery, body) {
      await db.updateTable('deliveries').set({ begun: 0, body }).where('id', '=', delivery).execute()
      claimed.add(delivery)
    },
    async abandoned(prefix, sinceMs) {
      const rows = await db
        .selectFrom('deliveries')
        .select(['id', 'body'])
        .where('begun', '=', 0)
        .where('body', '!=', '')
        .where('at', '>', sinceMs)
        .orderBy('at')
        .execute()
      return rows.filter(({ id }) => id.startsWith(prefix) && !claimed.has(id)).map(({ body }) => body)
    },
  }

  async function insert(id: string, at: number, body: string): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('deliveries')
      .values({ id, begun: 0, at, body })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow()
    return Number(numInsertedOrUpdatedRows) > 0 || !(await hasBegun(id))
  }

  async function hasBegun(delivery: string): Promise<boolean> {
    const row = await db.selectFrom('deliveries').select('begun').where('id', '=', delivery).executeTakeFirst()
    return row?.begun === 1
  }
}
