import { describe, expect, it } from 'vitest'
import type { Adapter } from '../../src/chat/model.js'
import type { FakePlatform, Seen } from '../fakes/kit.js'
import { BROKEN, openScene, type Scene } from '../support/scene.js'
import { desk, type Service, until } from '../support/service.js'

/** What a platform is not asked, and why. */
export type Skips = Partial<Record<keyof typeof CASES, string>>

const GDP = '去年GDP是多少'
/** A reply to GDP: the figure, its hedge, the sentence and its section, all in the one message. */
const GDP_ANSWER = [
  /482\.6亿元/,
  /预计/,
  /“预计全年地区生产总值完成482\.6亿元/,
  /一、2024年国民经济和社会发展计划执行情况/,
]
const HOUSES = '去年老旧小区改造了多少个'

function shows(seen: Seen, patterns: RegExp[]): void {
  for (const pattern of patterns) expect(seen.text).toMatch(pattern)
}

const CASES = {
  'answers a mention in a group, with its evidence in the message': async ({ ask, answerTo }: Scene) => {
    shows(await answerTo(await ask('ann', GDP)), GDP_ANSWER)
  },
  'answers in a private chat without a mention': async ({ fake, answerTo }: Scene) => {
    const id = await fake.say({ text: GDP, chat: 'ann', group: false, from: 'ann' })
    shows(await answerTo(id), GDP_ANSWER)
  },
  'is silent when nobody speaks to it, and to other bots': async ({ fake, ask, answerTo, settled }: Scene) => {
    await fake.say({ text: GDP, chat: 'room', group: true, from: 'ann' })
    await fake.say({ text: GDP, chat: 'room', group: true, from: 'robot', mention: true, bot: true })
    await answerTo(await ask('ann', HOUSES))
    expect(await settled()).toBe(1)
  },
  'keeps the threads of two people in one group apart': async ({ ask, answerTo }: Scene) => {
    await answerTo(await ask('ann', GDP))
    await answerTo(await ask('bob', '去年粮食产量多少'))
    shows(await answerTo(await ask('ann', '那今年目标呢')), [/地区生产总值同比增长8%左右/])
    shows(await answerTo(await ask('bob', '播种面积呢')), [/9\.28万亩/])
  },
  'goes on with what was said before a restart': async ({ ask, answerTo, restart }: Scene) => {
    await answerTo(await ask('ann', GDP))
    await restart()
    shows(await answerTo(await ask('ann', '那今年目标呢')), [/地区生产总值同比增长8%左右/])
  },
  'goes on from the message whose button is pressed, whoever presses it': async ({ fake, ask, answerTo }: Scene) => {
    const choice = await answerTo(await ask('ann', '微科'))
    await answerTo(await ask('ann', GDP))
    const before = fake.seen.length
    const label = choice.buttons.find((button) => /分布式光伏|^2$/.test(button))!
    await fake.press({ on: choice.id, label, from: 'bob' })
    await until('the answer to the button', () => fake.seen.length > before)
    shows(fake.seen[before]!, [/微科分布式光伏项目/, /“.+”/, /——/])
  },
  'offers a next question that can be tapped, and answers it': async ({ fake, ask, answerTo }: Scene) => {
    const answer = await answerTo(await ask('ann', GDP))
    const before = fake.seen.length
    await fake.press({ on: answer.id, label: answer.buttons[0]!, from: 'ann' })
    await until('the answer to the button', () => fake.seen.length > before)
    shows(fake.seen[before]!, [/“.+”/, /——/])
  },
  'pages a long list instead of cutting it': async ({ fake, ask, answerTo }: Scene) => {
    const first = await answerTo(await ask('ann', LONG_LIST))
    expect(first.buttons).toContain('下一页')
    expect(first.buttons).not.toContain('上一页')
    const pages = desk().answer(LONG_LIST).pages
    const last = pages.at(-1)!.citations.at(-1)!.quote
    expect(first.text).not.toContain(last)
    // Where messages cannot be changed, the next page and its buttons are new ones.
    const turned = () => fake.seen.filter((s) => s.buttons.includes('上一页')).at(-1)
    const state = () => `${turned()?.id} ${turned()?.edits}`
    for (let i = 1; i < pages.length; i++) {
      const before = state()
      await fake.press({ on: (turned() ?? first).id, label: '下一页', from: 'ann' })
      await until(`page ${i + 1}`, () => state() !== before)
    }
    expect(fake.seen.some((s) => s.text.includes(last))).toBe(true)
    expect(turned()!.buttons).not.toContain('下一页')
  },
  'answers a duplicated delivery once, also after a restart': async ({
    fake,
    ask,
    answerTo,
    restart,
    settled,
  }: Scene) => {
    const id = await ask('ann', GDP)
    await answerTo(id)
    await fake.repeat(id)
    await restart()
    await fake.repeat(id)
    expect(await settled()).toBe(1)
  },
  'answers a message that was edited into another question by editing the reply': async ({
    fake,
    ask,
    answerTo,
  }: Scene) => {
    const id = await ask('ann', GDP)
    const answer = await answerTo(id)
    await fake.edit!(id, HOUSES)
    await until('the edited answer', () => fake.seen.find((s) => s.id === answer.id)!.edits > 0)
    shows(fake.seen.find((s) => s.id === answer.id)!, [/老旧小区改造30个/])
    expect(fake.seen).toHaveLength(1)
  },
  'checks what a quoted message claims': async ({ ask, answerTo }: Scene) => {
    const answer = await answerTo(await ask('ann', '这个数对吗', { quotes: '今年GDP目标增长9%' }))
    shows(answer, [/不对/, /8%左右/])
  },
  'answers each of many who ask at once, each person in order': async ({ fake, ask, settled }: Scene) => {
    fake.unlimited()
    const people = Array.from({ length: 12 }, (_, i) => `p${i}`)
    const asked = await Promise.all(people.map(async (p) => [await ask(p, GDP), await ask(p, HOUSES)] as const))
    const answers = () => fake.seen.filter((s) => !/排队/.test(s.text))
    await until('all answers', () => answers().length >= 24, 40_000)
    await settled()
    expect(answers()).toHaveLength(24)
    for (const [first, second] of asked) {
      const [one, two] = [
        answers().findIndex((s) => s.replyTo === first),
        answers().findIndex((s) => s.replyTo === second),
      ]
      shows(answers()[one]!, GDP_ANSWER)
      expect(two).toBeGreaterThan(one)
    }
  },
  'does not send again what may have arrived': async ({ fake, ask, answerTo, settled }: Scene) => {
    fake.inject({ kind: 'lostAck' })
    const id = await ask('ann', GDP)
    await answerTo(id)
    await answerTo(await ask('bob', HOUSES))
    expect(await settled()).toBe(2)
  },
  'survives a bad gateway without sending twice': async ({ fake, ask, answerTo, settled }: Scene) => {
    fake.inject({ kind: 'badGateway', accepted: true })
    await answerTo(await ask('ann', GDP))
    await answerTo(await ask('bob', HOUSES))
    expect(await settled()).toBe(2)
  },
  'obeys a rate limit and sends in the end': async ({ fake, ask, answerTo, settled }: Scene) => {
    fake.inject({ kind: 'rateLimited', retryAfterMs: 1000 })
    const started = performance.now()
    await answerTo(await ask('ann', GDP))
    expect(performance.now() - started).toBeGreaterThan(900)
    expect(await settled()).toBe(1)
  },
  'comes back after a cut line': async ({ fake, service, ask, answerTo, settled }: Scene) => {
    await answerTo(await ask('ann', GDP))
    const before = fake.connections()
    fake.inject({ kind: 'disconnected' })
    await until('a new connection', () => fake.connections() > before && stateOf(service).state === 'up')
    await answerTo(await ask('ann', HOUSES))
    expect(await settled()).toBe(2)
  },
  'reports that another program took its place, and is not stopped by it': async ({ fake, service }: Scene) => {
    fake.inject({ kind: 'replaced' })
    await until('the report', () => stateOf(service).state === 'replaced')
    expect(stateOf(service).reason).toMatch(/另一个程序/)
  },
  'reports a token that is no longer good': async ({ fake, service }: Scene) => {
    fake.inject({ kind: 'revoked' })
    await until('the report', () => stateOf(service).state === 'rejected', 40_000)
    expect(stateOf(service).reason).toMatch(/[A-Z]+_(?:BOT_)?(?:TOKEN|SECRET)/)
  },
  'refuses strangers politely, once': async ({ ask, settled, fake }: Scene) => {
    await ask('ann', GDP)
    await ask('ann', HOUSES)
    await until('the refusal', () => fake.seen.length > 0)
    expect(await settled()).toBe(1)
    expect(fake.seen[0]!.text).toMatch(/只对指定的群和人开放/)
  },
  'lets what is under way finish when it is stopped': async ({ fake, ask, service }: Scene) => {
    fake.inject({ kind: 'slow', delayMs: 800 })
    const id = await ask('ann', GDP)
    await until('the answer under way', () => service.text().includes('"answered"'))
    await service.stop()
    expect(fake.seen.map((s) => s.replyTo)).toEqual([id])
  },
  'answers after a restart who waited for their turn when it was stopped': async (scene: Scene) => {
    const { fake, ask, settled } = scene
    const asked = await Promise.all(Array.from({ length: CROWD }, (_, i) => ask(`p${i}`, GDP)))
    await until('the limit', () => fake.seen.length > 3)
    await scene.service.stop(100)
    fake.unlimited()
    await scene.restart(true)
    // A card that is pushed after its reply has the figure too, but not its place.
    const answers = () => fake.seen.filter((s) => /482\.6亿元/.test(s.text) && /——/.test(s.text))
    await until('all answers', () => answers().length >= CROWD, 40_000)
    await settled()
    expect(answers()).toHaveLength(asked.length)
    for (const seen of answers()) shows(seen, GDP_ANSWER)
  },
  'answers after a restart what one person had asked in a row': async (scene: Scene) => {
    const { fake, ask } = scene
    fake.inject({ kind: 'slow', delayMs: 500 })
    const asked = await Promise.all([GDP, HOUSES, GDP, HOUSES, GDP, HOUSES].map((text) => ask('ann', text)))
    await until('the first to be under way', () => scene.service.text().includes('"answered"'))
    await scene.service.stop(0)
    fake.unlimited()
    await scene.restart(true)
    const places = () => fake.seen.filter((s) => /——/.test(s.text))
    await until('all answers', () => places().length >= asked.length, 30_000)
    await scene.settled()
    expect(places()).toHaveLength(asked.length)
  },
  'sends what could not be sent while the line was down': async ({ fake, ask, answerTo, service }: Scene) => {
    await answerTo(await ask('ann', GDP))
    fake.inject({ kind: 'disconnected' })
    const id = await ask('ann', HOUSES)
    shows(await answerTo(id), [/老旧小区改造30个/])
    expect(service.metrics.states).toBeDefined()
  },
  'apologises for a fault of its own, once, and goes on': async ({ ask, answerTo }: Scene) => {
    const apology = await answerTo(await ask('ann', BROKEN))
    expect(apology.text).toMatch(/没有答成/)
    expect(apology.text).not.toMatch(/secret|Error|at /)
    shows(await answerTo(await ask('ann', GDP)), GDP_ANSWER)
  },
  'does not make live what people type': async ({ fake, ask, answerTo }: Scene) => {
    for (const text of INJECTIONS) {
      const answer = await answerTo(await ask('ann', text))
      expect(liveIn(JSON.stringify(answer.raw)), text).toEqual([])
      expect(answer.text).not.toMatch(/[\u200B-\u200F\u202A-\u202E\u2066-\u2069]/)
    }
    expect((fake as { mentions?: string[] }).mentions ?? []).toEqual([])
  },
  'reads the longest message that people can send, and says what is too long': async (scene: Scene) => {
    const { ask, answerTo } = scene
    const longest = LONGEST_TYPED[platformOf(scene.service)] ?? LONGEST_READ
    const padded = (length: number) => `${'说明'.repeat(length / 2)}`.slice(0, length - 7) + '。去年GDP多少'
    const answer = await answerTo(await ask('ann', padded(longest)))
    expect(answer.text.length).toBeGreaterThan(10)
    expect(answer.text.length).toBeLessThan(2000)
    if (longest < LONGEST_READ) return
    expect((await answerTo(await ask('bob', padded(LONGEST_READ + 10)))).text).toMatch(/一条最多 10000 个/)
  },
  'tells who waits that they wait': async ({ fake, ask }: Scene) => {
    await Promise.all(Array.from({ length: 36 }, (_, i) => ask(`p${i}`, GDP)))
    await until('the notice', () => fake.seen.some((s) => /还有\d+条在排队/.test(s.text)), 10_000)
  },
}

