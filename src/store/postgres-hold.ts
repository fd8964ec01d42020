import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Hold } from './sql.js'

const TRY_MS = 250
const CONNECT_MS = 5000
/** The session must not outlive its process on a host that is gone: the server looks, and so do we. */
const SERVER_LOOKS = '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3'
const WE_LOOK_MS = 5000
/** Marks our locks among others' in the same database. */
const OURS = 0x796a

/**
 * Waits for a lock that the database keeps for as long as our session lasts: a process that dies frees it at once, whatever its clock
 * says. Rejects when the signal is aborted, and where another has had it for so long while we looked; while the database is away
 * nobody has it.
 */
export async function holdOn(
  url: string,
  name: string,
  signal: AbortSignal,
  patienceMs = Number.POSITIVE_INFINITY,
): Promise<Hold> {
  for (let anothersMs = 0; anothersMs < patienceMs; ) {
    signal.throwIfAborted()
    const client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: CONNECT_MS,
      query_timeout: CONNECT_MS,
      options: SERVER_LOOKS,
      keepAlive: true,
    })
    const ended = new Promise<void>((done) => {
      client.on('error', () => done())
      client.on('end', () => done())
    })
    try {
      await client.connect()
      let isOurs = false
      while (!isOurs && anothersMs < patienceMs) {
        isOurs = await isTaken(client, name)
        if (!isOurs) await sleep(TRY_MS, undefined, { signal })
        anothersMs += TRY_MS
      }
      if (isOurs) return { lost: watched(client, ended), release: () => client.end().catch(() => undefined) }
    } catch {
      await client.end().catch(() => undefined)
      await sleep(TRY_MS, undefined, { signal })
      continue
    }
    await client.end().catch(() => undefined)
  }
  throw new Error(`another process has ${name}`)
}

async function isTaken(client: pg.Client, name: string): Promise<boolean> {
  const { rows } = await client.query('select pg_try_advisory_lock($1, hashtext($2)) as taken', [OURS, name])
  return rows[0]?.taken === true
}

/** Resolves when the session is over, or does not answer. */
function watched(client: pg.Client, ended: Promise<void>): Promise<void> {
  return new Promise((done) => {
    const looking = setInterval(() => {
      client.query('select 1').catch(() => over())
    }, WE_LOOK_MS)
    looking.unref()
    const over = () => {
      clearInterval(looking)
      void client.end().catch(() => undefined)
      done()
    }
    void ended.then(over)
  })
}
