import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Kysely, SqliteDialect } from 'kysely'
import Database from 'libsql'
import type { Sent, Store } from '../chat/store.js'
import { YoujuError } from '../errors.js'
import { lockFolder } from './lock.js'
import { migrate, type Tables } from './tables.js'

const FILE = 'youju.db'
/** Milliseconds to wait for another process that writes. */
const BUSY_MS = 5000

/**
 * A store in one file below `folder`, made on first use. Throws `STORE_UNUSABLE` where the folder cannot be written.
 * Deliveries that this process has claimed and not begun are known to it alone: after its death they can be claimed again.
 */
export async function openFileStore(folder: string): Promise<Store> {
  const { db, unlock } = await open(folder)
  const claimed = new Set<string>()
  const asSent = (row: { turns: string } & Omit<Sent, 'turns'>): Sent => ({ ...row, turns: JSON.parse(row.turns) })
  const latest = async (platform: string, place: string, column: 'asked' | 'message', value: string) => {
    const row = await db
      .selectFrom('replies')
      .select(['id', 'platform', 'place', 'asked', 'message', 'turns'])
      .where('platform', '=', platform)
      .where('place', '=', place)
      .where(column, '=', value)
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst()
    return row && asSent(row)
  }

  return {
    async claim(delivery, atMs, body = '') {
      if (claimed.has(delivery)) return false
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('deliveries')
        .values({ id: delivery, begun: 0, at: atMs, body })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow()
      const isOurs = Number(numInsertedOrUpdatedRows) > 0 || !(await hasBegun(delivery))
      if (isOurs) claimed.add(delivery)
      return isOurs
    },
    async begin(delivery) {
      await db.updateTable('deliveries').set({ begun: 1, body: '' }).where('id', '=', delivery).execute()
      claimed.delete(delivery)
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
    async keep({ turns, ...sent }, atMs) {
      const { insertId } = await db
        .insertInto('replies')
        .values({ ...sent, turns: JSON.stringify(turns), message: '', at: atMs })
        .executeTakeFirstOrThrow()
      return Number(insertId)
    },
    async shown(id, message) {
      await db.updateTable('replies').set({ message }).where('id', '=', id).execute()
    },
    async byId(id) {
      const row = await db.selectFrom('replies').selectAll().where('id', '=', id).executeTakeFirst()
      return row && asSent(row)
    },
    byAsked: (platform, place, asked) => latest(platform, place, 'asked', asked),
    byMessage: (platform, place, message) => latest(platform, place, 'message', message),
    async prune(beforeMs) {
      await db.deleteFrom('deliveries').where('at', '<', beforeMs).execute()
      await db.deleteFrom('replies').where('at', '<', beforeMs).execute()
    },
    async close() {
      await db.destroy()
      unlock()
    },
  }

  async function hasBegun(delivery: string): Promise<boolean> {
    const row = await db.selectFrom('deliveries').select('begun').where('id', '=', delivery).executeTakeFirst()
    return row?.begun === 1
  }
}

async function open(folder: string): Promise<{ db: Kysely<Tables>; unlock: () => void }> {
  try {
    mkdirSync(folder, { recursive: true })
    const unlock = await lockFolder(folder)
    const database = new Database(join(folder, FILE))
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = ${BUSY_MS}`)
    const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) })
    await migrate(db)
    return { db, unlock }
  } catch (cause) {
    if (cause instanceof YoujuError) throw cause
    const detail = cause instanceof Error ? cause.message : String(cause)
    throw new YoujuError(
      'STORE_UNUSABLE',
      `数据文件夹 ${folder} 不能用（${detail}）。请检查它能不能写入，或者用 YOUJU_DATA 换一个文件夹。`,
      { cause },
    )
  }
}