/** Cases that set variables of their own. */
/** More than any platform takes at once. */
const CROWD = 34
const VARIABLES: Partial<Record<keyof typeof CASES, (platform: string) => Record<string, string>>> = {
  'answers each of many who ask at once, each person in order': () => ({ YOUJU_LIMITS: 'off' }),
  'refuses strangers politely, once': (platform) => ({ YOUJU_ALLOW: `${platform}:somebody,${platform}:elsewhere` }),
}
const LONG_LIST = '产业有哪些'
/** Characters that a person can send where the platform sets a limit (room is left for the mention), and that the bot reads. */
const LONGEST_TYPED: Record<string, number> = { telegram: 4050, discord: 1950 }
const LONGEST_READ = 10_000
const INJECTIONS = [
  '</b><a href="https://evil.example">GDP</a>多少',
  '[GDP](javascript:alert(1))是多少',
  '@everyone <@all> <@!42> GDP是多少',
  '@everyone 火星基地建好了吗',
  '\u202EGDP\u200B多少\u202C',
  '/help 里的GDP <b>是</b>多少',
  'https://evil.example 的火星基地 www.evil.example',
]

function liveIn(raw: string): string[] {
  return raw.match(/javascript:|evil\.example|@everyone|@here|<@|<a |\]\(/g) ?? []
}

