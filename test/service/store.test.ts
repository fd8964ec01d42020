import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Target } from '../../src/digest/store.js'
import { openFileStore } from '../../src/store/file.js'
import { lockFolder } from '../../src/store/lock.js'
import { openPostgresStore } from '../../src/store/postgres.js'
import type { ServiceStore } from '../../src/store/sql.js'
import { hasPostgres, type PostgresServer, startPostgres } from '../support/postgres.js'
import { dataFolder } from '../support/service.js'

let data: ReturnType<typeof dataFolder>
beforeEach(() => {
  data = dataFolder()
})
afterEach(() => data.remove())

const ROOM: Target = { platform: 'p', chat: 'room', thread: '', group: true }
const WANTED = {
  ...ROOM,
  digest: 'daily',
  time: '',
  active: true,
  pausedUntil: 0,
  plannedTo: 100,
  report: '',
  position: 0,
}

/** What every store does. `open` opens the same one again after it was closed. */
function describeStore(open: () => Promise<() => Promise<ServiceStore>>) {
  let again: () => Promise<ServiceStore>
  let store: ServiceStore
  beforeEach(async () => {
    again = await open()
    store = await again()
  })
  afterEach(() => store.close())
  const reopen = async () => {
    await store.close()
    store = await again()
  }

  it('a delivery is claimed once, and again only where it was never begun', async () => {
    const { inbox } = store
    expect(await inbox.claim('p:1', 1, 'one')).toBe(true)
    expect(await inbox.claim('p:1', 2, 'one')).toBe(false)
    expect(await inbox.claim('p:2', 3, 'two')).toBe(true)
    expect(await inbox.begin('p:2')).toBe(true)
    expect(await inbox.begin('p:2')).toBe(false)
    await reopen()
    expect(await store.inbox.abandoned('p:', 0)).toEqual(['one'])
    expect(await store.inbox.abandoned('q:', 0)).toEqual([])
    expect(await store.inbox.abandoned('p:', 5)).toEqual([])
    expect(await store.inbox.claim('p:2', 9)).toBe(false)
    expect(await store.inbox.claim('p:1', 9)).toBe(true)
  })

  it('a reply is found by its number, by what it answers, by its message, by who asked; what is old is forgotten', async () => {
    const { replies } = store
    const sent = {
      platform: 'p',
      place: 'room',
      person: 'an',
      asked: '7',
      turns: ['去年GDP是多少'],
      choices: ['那今年呢'],
      told: '',
    }
    const id = (await replies.keep(sent, 10))!
    await replies.shown(id, '8')
    const kept = { ...sent, id, message: '8' }
    const here = { platform: 'p', place: 'room' }
    expect(await replies.byId(id)).toEqual(kept)
    expect(await replies.last({ ...here, asked: '7' })).toEqual(kept)
    expect(await replies.last({ ...here, message: '8' })).toEqual(kept)
    expect(await replies.last({ ...here, person: 'an' }, 10)).toEqual(kept)
    expect(await replies.last({ ...here, person: 'an' }, 11)).toBeUndefined()
    expect(await replies.last({ platform: 'p', place: 'elsewhere', message: '8' })).toBeUndefined()
    await store.prune(11)
    expect(await replies.byId(id)).toBeUndefined()
  })

  it('questions without an answer are counted by what they ask, not by how they are typed', async () => {
    const { voices } = store
    await voices.unanswered('p', '降雨量多少', 1)
    await voices.unanswered('p', '有几座机场？', 5)
    await voices.unanswered('q', '有几座机场', 6)
    expect(await voices.gaps(0, 9)).toEqual([
      { question: '有几座机场', times: 2 },
      { question: '降雨量多少', times: 1 },
    ])
    expect(await voices.gaps(2, 9)).toHaveLength(1)
    expect(await voices.gaps(0, 1)).toHaveLength(1)
    await voices.feedback('p', true, 5)
    await voices.feedback('p', false, 5, 7)
  })

  it('a subscription is one a chat and digest; ended, it stays', async () => {
    const { subscriptions } = store
    await subscriptions.put(WANTED)
    await subscriptions.put({ ...WANTED, time: '08:30' })
    await subscriptions.put({ ...WANTED, thread: 'topic' })
    expect(await subscriptions.of(ROOM)).toMatchObject([{ digest: 'daily', time: '08:30', active: true, group: true }])
    expect(await subscriptions.active('p')).toHaveLength(2)
    await subscriptions.put({ ...WANTED, active: false })
    expect(await subscriptions.active('p')).toHaveLength(1)
    expect(await subscriptions.of(ROOM)).toMatchObject([{ active: false }])
  })

  /** A due time of one subscription, entered. */
  const entered = async (due = 100) => {
    const { subscriptions, ledger } = store
    await subscriptions.put(WANTED)
    const [subscription] = await subscriptions.of(ROOM)
    await ledger.enter(
      [{ subscription: subscription!, digest: 'daily', due, state: 'due' }],
      [subscription!],
      due,
      due + 1,
    )
    const [entry] = await ledger.rows.due('p', due, 9)
    return entry!
  }

  it('a due time is entered once, taken in hand by one, and settled by who took it', async () => {
    const entry = await entered()
    await entered()
    const { ledger, subscriptions } = store
    expect(await ledger.rows.due('p', 99, 9)).toEqual([])
    expect(await ledger.rows.due('p', 100, 9)).toHaveLength(1)
    const told = { ...entry, report: 'r', position: 4 }
    expect(await Promise.all([ledger.begin(told, 'a', 101), ledger.begin(told, 'b', 101)])).toEqual([true, false])
    // Asked again by who has it: the first answer may have been lost.
    expect(await ledger.begin(told, 'a', 102)).toBe(true)
    await ledger.settle(told, 'b', { state: 'failed' }, 103)
    expect(await ledger.rows.last({ state: 'sending' }, 9)).toMatchObject([{ owner: 'a', attempts: 1, position: 4 }])
    await ledger.settle(told, 'a', { state: 'sent', message: 'm' }, 104)
    expect(await ledger.rows.last({}, 9)).toMatchObject([{ state: 'sent', message: 'm', settled: 104, told: false }])
    expect(await subscriptions.of(ROOM)).toMatchObject([{ report: 'r', position: 5 }])
  })

  it('what surely failed is due again later, its item is not passed over; what is not known is', async () => {
    const entry = await entered()
    const { ledger, subscriptions } = store
    await ledger.begin({ ...entry, report: 'r', position: 0 }, 'a', 101)
    await ledger.settle(entry, 'a', { state: 'due', next: 500, reason: 'x' }, 102)
    expect(await ledger.rows.due('p', 499, 9)).toEqual([])
    expect(await subscriptions.of(ROOM)).toMatchObject([{ position: 0 }])
    const [later] = await ledger.rows.due('p', 500, 9)
    expect(await ledger.begin({ ...later!, report: 'r', position: 0 }, 'b', 501)).toBe(true)
    expect(await ledger.rows.ofOthers('p', 'b')).toEqual([])
    const [left] = await ledger.rows.ofOthers('p', 'c')
    expect(left).toMatchObject({ owner: 'b', attempts: 2, begun: 101 })
    await ledger.settle(left!, left!.owner, { state: 'unknown' }, 600)
    expect(await subscriptions.of(ROOM)).toMatchObject([{ position: 1 }])
    // Its owner was only slow.
    await ledger.settle(left!, 'b', { state: 'sent', message: 'm' }, 601)
    expect(await ledger.rows.last({}, 9)).toMatchObject([{ state: 'sent', message: 'm' }])
    expect(await subscriptions.of(ROOM)).toMatchObject([{ position: 1 }])
    expect(await ledger.again(left!.id, 700)).toBe(true)
    expect(await ledger.again(left!.id, 700)).toBe(false)
    expect(await ledger.rows.due('p', 700, 9)).toHaveLength(1)
  })

  it('what is planned is not taken back by a clock that is set back; many are entered at once', async () => {
    const { ledger, subscriptions } = store
    for (let i = 0; i < 1200; i += 100)
      await Promise.all(Array.from({ length: 100 }, (_, n) => subscriptions.put({ ...WANTED, chat: `c${i + n}` })))
    const all = await subscriptions.active('p')
    await ledger.enter(
      all.map((subscription) => ({ subscription, digest: 'daily', due: 200, state: 'due' })),
      all,
      200,
      201,
    )
    await ledger.enter([], all, 150, 151)
    expect((await subscriptions.active('p')).every(({ plannedTo }) => plannedTo === 200)).toBe(true)
    expect(await ledger.rows.due('p', 200, 5000)).toHaveLength(1200)
    await ledger.rows.markTold(all.map(({ id }) => id))
    await store.prune(1)
  })
}

