import { expect } from 'vitest'
import type { Adapter } from '../../src/chat/model.js'
import type { Desk } from '../../src/desk.js'
import type { FakePlatform, Said, Seen } from '../fakes/kit.js'
import { evidenceFaults } from './evidence.js'
import { dataFolder, desk, type Service, startService, until } from './service.js'

/** A message that makes the program fail. */
export const BROKEN = '请弄坏一次'
const ROOM = 'room'
/** How long nothing more must come for everything to have come. */
const QUIET_MS = 600

/** A service that is connected to a fake platform, and the people who talk to it. */
export interface Scene<F extends FakePlatform = FakePlatform> {
  fake: F
  service: Service
  /** Starts the service again on the same data, as after a restart; `unlimited`: from then on with no limits kept. */
  restart: (unlimited?: boolean) => Promise<void>
  /** Somebody in the group speaks to the bot; resolves with the id of the message. */
  ask: (from: string, text: string, more?: Partial<Said>) => Promise<string>
  /** The bot's answer to this message, once it is there. */
  answerTo: (id: string) => Promise<Seen>
  /** What is seen next, after `act`. */
  seenAfter: (act: () => Promise<unknown>) => Promise<Seen>
  /** Lets everything under way arrive, then gives how many messages are seen. */
  settled: () => Promise<number>
  /** Ends it, and looks whether the platform's rules and the laws of a reply were kept. `tolerated`: what the platform may complain of. */
  close: (tolerated?: RegExp) => Promise<void>
}

/** Opens a scene; `variables` are set besides the fake's own, `adapter` opens what no variables do. */
export async function openScene<F extends FakePlatform>(
  fake: F,
  variables: Record<string, string> = {},
  adapter?: () => Promise<Adapter>,
  clock: () => number = Date.now,
): Promise<Scene<F>> {
  const data = dataFolder()
  const env: Record<string, string> = { ...fake.env, YOUJU_DATA: data.folder, LOG_LEVEL: 'debug', ...variables }
  const inner = desk()
  const asked: Desk = {
    ...inner,
    answer: (text, before) => {
      if (text === BROKEN) throw new Error('secret')
      return inner.answer(text, before)
    },
  }
  const start = async () => {
    const service = await startService(env, { asked, clock, ...(adapter ? { adapter } : {}) })
    await until('a connection', () => Object.values(service.metrics.states)[0]?.state === 'up')
    return service
  }
  const scene: Scene<F> = {
    fake,
    service: await start(),
    restart: async (unlimited) => {
      if (unlimited) env.YOUJU_LIMITS = 'off'
      else await scene.service.stop()
      scene.service = await start()
    },
    ask: (from, text, more = {}) => fake.say({ text, chat: ROOM, group: true, from, mention: true, ...more }),
    answerTo: async (id) => {
      await until(`an answer to ${id}`, () => fake.seen.some((s) => s.replyTo === id), 20_000)
      return fake.seen.find((s) => s.replyTo === id)!
    },
    seenAfter: async (act) => {
      const before = fake.seen.length
      await act()
      await until('another message', () => fake.seen.length > before)
      return fake.seen[before]!
    },
    settled: async () => {
      await new Promise((done) => setTimeout(done, QUIET_MS))
      return fake.seen.length
    },
    close: async (tolerated) => {
      await scene.service.stop(0)
      await fake.stop()
      data.remove()
      const violations = fake.violations.filter((violation) => !tolerated?.test(violation))
      expect(violations, 'rules of the platform').toEqual([])
      expect(
        fake.seen.flatMap((s) => evidenceFaults(s.text)),
        'figures without their sentence',
      ).toEqual([])
      const secrets = Object.values(fake.env).filter((value) => !/:\/\//.test(value) && value.length > 12)
      for (const secret of secrets) expect(scene.service.text()).not.toContain(secret)
    },
  }
  return scene
}
