import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { rolldown } from 'rolldown'
import { ROOT } from '../../src/knowledge/read.js'

/** A message that the platform took. */
export interface Accepted {
  chat: string
  nonce: string
  /** The local day on which it came, in China. */
  day: string
}

/** A platform whose answers take a while, and a clock that the test sets: what instances in other processes are given. */
export interface World {
  url: string
  accepted: Accepted[]
  now: () => number
  /** Sets the clock; it goes on from there. */
  set: (ms: number) => void
  close: () => Promise<void>
}

/** `knowsAgain`: a message with a nonce that was seen before is the one that was seen. */
export async function openWorld(knowsAgain: boolean): Promise<World> {
  let aheadMs = 0
  const now = () => Date.now() + aheadMs
  const accepted: Accepted[] = []
  const aWhile = () => sleep(Math.random() * 20)
  const server = createServer(async (request, response) => {
    if (request.url === '/clock') return response.end(String(aheadMs))
    const message = JSON.parse(await text(request)) as Pick<Accepted, 'chat' | 'nonce'>
    await aWhile()
    const day = new Date(now() + 8 * 3_600_000).toISOString().slice(0, 10)
    if (!knowsAgain || !accepted.some(({ nonce }) => nonce === message.nonce)) accepted.push({ ...message, day })
    await aWhile()
    response.end(`m-${message.nonce}`)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    accepted,
    now,
    set: (ms) => {
      aheadMs = ms - Date.now()
    },
    async close() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

let bundled: Promise<string> | undefined
/** The instance as one file of JavaScript: a process starts with it in a fraction of the time that it takes to compile it. */
function bundle(): Promise<string> {
  bundled ??= (async () => {
    // Test files run side by side: each process has its own.
    const dir = join(ROOT, 'dist', 'faults', String(process.pid))
    const file = join(dir, 'instance.js')
    const program = await rolldown({
      input: join(ROOT, 'test', 'faults', 'instance.ts'),
      platform: 'node',
      external: /^(?!node:)[^./]/,
    })
    await program.write({ dir, entryFileNames: 'instance.js' })
    return file
  })()
  return bundled
}

export interface Instance {
  child: ChildProcess
  /** Resolves when it serves the platform, or is dead. */
  up: Promise<unknown>
  /** Resolves when it is dead. */
  kill: () => Promise<void>
  errors: () => string
}

let started = 0
/** Starts an instance with these orders (see test/faults/instance.ts). */
export async function startInstance(orders: {
  url: string
  dataFolder: string
  databaseUrl?: string
  remembersMs?: number
  aMessageMs?: number
}): Promise<Instance> {
  const report = join(ROOT, 'test', 'fixtures', 'small-report.txt')
  const all = { report, remembersMs: 0, aMessageMs: 20, ...orders, owner: `instance-${++started}` }
  const child = spawn(process.execPath, [await bundle(), JSON.stringify(all)], { stdio: ['ignore', 'pipe', 'pipe'] })
  let errors = ''
  child.stderr!.on('data', (data) => (errors += data))
  const dead = once(child, 'exit')
  return {
    child,
    up: Promise.race([once(child.stdout!, 'data'), dead]),
    errors: () => errors,
    async kill() {
      child.kill('SIGKILL')
      await dead
    },
  }
}