describe('文件', () => describeStore(async () => () => openFileStore(data.folder)))

describe('文件夹', () => {
  it('a file of an earlier version is brought up to date', async () => {
    const old = new Database(join(data.folder, 'youju.db'))
    old.exec('CREATE TABLE deliveries (id text primary key, begun integer not null default 0, at bigint not null)')
    old.exec("INSERT INTO deliveries VALUES ('p:1', 1, 5)")
    old.close()
    const { inbox, close } = await openFileStore(data.folder)
    expect(await inbox.claim('p:1', 6)).toBe(false)
    expect(await inbox.claim('p:2', 6, 'two')).toBe(true)
    await close()
  })

  it("a folder is one process's: a living one keeps it, a dead one does not", async () => {
    const lock = join(data.folder, 'youju.lock')
    writeFileSync(lock, String(process.ppid))
    await expect(lockFolder(data.folder, 0)).rejects.toMatchObject({
      code: 'STORE_UNUSABLE',
      message: expect.stringContaining(`进程 ${process.ppid}`),
    })
    writeFileSync(lock, '999999999')
    const unlock = await lockFolder(data.folder, 0)
    unlock()
  })

  it('a file that is no database is named', async () => {
    writeFileSync(join(data.folder, 'youju.db'), 'no database at all, but long enough to be read as one'.repeat(50))
    await expect(openFileStore(data.folder)).rejects.toMatchObject({
      code: 'STORE_UNUSABLE',
      message: expect.stringContaining(data.folder),
    })
  })
})

