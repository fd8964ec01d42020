import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Kysely, SqliteDialect } from 'kysely'
import Database from 'libsql'
import { YoujuError } from '../errors.js'
import { lockFolder } from './lock.js'
import { migrate } from './migrations.js'
import { type ServiceStore, storeOn } from './sql.js'
import type { Tables } from './tables.js'

const FILE = 'youju.db'
/** Milliseconds to wait for another process that writes. */
const BUSY_MS = 5000

/** A store in one file below `folder`, made on first use. Throws `STORE_UNUSABLE` where the folder cannot be written, or is another's. */
export async function openFileStore(folder: string): Promise<ServiceStore> {
  try {
    mkdirSync(folder, { recursive: true })
    const unlock = await lockFolder(folder)
    const { db, database } = open(folder)
    await migrate(db, { serial: 'integer', isFile: true })
    return storeOn(db, {
      // The folder is this process's alone, and so is every platform.
      hold: async () => ({ lost: new Promise(() => undefined), release: async () => undefined }),
      faultOf: (cause) => faultOf(cause, folder),
      async close() {
        await db.destroy()
        database.close()
        unlock()
      },
    })
  } catch (cause) {
    throw cause instanceof YoujuError ? cause : unusable(folder, cause)
  }
}

/** The same file for a look, or for a human's decision, beside the process that serves: nothing is made and nothing is locked. */
export function lookIntoFile(folder: string): ServiceStore {
  if (!existsSync(join(folder, FILE)))
    throw new YoujuError(
      'STORE_UNUSABLE',
      `数据文件夹 ${folder} 里还没有记录。请先运行一次 npm start，或者用 YOUJU_DATA 指明服务用的是哪个文件夹。`,
    )
  try {
    const { db, database } = open(folder)
    return storeOn(db, {
      hold: () => Promise.reject(new Error('only looked into')),
      faultOf: (cause) => faultOf(cause, folder),
      async close() {
        await db.destroy()
        database.close()
      },
    })
  } catch (cause) {
    throw unusable(folder, cause)
  }
}

function open(folder: string) {
  const database = new Database(join(folder, FILE))
  // Kysely closes it by itself; the pragmas hold for this connection.
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = ${BUSY_MS}`)
  return { db: new Kysely<Tables>({ dialect: new SqliteDialect({ database }) }), database }
}

function unusable(folder: string, cause: unknown): YoujuError {
  const detail = cause instanceof Error ? cause.message : String(cause)
  return new YoujuError(
    'STORE_UNUSABLE',
    `数据文件夹 ${folder} 不能用（${detail}）。请检查它能不能写入，或者用 YOUJU_DATA 换一个文件夹。`,
    { cause },
  )
}

function faultOf(cause: unknown, folder: string): YoujuError {
  const detail = cause instanceof Error ? cause.message : String(cause)
  const isFull = /\bfull\b|SQLITE_FULL|ENOSPC|disk I\/O/i.test(detail)
  return isFull
    ? new YoujuError(
        'STORE_FULL',
        `数据文件夹 ${folder} 所在的磁盘写不进去了（${detail}）。请清出空间。这期间问题照答，但按钮记不住，到点的推送等能写入了再发。`,
        { cause },
      )
    : new YoujuError('STORE_FAILED', `数据文件夹 ${folder} 里的记录读写失败（${detail}）。请检查磁盘。`, { cause })
}