function platformOf({ metrics }: Service): string {
  return Object.keys(metrics.states)[0]!
}

function stateOf({ metrics }: Service) {
  return Object.values(metrics.states)[0]!
}

/** Every platform passes the same cases, by its own official client; what it cannot be asked is named with the reason. */
export function describeContract<F extends FakePlatform>(
  name: string,
  createFake: () => Promise<F>,
  {
    skips = {},
    tolerated,
    adapter,
  }: {
    skips?: Skips
    tolerated?: { violation: RegExp; reason: string }
    /** Opens the adapter where no variables do. */
    adapter?: (fake: F) => Promise<Adapter>
  } = {},
): void {
  describe(`${name}: what every platform does`, () => {
    for (const [title, run] of Object.entries(CASES)) {
      const reason = skips[title as keyof typeof CASES]
      const told = reason ? `${title} (not here: ${reason})` : title
      // Each has a server and a service of its own, so that one need not wait for the other.
      it.skipIf(reason !== undefined).concurrent(
        told,
        async () => {
          const fake = await createFake()
          const variables = VARIABLES[title as keyof typeof CASES]?.(name)
          const scene = await openScene(fake, variables, adapter && (() => adapter(fake)))
          await run(scene).finally(() => scene.close(tolerated?.violation))
        },
        60_000,
      )
    }
  })
}
