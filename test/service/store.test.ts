import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openFileStore } from '../../src/store/file.js'
import { lockFolder } from '../../src/store/lock.js'
import { dataFolder } from '../support/service.js'

let data: ReturnType<typeof dataFolder>
beforeEach(() => {
  data = dataFolder()
})
afterEach(() => data.remove())

it('a delivery is claimed once, and again only where it was never begun', async () => {
  const first = await openFileStore(data.folder)
  expect(await first.claim('p:1', 1, 'one')).toBe(true)
  expect(await first.claim('p:1', 2, 'one')).toBe(false)
  expect(await first.claim('p:2', 3, 'two')).toBe(true)
  await first.begin('p:2')
  await first.close()
  const second = await openFileStore(data.folder)
  expect(await second.abandoned('p:', 0)).toEqual(['one'])
  expect(await second.abandoned('q:', 0)).toEqual([])
  expect(await second.abandoned('p:', 5)).toEqual([])
  expect(await second.claim('p:2', 9)).toBe(false)
  expect(await second.claim('p:1', 9)).toBe(true)
  await second.close()
})

it('a reply is found by its number, by what it answers, by its message; what is old is forgotten', async () => {
  const store = await openFileStore(data.folder)
  const sent = { platform: 'p', place: 'room', asked: '7', turns: ['去年GDP是多少'] }
  const id = await store.keep(sent, 10)
  await store.shown(id, '8')
  const kept = { ...sent, id, message: '8' }
  expect(await store.byId(id)).toMatchObject(kept)
  expect(await store.byAsked('p', 'room', '7')).toEqual(kept)
  expect(await store.byMessage('p', 'room', '8')).toEqual(kept)
  expect(await store.byMessage('p', 'elsewhere', '8')).toBeUndefined()
  await store.prune(11)
  expect(await store.byId(id)).toBeUndefined()
  await store.close()
})

it('a file of an earlier version is brought up to date', async () => {
  const old = new Database(join(data.folder, 'youju.db'))
  old.exec('CREATE TABLE deliveries (id text primary key, begun integer not null default 0, at bigint not null)')
  old.exec("INSERT INTO deliveries VALUES ('p:1', 1, 5)")
  old.close()
  const store = await openFileStore(data.folder)
  expect(await store.claim('p:1', 6)).toBe(false)
  expect(await store.claim('p:2', 6, 'two')).toBe(true)
  await store.close()
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
