import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { createDiscordFake } from '../fakes/discord.js'
import type { FakePlatform, Seen } from '../fakes/kit.js'
import { createTelegramFake } from '../fakes/telegram.js'
import { createWecomFake } from '../fakes/wecom.js'
import { freePort } from '../support/port.js'

// Many people in one group ask at once: the service runs as a process of its own, by the platform's own client, against a fake.
// Prints what came of it; nothing here fails by the clock. Lost, doubled and misdirected answers do.

const QUESTIONS = [
  ['去年GDP是多少', '482.6亿元'],
  ['今年GDP目标', '8%左右'],
  ['去年粮食产量多少', '9700万斤'],
  ['研发经费投入', '4.2亿元'],
  ['去年老旧小区改造了多少个', '30个'],
  ['社零增速目标', '5%以上'],
] as const
const FAKES: Record<string, () => Promise<FakePlatform>> = {
  telegram: createTelegramFake,
  wecom: createWecomFake,
  discord: () => createDiscordFake({ groups: ['room'] }),
}

const { values: options } = parseArgs({
  options: {
    platform: { type: 'string', default: 'telegram' },
    people: { type: 'string', default: '200' },
    questions: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '10' },
    /** Minutes of a steady trickle after the rush, to see whether memory grows. */
    soak: { type: 'string', default: '0' },
    /** Questions a second of that trickle. */
    rate: { type: 'string', default: '20' },
    limits: { type: 'string', default: 'off' },
  },
})
const [people, questions, seconds, soak, rate] = [
  options.people,
  options.questions,
  options.seconds,
  options.soak,
  options.rate,
].map(Number) as [number, number, number, number, number]
const print = (line: string) => process.stdout.write(`${line}\n`)

const fake = await FAKES[options.platform]!()
if (options.limits === 'off') fake.unlimited()
const folder = mkdtempSync(join(tmpdir(), 'youju-load-'))
const port = await freePort()
const env = {
  ...process.env,
  ...fake.env,
  YOUJU_DATA: folder,
  YOUJU_HTTP_PORT: String(port),
  YOUJU_LIMITS: options.limits,
  LOG_LEVEL: 'warn',
}
const root = join(import.meta.dirname, '..', '..')
const flags = ['--max-semi-space-size=4', '--max-old-space-size=512']
const child = spawn(process.execPath, [...flags, join(root, 'scripts', 'launch.mjs')], {
  env,
  stdio: ['ignore', 'inherit', 'inherit'],
})
while ((await readyStatus()) !== 200) await sleep(100)
await ask(0)
while (!fake.seen.length) await sleep(10)
fake.seen.length = 0

print(
  `${questions} questions of ${people} people in one group in ${seconds} s, by ${options.platform}, limits ${options.limits}`,
)
const rush = await run(questions, (questions / seconds) | 0)
report(rush)
if (options.limits === 'on')
  print(
    `told that they wait: ${fake.seen.filter((seen) => /排队/.test(seen.text)).length} times; over a limit of the platform: ${fake.violations.length} times`,
  )
print(`inside the process, from receipt to sending: ${await inside()}; resident ${await resident()} MB`)
if (soak) {
  print(`then ${rate} a second for ${soak} minutes`)
  for (let minute = 1; minute <= soak; minute++) {
    fake.seen.length = 0
    const part = await run(rate * 60, rate)
    print(
      `minute ${String(minute).padStart(2)}: lost ${part.lost}, doubled ${part.doubled}, wrong ${part.wrong}; p99 ${part.p99.toFixed(0)} ms; resident ${await resident()} MB`,
    )
  }
}
child.kill('SIGTERM')
const [code] = await once(child, 'exit')
await fake.stop()
rmSync(folder, { recursive: true, force: true })
process.exitCode = code === 0 && rush.lost + rush.doubled + rush.wrong === 0 ? 0 : 1

interface Result {
  lost: number
  doubled: number
  wrong: number
  p50: number
  p99: number
  took: number
}

/** Asks so many questions at this rate a second, waits for the answers, and looks whether each came once, to whom asked. */
async function run(count: number, perSecond: number): Promise<Result> {
  const asked = new Map<string, { at: number; wanted: string }>()
  const started = performance.now()
  for (let i = 0; i < count; i++) {
    const due = started + (i / perSecond) * 1000
    if (due > performance.now()) await sleep(due - performance.now())
    const at = performance.now()
    asked.set(await ask(i), { at, wanted: QUESTIONS[i % QUESTIONS.length]![1] })
  }
  const isAnswer = (seen: Seen) => seen.replyTo !== undefined && asked.has(seen.replyTo) && !/排队/.test(seen.text)
  // Where limits are kept, a minute may pass in which nothing more may be said.
  const longestQuiet = options.limits === 'on' ? 900 : 30
  for (let quiet = 0, before = -1; quiet < longestQuiet; await sleep(100)) {
    const now = fake.seen.filter(isAnswer).length
    quiet = now === before ? quiet + 1 : 0
    before = now
    if (now >= count) break
  }
  const answers = fake.seen.filter(isAnswer)
  const times = answers.map((seen) => seen.atMs - asked.get(seen.replyTo!)!.at).sort((a, b) => a - b)
  const distinct = new Set(answers.map((seen) => seen.replyTo))
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN
  return {
    lost: count - distinct.size,
    doubled: answers.length - distinct.size,
    wrong: answers.filter((seen) => !seen.text.includes(asked.get(seen.replyTo!)!.wanted) || !/“.+”/.test(seen.text))
      .length,
    p50: at(0.5),
    p99: at(0.99),
    took: performance.now() - started,
  }
}

function report({ lost, doubled, wrong, p50, p99, took }: Result): void {
  print(`lost ${lost}, doubled ${doubled}, wrong or without its quotation ${wrong}`)
  print(
    `from asking to seeing the answer: p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms; all done after ${(took / 1000).toFixed(1)} s`,
  )
}

function ask(i: number): Promise<string> {
  const [text] = QUESTIONS[i % QUESTIONS.length]!
  return fake.say({ text, chat: 'room', group: true, from: `person ${i % people}`, mention: true })
}

async function metric(name: RegExp): Promise<string[]> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  return text.split('\n').filter((line) => name.test(line))
}

/** The smallest bucket of the service's own histogram that holds 99 of 100 answers. */
async function inside(): Promise<string> {
  const buckets = (await metric(/^youju_answer_seconds_bucket/)).map((line) => ({
    le: /le="([^"]+)"/.exec(line)![1]!,
    count: Number(line.split(' ').at(-1)),
  }))
  const total = buckets.at(-1)!.count
  return `p99 within ${buckets.find(({ count }) => count >= total * 0.99)!.le} s`
}

async function resident(): Promise<number> {
  const [line] = await metric(/^process_resident_memory_bytes /)
  return Math.round(Number(line!.split(' ')[1]) / 1e6)
}

async function readyStatus(): Promise<number> {
  return fetch(`http://127.0.0.1:${port}/readyz`).then(
    ({ status }) => status,
    () => 0,
  )
}
