import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { YoujuError } from '../errors.js'
import { migrate } from './migrations.js'
import { holdOn } from './postgres-hold.js'
import { type ServiceStore, storeOn } from './sql.js'
import type { Tables } from './tables.js'

const MOST_CONNECTIONS = 8
const CONNECT_MS = 5000
/** A statement takes some thousandths of a second; what takes longer hangs on a line that is gone. */
const STATEMENT_MS = 15_000
/** A database that is started again takes a second or two. Who asks is not kept waiting for longer. */
const AGAIN = { longestMs: 3000, everyMs: 150 }
const FIRST_TRIES_MS = 15_000

/** What pg calls int8, which it reads as text: counts and times fit into a number. */
const INT8 = 20
const types: pg.CustomTypesConfig = {
  getTypeParser: (id: number, format?: 'text' | 'binary') =>
    id === INT8 ? Number : pg.types.getTypeParser(id, format as 'text'),
}

/**
 * A store on PostgreSQL, which several processes may share. Throws `STORE_UNUSABLE` where it cannot be reached or used;
 * the address, which holds a password, is in no message.
 */
export async function openPostgresStore(url: string): Promise<ServiceStore> {
  const pool = new pg.Pool({
    connectionString: url,
    max: MOST_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: STATEMENT_MS,
    keepAlive: true,
    types,
  })
  // A line that is cut while nobody uses it: the next one is made when it is needed.
  pool.on('error', () => undefined)
  // Cut while it is used: the statement says so too.
  pool.on('connect', (client) => client.on('error', () => undefined))
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  const holds = new Set<() => Promise<void>>()
  try {
    await firstReached(pool)
    await migrate(db, { serial: 'serial', isFile: false })
  } catch (cause) {
    await pool.end()
    throw unusable(cause)
  }
  return storeOn(db, {
    async hold(name, signal, patienceMs) {
      const hold = await holdOn(url, name, signal, patienceMs)
      holds.add(hold.release)
      return hold
    },
    faultOf: (cause) =>
      new YoujuError(
        isCut(cause) ? 'STORE_UNREACHABLE' : 'STORE_FAILED',
        isCut(cause)
          ? `连不上 PostgreSQL（${messageOf(cause)}）。问题照答，到点的推送等连上了再发。请检查数据库。`
          : `PostgreSQL 没有照办（${messageOf(cause)}）。请检查数据库的日志、磁盘和权限。`,
        { cause },
      ),
    again: { ...AGAIN, isMeant: isCut },
    async close() {
      await Promise.allSettled([...holds].map((release) => release()))
      await db.destroy()
    },
  })
}

/** A service and its database are often started together. */
async function firstReached(pool: pg.Pool): Promise<void> {
  for (const end = performance.now() + FIRST_TRIES_MS; ; ) {
    try {
      await pool.query('select 1')
      return
    } catch (cause) {
      if (!isCut(cause) || performance.now() > end) throw cause
      await new Promise((done) => setTimeout(done, AGAIN.everyMs))
    }
  }
}

/** Classes of https://www.postgresql.org/docs/current/errcodes-appendix.html that say the line is gone, and Node's own codes. */
const CUT = /^(?:08|57P0|ECONN|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)/
const CUT_WORDS = /connection terminated|timeout exceeded|query read timeout|client has encountered a connection error/i

/** The line to the database is gone, or is not there yet: nothing is wrong with the statement. */
export function isCut(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false
  const { code } = cause as { code?: string }
  const inner = [cause.cause, ...(cause instanceof AggregateError ? cause.errors : [])]
  return CUT.test(code ?? '') || CUT_WORDS.test(cause.message) || inner.some(isCut)
}

function messageOf(cause: unknown): string {
  const told = cause instanceof AggregateError ? cause.errors[0] : cause
  return told instanceof Error ? told.message : String(told)
}

function unusable(cause: unknown): YoujuError {
  return new YoujuError(
    'STORE_UNUSABLE',
    `DATABASE_URL 的 PostgreSQL 不能用（${messageOf(cause)}）。请检查地址、用户、密码和数据库名，以及这个用户能不能建表。`,
    { cause },
  )
}
