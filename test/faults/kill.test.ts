import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lookIntoStore, openStore } from '../../src/store/index.js'
import type { ServiceStore } from '../../src/store/sql.js'
import { type Instance, openWorld, startInstance, type World } from '../support/instances.js'
import { hasPostgres, type PostgresServer, startPostgres } from '../support/postgres.js'
import { dataFolder } from '../support/service.js'

/** How often something is killed; more where the environment asks for it, as `.ci/run` does. */
const KILLS = Number(process.env.YOUJU_KILLS ?? 6)
const CHATS = 20
/** An instance lives for so long at most; some die before they are up. */
const LONGEST_LIFE_MS = 600
const PATIENCE_MS = 40_000
const DAY_MS = 24 * 60 * 60_000
const FIRST = Date.parse('2025-03-03T08:00:00+08:00')

interface Trial {
  world: World
  store: ServiceStore
  start: () => Promise<Instance>
  instances: number
}

/** Day after day something is killed around eight o'clock, until all have been; then nothing is, and what is left is done. */
async function killAround({ world, store, start, instances }: Trial): Promise<void> {
  for (let i = 0; i < CHATS; i++)
    await store.subscriptions.put({
      ...{ platform: 'p', chat: `c${i}`, thread: '', group: true, digest: 'progress', time: '08:00', active: true },
      ...{ pausedUntil: 0, plannedTo: FIRST - DAY_MS / 2, report: '', position: 0 },
    })
  world.set(FIRST - 300)
  const running = await Promise.all(Array.from({ length: instances }, start))
  const rowsOf = (day: number) =>
    store.ledger.rows.last({ platform: 'p' }, CHATS).then((rows) => rows.filter(({ due }) => due === day))
  let day = FIRST
  for (let kills = 0; kills < KILLS; ) {
    // Most live to serve; some die while they start.
    if (Math.random() < 0.8) await Promise.race(running.map(({ up }) => up))
    await sleep(Math.random() * LONGEST_LIFE_MS)
    const victim = Math.floor(Math.random() * running.length)
    await running[victim]!.kill()
    kills++
    running[victim] = await start()
    const rows = await rowsOf(day)
    // A new day as soon as this one's are done.
    if (rows.length === CHATS && rows.every(({ state }) => state !== 'due' && state !== 'sending')) {
      day = nextWorkday(day)
      world.set(day - 300 - Math.floor(Math.random() * 400))
    }
  }
  const end = Date.now() + PATIENCE_MS
  for (;;) {
    const rows = await rowsOf(day)
    if (rows.length === CHATS && rows.every(({ state }) => state !== 'due' && state !== 'sending')) break
    if (Date.now() > end)
      throw new Error(
        `not done: ${JSON.stringify(rows.map(({ state }) => state))} ${running.map(({ errors }) => errors()).join('\n')}`,
      )
    await sleep(100)
  }
  await Promise.all(running.map(({ kill }) => kill()))
}

function nextWorkday(day: number): number {
  const next = day + DAY_MS
  // A Monday in March, and no holiday for a month: then the next year's.
  const local = new Date(next + 8 * 3_600_000)
  return [0, 6].includes(local.getUTCDay()) ? nextWorkday(next) : next
}

/** Every chat has each digest once; only what is shown as unknown may be there or not. Gives how many are. */
async function tally({ world, store }: Trial): Promise<{ sent: number; unknown: number; unknownAndThere: number }> {
  const rows = await store.ledger.rows.last({ platform: 'p' }, 100_000)
  const days = new Set(rows.map(({ due }) => due))
  // Days that are planned are planned for all.
  expect(rows).toHaveLength(days.size * CHATS)
  const faults: string[] = []
  let [sent, unknown, unknownAndThere] = [0, 0, 0]
  for (const { chat, due, state, id } of rows) {
    const day = new Date(due + 8 * 3_600_000).toISOString().slice(0, 10)
    const times = world.accepted.filter((each) => each.chat === chat && each.day === day).length
    if (state === 'sent') sent++
    if (state === 'unknown') unknown++
    if (state === 'unknown' && times === 1) unknownAndThere++
    const isRight = state === 'sent' ? times === 1 : state === 'unknown' && times <= 1
    if (!isRight) faults.push(`${id} ${chat} ${day}: ${state}, there ${times} times`)
  }
  expect(faults).toEqual([])
  expect(world.accepted.length).toBe(sent + unknownAndThere)
  return { sent, unknown, unknownAndThere }
}

