import { afterEach, describe, expect, it } from 'vitest'
import type { FakePlatform, Seen } from '../fakes/kit.js'
import { evidenceFaults } from '../support/evidence.js'
import { openScene, type Scene } from '../support/scene.js'
import { until } from '../support/service.js'

/** Minutes before eight on a working day, by the clocks of China. */
export const BEFORE = Date.parse('2025-03-03T07:58:00+08:00')
export const EIGHT = Date.parse('2025-03-03T08:00:00+08:00')
export const GOALS = /2025年的目标，对照2024年的实绩/

/** What a platform says of who leads a group, and how it shows a picture. */
export interface Kind {
  open: () => Promise<FakePlatform>
  tellsManagers: boolean
  picture: 'with the text' | 'by itself'
  /** Whether a send whose receipt was lost is known to be one message. */
  knowsAgain: boolean
}

/** What every platform does with digests. */
export function describeDigests({ open, tellsManagers, picture, knowsAgain }: Kind): void {
  describe('推送', () => {
    let scene: Scene
    let ahead = 0
    const clock = () => performance.now() + ahead
    const setClock = (ms: number) => {
      ahead = ms - performance.now()
    }
    const start = async () => {
      setClock(BEFORE)
      scene = await openScene(await open(), {}, undefined, clock)
      return scene
    }
    const pushed = (pattern = GOALS) => scene.fake.seen.filter((seen) => pattern.test(seen.text) && !seen.replyTo)
    const pictures = () => scene.fake.seen.flatMap((seen: Seen) => seen.pictures ?? [])
    const subscribe = async (text = '订阅') => {
      scene.fake.promote?.('boss', 'room')
      const id = await scene.ask('boss', text)
      const answer = await scene.answerTo(id)
      expect(answer.text).toContain('已订阅')
      return answer
    }
    const rows = () => scene.service.store.ledger.rows.last({}, 9)
    afterEach(() => scene.close(/refused|kicked|Missing Access|93008/))

    it('管理员一句话订上，到点收到，有图，有两个可以点的问题，点了有回答', async () => {
      const { fake, ask, answerTo } = await start()
      if (tellsManagers) expect((await answerTo(await ask('ann', '订阅'))).text).toContain('只有管理员')
      const answer = await subscribe()
      expect(answer.buttons).toContain('预览今天的')
      setClock(EIGHT)
      await until('the digest', () => pushed().length > 0)
      await until('the picture', () => pictures().length > 0)
      await scene.settled()
      expect(pushed()).toHaveLength(1)
      expect(pictures()).toHaveLength(1)
      const [digest] = pushed()
      if (picture === 'with the text') expect(digest!.pictures).toHaveLength(1)
      expect(digest!.text).toMatch(/主要目标 · 第 1 \/ \d+ 组/)
      expect(evidenceFaults(digest!.text)).toEqual([])
      expect(await rows()).toMatchObject([{ state: 'sent', attempts: 1 }])
      const questions = scene.fake.seen.filter((seen) => !seen.replyTo).flatMap(({ buttons }) => buttons)
      expect(questions.length).toBeGreaterThanOrEqual(2)
      const on = fake.seen.filter((seen) => !seen.replyTo && seen.buttons.length).at(-1)!
      const before = fake.seen.length
      await fake.press({ on: on.id, label: on.buttons[0]!, from: 'ann' })
      await until('the answer to the button', () => fake.seen.length > before)
      expect(fake.seen[before]!.text).toMatch(/“.+”/)
      // The next look, and the next process, find nothing more to send.
      await scene.restart()
      await scene.settled()
      expect(pushed()).toHaveLength(1)
    })

    it('对照的回答也有图', async () => {
      const { ask, answerTo } = await start()
      expect((await answerTo(await ask('ann', '哪些目标定得比去年低'))).text).toContain('一般公共预算收入')
      await until('the picture', () => pictures().length > 0)
      expect(pictures()[0]).toMatchObject({ width: 1080 })
      await scene.settled()
      expect(pictures()).toHaveLength(1)
    })

    it('一节有几页的，点得到下一页，重启以后也一样', async () => {
      const { fake } = await start()
      await subscribe('订阅每日一节')
      // The first section with more than a page comes on a later day: told beforehand it is the same message.
      const { store } = scene.service
      const [subscription] = await store.subscriptions.active(Object.keys(scene.service.metrics.states)[0]!)
      expect(subscription).toMatchObject({ digest: 'section', position: 0 })
      setClock(EIGHT)
      await until('the digest', () => pushed(/每日一节 · 第 1 \//).length > 0)
      await scene.restart()
      const digest = fake.seen.filter((seen) => !seen.replyTo && seen.buttons.length).at(-1)!
      const label = digest.buttons.includes('下一页') ? '下一页' : digest.buttons[0]!
      const state = () => fake.seen.map((seen) => seen.edits).join() + fake.seen.length
      const before = state()
      await fake.press({ on: digest.id, label, from: 'ann' })
      await until('what the button leads to', () => state() !== before)
    })

    it('停下的时候正在发的，等它发完，记得住', async () => {
      const { fake } = await start()
      await subscribe('订阅每日一词')
      fake.inject({ kind: 'slow', delayMs: 1200 })
      setClock(EIGHT)
      await until('the digest', () => pushed(/每日一词/).length > 0)
      await scene.restart()
      expect(await rows()).toMatchObject([{ state: 'sent' }])
      expect(pushed(/每日一词/)).toHaveLength(1)
    })

    it('收据丢了：不再发，看得见是“不知道”；平台认得出的，还是一条', async () => {
      const { fake } = await start()
      await subscribe('订阅每日一词')
      fake.inject({ kind: 'lostAck' })
      setClock(EIGHT)
      await until('the digest', () => pushed(/每日一词/).length > 0)
      const settled = knowsAgain ? 'sent' : 'unknown'
      for (let i = 0; i < 60 && (await rows())[0]?.state !== settled; i++)
        await new Promise((done) => setTimeout(done, 300))
      expect(await rows()).toMatchObject([{ state: settled }])
      await scene.settled()
      expect(pushed(/每日一词/)).toHaveLength(1)
    })

    it('太快了就等，平台说多久等多久；不收的记下原因', async () => {
      const { fake } = await start()
      await subscribe('订阅每日一词')
      fake.inject({ kind: 'rateLimited', retryAfterMs: 300 })
      setClock(EIGHT)
      await until('the digest', () => pushed(/每日一词/).length > 0)
      await scene.settled()
      expect(await rows()).toMatchObject([{ state: 'sent' }])
      scene.fake.remove?.('room')
      setClock(EIGHT + 24 * 3_600_000)
      await until('another row', () => pushed(/每日一词/).length > 0)
      for (let i = 0; i < 30 && (await rows()).length < 2; i++) await new Promise((done) => setTimeout(done, 100))
      for (let i = 0; i < 30 && (await rows())[0]?.state !== 'failed'; i++)
        await new Promise((done) => setTimeout(done, 100))
      expect((await rows())[0]).toMatchObject({ state: 'failed', reason: expect.stringMatching(/\S/) })
    })
  })
}
