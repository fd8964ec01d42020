import { execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { freePort } from './port.js'

/** Where Debian puts the server's programs; PATH does not lead there. */
const DEBIAN = '/usr/lib/postgresql'
const NOBODY = 65534
const PATIENCE_MS = 20_000

/** A PostgreSQL server of the tests' own, in a folder that is gone afterwards. */
export interface PostgresServer {
  /** A new, empty database; gives its address. */
  database: () => Promise<string>
  /** Stops the server as an administrator in a hurry does, and starts it again after so long. */
  restart: (downMs?: number) => Promise<void>
  stop: () => Promise<void>
}

const programs = programsFolder()
/** Whether a server can be started here. */
export const hasPostgres = programs !== undefined

/** Starts a server on the loopback address. It refuses to run for root, and is then run for nobody. */
export async function startPostgres(): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'youju-pg-'))
  const asRoot = process.getuid?.() === 0
  const user = asRoot ? { uid: NOBODY, gid: NOBODY } : {}
  if (asRoot) chownSync(folder, NOBODY, NOBODY)
  const data = join(folder, 'data')
  const options = { cwd: folder, env: { ...process.env, HOME: folder, LC_ALL: 'C.UTF-8' }, ...user }
  const flags = ['-D', data, '-U', 'youju', '-A', 'trust', '-E', 'UTF8', '--no-sync']
  execFileSync(join(programs!, 'initdb'), flags, { ...options, stdio: 'ignore' })
  const port = await freePort()
  const address = (database: string) => `postgres://youju@127.0.0.1:${port}/${database}`
  let [server, databases] = [await start(), 0]

  async function start() {
    const settings = [
      'fsync=off',
      'max_connections=80',
      `unix_socket_directories=${folder}`,
      'listen_addresses=127.0.0.1',
    ]
    const started = spawn(
      join(programs!, 'postgres'),
      ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
      { ...options, stdio: 'ignore' },
    )
    for (const end = performance.now() + PATIENCE_MS; ; await sleep(50)) {
      if (
        await run('select 1').then(
          () => true,
          () => false,
        )
      )
        return started
      if (performance.now() > end) throw new Error('PostgreSQL did not start')
    }
  }

  async function run(statement: string): Promise<void> {
    const client = new pg.Client({ connectionString: address('postgres') })
    await client.connect()
    await client.query(statement).finally(() => client.end())
  }

  async function kill(): Promise<void> {
    const ended = new Promise((done) => server.once('exit', done))
    // Fast shutdown: sessions are cut off.
    server.kill('SIGINT')
    await ended
  }

  return {
    async database() {
      const name = `test${++databases}`
      await run(`create database ${name}`)
      return address(name)
    },
    async restart(downMs = 0) {
      await kill()
      await sleep(downMs)
      server = await start()
    },
    async stop() {
      await kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function programsFolder(): string | undefined {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : []
  const folders = [...versions.map((version) => join(DEBIAN, version, 'bin')), ...(process.env.PATH ?? '').split(':')]
  return folders.find((folder) => existsSync(join(folder, 'postgres')) && existsSync(join(folder, 'initdb')))
}
