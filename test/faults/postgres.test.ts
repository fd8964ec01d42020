import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../src/store/index.js'
import { openWorld, startInstance, type World } from '../support/instances.js'
import { CHATS, DAY_MS, FIRST, KILLS, killAround, LONG_MS, tally } from '../support/killing.js'
import { hasPostgres, type PostgresServer, startPostgres } from '../support/postgres.js'

const NAME = `三个程序共用 PostgreSQL${hasPostgres ? '' : '（这台机器上没有，跳过）'}`

describe.skipIf(!hasPostgres)(NAME, () => {
  let server: PostgresServer
  let world: World
  beforeAll(async () => {
    server = await startPostgres()
    world = await openWorld(false)
  })
  afterAll(async () => {
    await world?.close()
    await server?.stop()
  })

  it(
    `杀 ${KILLS} 次：每个群每条只收到一次，说不准的看得见`,
    async () => {
      const databaseUrl = await server.database()
      const store = await openStore({ dataFolder: '', databaseUrl })
      const start = () => startInstance({ url: world.url, dataFolder: '', databaseUrl })
      const trial = { world, store, start, instances: 3 }
      await killAround(trial)
      const found = await tally(trial)
      process.stdout.write(`${KILLS} kills, three instances, PostgreSQL: ${JSON.stringify(found)}\n`)
      await store.close()
    },
    LONG_MS,
  )

  it(
    '发到一半数据库重启：什么也不丢，什么也不重',
    async () => {
      const databaseUrl = await server.database()
      const before = world.accepted.length
      const store = await openStore({ dataFolder: '', databaseUrl })
      for (let i = 0; i < CHATS; i++)
        await store.subscriptions.put({
          ...{ platform: 'p', chat: `r${i}`, thread: '', group: true, digest: 'headline', time: '08:00', active: true },
          ...{ pausedUntil: 0, plannedTo: FIRST - DAY_MS / 2, report: '', position: 0 },
        })
      world.set(FIRST - 500)
      const start = () => startInstance({ url: world.url, dataFolder: '', databaseUrl })
      const running = [await start(), await start()]
      for (let i = 0; i < 200 && world.accepted.length < before + CHATS / 3; i++) await sleep(50)
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
    LONG_MS,
  )
})