describe.skipIf(!hasPostgres)(`PostgreSQL${hasPostgres ? '' : '：这台机器上没有，跳过'}`, () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server?.stop())

  describeStore(async () => {
    const url = await server.database()
    return () => openPostgresStore(url)
  })

  it('several that start at once on an empty database all start, and share it', async () => {
    const url = await server.database()
    const stores = await Promise.all(Array.from({ length: 5 }, () => openPostgresStore(url)))
    const claims = await Promise.all(stores.map(({ inbox }) => inbox.claim('p:1', 1, 'one')))
    // Until one has begun, each may: who begins first, answers.
    expect(claims).toContain(true)
    const begun = await Promise.all(stores.map(({ inbox }) => inbox.begin('p:1')))
    expect(begun.filter(Boolean)).toHaveLength(1)
    await Promise.all(stores.map(({ close }) => close()))
  })

  it('one of several holds a platform; the next one has it as soon as that one is gone', async () => {
    const url = await server.database()
    const [one, other] = await Promise.all([openPostgresStore(url), openPostgresStore(url)])
    const { signal } = new AbortController()
    await one!.hold('p', signal)
    const order: string[] = []
    const waiting = other!.hold('p', signal).then(() => order.push('other'))
    await other!.hold('q', signal)
    order.push('closing')
    await one!.close()
    await waiting
    expect(order).toEqual(['closing', 'other'])
    await other!.close()
  })

  it('a restart of the database loses nothing; a hold that it took away is told of', async () => {
    const store = await openPostgresStore(await server.database())
    const hold = await store.hold('p', new AbortController().signal)
    await store.inbox.claim('p:1', 1, 'one')
    const restarted = server.restart(300)
    const during = store.inbox.claim('p:2', 2, 'two')
    await Promise.all([restarted, hold.lost])
    expect(await during).toBe(true)
    expect(await store.inbox.claim('p:1', 3)).toBe(false)
    expect(await store.inbox.begin('p:2')).toBe(true)
    await store.close()
  })

  it('a database that cannot be used is named, and its password is not', async () => {
    const url = (await server.database()).replace('youju@', 'nobody:geheim@')
    const fault = await openPostgresStore(url).catch((cause) => cause)
    expect(fault).toMatchObject({ code: 'STORE_UNUSABLE', message: expect.stringContaining('DATABASE_URL') })
    expect(fault.message).not.toContain('geheim')
  })
})