const LONG = 60_000 + KILLS * 4000

describe.each([
  { knowsAgain: false, name: '平台认不出同一条' },
  { knowsAgain: true, name: '平台认得出同一条' },
])('随时被杀掉：$name', ({ knowsAgain }) => {
  let world: World
  const data = dataFolder()
  beforeAll(async () => {
    world = await openWorld(knowsAgain)
  })
  afterAll(async () => {
    await world.close()
    data.remove()
  })
  const remembersMs = knowsAgain ? 120_000 : 0

  it(
    `一个程序，数据在文件里，杀 ${KILLS} 次，每个群每条只收到一次`,
    async () => {
      await (await openStore({ dataFolder: data.folder, databaseUrl: undefined })).close()
      const store = await lookIntoStore({ dataFolder: data.folder, databaseUrl: undefined })
      const start = () => startInstance({ url: world.url, dataFolder: data.folder, remembersMs })
      const trial = { world, store, start, instances: 1 }
      await killAround(trial)
      const found = await tally(trial)
      process.stdout.write(`${KILLS} kills, one instance, file: ${JSON.stringify(found)}\n`)
      if (knowsAgain) expect(found.unknown).toBe(0)
      await store.close()
    },
    LONG,
  )
})

describe.skipIf(!hasPostgres)(
  `随时被杀掉：三个程序共用 PostgreSQL${hasPostgres ? '' : '（这台机器上没有，跳过）'}`,
  () => {
    let server: PostgresServer
    let world: World
    const data = dataFolder()
    beforeAll(async () => {
      server = await startPostgres()
      world = await openWorld(false)
    })
    afterAll(async () => {
      await world?.close()
      await server?.stop()
      data.remove()
    })

    it(
      `杀 ${KILLS} 次，每个群每条只收到一次`,
      async () => {
        const databaseUrl = await server.database()
        const store = await openStore({ dataFolder: data.folder, databaseUrl })
        const start = () => startInstance({ url: world.url, dataFolder: data.folder, databaseUrl })
        const trial = { world, store, start, instances: 3 }
        await killAround(trial)
        const found = await tally(trial)
        process.stdout.write(`${KILLS} kills, three instances, PostgreSQL: ${JSON.stringify(found)}\n`)
        await store.close()
      },
      LONG,
    )

    it(
      '数据库重启，什么也不丢，什么也不重',
      async () => {
        const databaseUrl = await server.database()
        const before = world.accepted.length
        const store = await openStore({ dataFolder: data.folder, databaseUrl })
        for (let i = 0; i < CHATS; i++)
          await store.subscriptions.put({
            ...{ platform: 'p', chat: `r${i}`, thread: '', group: true, digest: 'goals', time: '08:00', active: true },
            ...{ pausedUntil: 0, plannedTo: FIRST - DAY_MS / 2, report: '', position: 0 },
          })
        world.set(FIRST - 500)
        const start = () => startInstance({ url: world.url, dataFolder: data.folder, databaseUrl })
        const running = [await start(), await start()]
        for (let i = 0; i < 100 && world.accepted.length < before + CHATS / 3; i++) await sleep(50)
        expect(world.accepted.length).toBeGreaterThan(before)
        await server.restart(800)
        const rows = () => store.ledger.rows.last({ platform: 'p' }, CHATS)
        for (let i = 0; i < 200; i++) {
          const all = await rows().catch(() => [])
          if (all.length === CHATS && all.every(({ state }) => state === 'sent' || state === 'unknown')) break
          await sleep(100)
        }
        const counts = Array.from(
          { length: CHATS },
          (_, i) => world.accepted.filter(({ chat }) => chat === `r${i}`).length,
        )
        expect(counts).toEqual(Array(CHATS).fill(1))
        // Who was alive all the time knows what became of each.
        expect((await rows()).map(({ state }) => state)).toEqual(Array(CHATS).fill('sent'))
        await Promise.all(running.map(({ kill }) => kill()))
        await store.close()
      },
      LONG,
    )
  },
)
