import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { dueTimes } from '../../src/digest/calendar.js'
import type { ServiceStore } from '../../src/store/sql.js'
import type { Instance, World } from './instances.js'

/** How often something is killed; more where the environment asks for it, as `.ci/run` does. */
export const KILLS = Number(process.env.YOUJU_KILLS ?? 6)
export const CHATS = 20
/** An instance lives for so long at most; some die before they are up. */
const LONGEST_LIFE_MS = 600
const PATIENCE_MS = 40_000
export const DAY_MS = 24 * 60 * 60_000
export const FIRST = Date.parse('2025-03-03T08:00:00+08:00')

export interface Trial {
  world: World
  store: ServiceStore
  start: () => Promise<Instance>
  instances: number
}

/** Day after day something is killed around eight o'clock, until all have been; then nothing is, and what is left is done. */
export async function killAround({ world, store, start, instances }: Trial): Promise<void> {
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
  const [next] = dueTimes({ time: '08:00', zone: 'Asia/Shanghai', days: 'workdays' }, day, day + 15 * DAY_MS)
  return next!
}

/** Every chat has each digest once; only what is shown as unknown may be there or not. Gives how many are. */
export async function tally({
  world,
  store,
}: Trial): Promise<{ sent: number; unknown: number; unknownAndThere: number }> {
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

/** What a trial may take. */
export const LONG_MS = 60_000 + KILLS * 6000
