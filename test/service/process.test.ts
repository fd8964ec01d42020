import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { ROOT } from '../../src/knowledge/read.js'
import { createDiscordFake } from '../fakes/discord.js'
import type { FakePlatform } from '../fakes/kit.js'
import { createTelegramFake } from '../fakes/telegram.js'
import { createWecomFake } from '../fakes/wecom.js'
import { freePort } from '../support/port.js'
import { dataFolder, until } from '../support/service.js'

// The service as it is really run: a process of its own, set up by the environment.
const GDP = '去年GDP是多少'
const LAUNCH = join(ROOT, 'scripts', 'launch.mjs')
const running: { kill: () => void }[] = []

interface Running {
  child: ChildProcess
  output: () => string
  /** Ends it with this signal; gives the exit code and how many milliseconds it took. */
  end: (signal: NodeJS.Signals) => Promise<{ code: number | null; ms: number }>
}

function start(variables: Record<string, string>): Running {
  const bare = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(?:TELEGRAM|WECOM|DISCORD|YOUJU)_/.test(name)),
  )
  const child = spawn(process.execPath, [LAUNCH], { env: { ...bare, ...variables }, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout!.on('data', (data) => (output += data))
  child.stderr!.on('data', (data) => (output += data))
  running.push({ kill: () => child.kill('SIGKILL') })
  return {
    child,
    output: () => output,
    end: async (signal) => {
      const started = performance.now()
      child.kill(signal)
      const [code] = (await once(child, 'exit')) as [number | null]
      return { code, ms: performance.now() - started }
    },
  }
}

const ask = (fake: FakePlatform, from: string, text = GDP) =>
  fake.say({ text, chat: 'room', group: true, from, mention: true })
const answered = (fake: FakePlatform, id: string) =>
  until(`the answer to ${id}`, () => fake.seen.some((s) => s.replyTo === id && /482\.6亿元/.test(s.text)), 30_000)

describe('npm start', () => {
  const folders: { remove: () => void }[] = []
  const fakes: FakePlatform[] = []
  const data = () => {
    const made = dataFolder()
    folders.push(made)
    return made.folder
  }
  const keep = <F extends FakePlatform>(fake: F): F => {
    fakes.push(fake)
    return fake
  }
  beforeAll(async () => {
    // Builds what there is to build, so that no test waits for it.
    await once(spawn(process.execPath, [LAUNCH, '--version'], { stdio: 'ignore' }), 'exit')
  })
  afterEach(async () => {
    for (const { kill } of running.splice(0)) kill()
    await Promise.all(fakes.splice(0).map((fake) => fake.stop()))
    for (const { remove } of folders.splice(0)) remove()
  })

  it('serves every platform that is set up, tells how each is, and ends at SIGTERM', async () => {
    const [telegram, wecom, discord] = [
      keep(await createTelegramFake()),
      keep(await createWecomFake()),
      keep(await createDiscordFake({ groups: ['room'] })),
    ]
    const port = await freePort()
    const env = { ...telegram.env, ...wecom.env, ...discord.env, YOUJU_DATA: data(), YOUJU_HTTP_PORT: String(port) }
    const service = start(env)
    const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`)
    const isReady = async () => (await get('/readyz').catch(() => undefined))?.status === 200
    for (let i = 0; i < 300 && !(await isReady()); i++) await new Promise((done) => setTimeout(done, 100))
    expect(await (await get('/readyz')).json()).toMatchObject({
      ready: true,
      platforms: { telegram: { state: 'up' }, wecom: { state: 'up' }, discord: { state: 'up' } },
    })
    for (const fake of [telegram, wecom, discord]) await answered(fake, await ask(fake, 'ann'))
    // One of them goes; the others stay, and it is told which.
    wecom.inject({ kind: 'replaced' })
    for (let i = 0; i < 100 && (await isReady()); i++) await new Promise((done) => setTimeout(done, 50))
    const states = (await (await get('/healthz')).json()) as {
      platforms: Record<string, { state: string; reason?: string }>
    }
    expect(states.platforms.wecom).toMatchObject({ state: 'replaced', reason: expect.stringContaining('另一个程序') })
    await answered(telegram, await ask(telegram, 'bob'))
    const metrics = await (await get('/metrics')).text()
    expect(metrics).toMatch(/youju_questions_total\{platform="telegram",intent="metric",kind="answer"\} 2/)
    expect(metrics).toMatch(/youju_sends_total\{platform="discord",outcome="sent"\} 1/)
    expect(metrics).toMatch(/youju_answer_seconds_bucket\{le="1",platform="telegram"\} 2/)
    expect((await get('/nowhere')).status).toBe(404)
    expect((await get('//')).status).toBe(404)
    const { code, ms } = await service.end('SIGTERM')
    expect(code).toBe(0)
    expect(ms).toBeLessThan(5000)
    for (const secret of [telegram.env.TELEGRAM_BOT_TOKEN!, discord.env.DISCORD_TOKEN!]) {
      expect(service.output()).not.toContain(secret)
      expect(metrics).not.toContain(secret)
    }
    expect(service.output()).not.toContain('ann')
  }, 90_000)

  it('answers once what was answered before it was killed, and once what was not', async () => {
    const telegram = keep(await createTelegramFake())
    const env = { ...telegram.env, YOUJU_DATA: data() }
    const first = start(env)
    const id = await ask(telegram, 'ann')
    await answered(telegram, id)
    await first.end('SIGKILL')
    const later = await ask(telegram, 'bob')
    await telegram.repeat(id)
    start(env)
    await answered(telegram, later)
    await new Promise((done) => setTimeout(done, 500))
    expect(telegram.seen.map((s) => s.replyTo)).toEqual([id, later])
  }, 90_000)

  it('waits for a platform that is not there yet', async () => {
    const telegram = keep(await createTelegramFake())
    const root = telegram.env.TELEGRAM_API_ROOT!
    const dead = start({
      ...telegram.env,
      TELEGRAM_API_ROOT: root.replace(/\d+$/, String(await freePort())),
      YOUJU_DATA: data(),
    })
    await until('the report', () => /连不上 Telegram/.test(dead.output()), 30_000)
    const { code, ms } = await dead.end('SIGTERM')
    expect([code, ms < 5000]).toEqual([0, true])
  }, 60_000)

  const refused: [what: string, make: () => Promise<Record<string, string>>, told: RegExp][] = [
    ['half-set', async () => ({ WECOM_BOT_ID: 'x' }), /WECOM_BOT_SECRET 没有设/],
    [
      'a wrong token',
      async () => ({ ...keep(await createTelegramFake()).env, TELEGRAM_BOT_TOKEN: '123456:wrongwrongwrongwrong' }),
      /不认这个令牌（TELEGRAM_BOT_TOKEN）.*BotFather/,
    ],
    [
      'a wrong secret',
      async () => ({ ...keep(await createWecomFake()).env, WECOM_BOT_SECRET: 'wrong' }),
      /WECOM_BOT_SECRET）.*管理后台/,
    ],
    [
      'a wrong Discord token',
      async () => ({ ...keep(await createDiscordFake()).env, DISCORD_TOKEN: 'wrongwrongwrong' }),
      /不认这个令牌（DISCORD_TOKEN）/,
    ],
    [
      'a folder that cannot be used, with a port open',
      async () => ({
        ...keep(await createTelegramFake()).env,
        YOUJU_DATA: join(ROOT, 'package.json'),
        YOUJU_HTTP_PORT: String(await freePort()),
      }),
      /数据文件夹 .*不能用.*YOUJU_DATA/,
    ],
  ]
  it.each(refused)(
    '%s: says what is wrong and ends with code 2',
    async (_, make, told) => {
      const service = start({ YOUJU_DATA: data(), ...(await make()) })
      const [code] = (await once(service.child, 'exit')) as [number]
      expect(service.output()).toMatch(told)
      expect(service.output()).not.toMatch(/\n\s+at |wrongwrong/)
      expect(code).toBe(2)
    },
    60_000,
  )
})
