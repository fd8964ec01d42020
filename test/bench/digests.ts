import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { Target } from '../../src/digest/store.js'
import { lookIntoFile } from '../../src/store/file.js'
import { createDiscordFake, type DiscordFake } from '../fakes/discord.js'
import type { FakePlatform } from '../fakes/kit.js'
import { createTelegramFake } from '../fakes/telegram.js'
import { createWecomFake } from '../fakes/wecom.js'
import { freePort } from '../support/port.js'

// Thousands of chats want a digest at one time, and people go on asking: the service as a process of its own, by the platform's own
// client, against a fake that counts what is over its limits. Prints how long it took beside the least time that the limits allow.

const { values: options } = parseArgs({
  options: {
    platform: { type: 'string', default: 'telegram' },
    chats: { type: 'string', default: '5000' },
    digest: { type: 'string', default: 'headline' },
    /** Questions a second meanwhile, each in a group of its own. */
    rate: { type: 'string', default: '1' },
  },
})
const [count, rate] = [Number(options.chats), Number(options.rate)]
const print = (line: string) => process.stdout.write(`${line}\n`)
/** How many messages a second a platform takes over all, as its documentation says; none says so for WeCom. */
const A_SECOND: Record<string, number> = { telegram: 30, discord: 50, wecom: Number.POSITIVE_INFINITY }
const QUESTION = '去年粮食产量多少'
const ANSWER = /9700万斤/
const LEAD_MS = 10_000

const names = Array.from({ length: count }, (_, i) => `c${i}`)
const askers = Array.from({ length: 200 }, (_, i) => `q${i}`)
const fake = await {
  telegram: createTelegramFake,
  wecom: createWecomFake,
  discord: () => createDiscordFake({ groups: [...names, ...askers] }),
}[options.platform]!()
const folder = mkdtempSync(join(tmpdir(), 'youju-digests-'))
const port = await freePort()
const env = { ...process.env, ...fake.env, YOUJU_DATA: folder, YOUJU_HTTP_PORT: String(port), LOG_LEVEL: 'warn' }
const root = join(import.meta.dirname, '..', '..')
const flags = ['--max-semi-space-size=4', '--max-old-space-size=512']
const child = spawn(process.execPath, [...flags, join(root, 'scripts', 'launch.mjs')], {
  env,
  stdio: ['ignore', 'inherit', 'inherit'],
})
while ((await readyStatus()) !== 200) await sleep(100)
const targets: Target[] = []
for (const chat of names) targets.push({ platform: options.platform, chat: await idOf(chat), thread: '', group: true })
// A bot is let in where somebody has spoken to it; it answers, which is over before anything is due.
for (let before = -1; before !== fake.seen.length; await sleep(3000)) before = fake.seen.length
fake.seen.length = 0
const dueMs = Date.now() + LEAD_MS
await enter()
await sleep(dueMs - Date.now())
const started = performance.now()
const asked = new Map<string, number>()
const isDigest = ({ replyTo }: { replyTo: string | undefined }) => replyTo === undefined
for (let i = 0; texts() < count && performance.now() - started < 600_000; i++) {
  const chat = askers[i % askers.length]!
  const at = performance.now()
  asked.set(await fake.say({ text: QUESTION, chat, group: true, from: `p${i}`, mention: true }), at)
  await sleep(Math.max(0, started + ((i + 1) * 1000) / rate - performance.now()))
}
const last = Math.max(...fake.seen.filter(isDigest).map(({ atMs }) => atMs))
await sleep(2000)
const took = (last - started) / 1000
const answers = fake.seen.filter(({ replyTo, text }) => replyTo !== undefined && ANSWER.test(text))
const times = answers.map(({ replyTo, atMs }) => atMs - asked.get(replyTo!)!).sort((a, b) => a - b)
const pictures = fake.seen.filter((seen) => isDigest(seen) && seen.pictures?.length).length
const perChat = new Map<string, number>()
for (const seen of fake.seen.filter((each) => isDigest(each) && each.text.length > 20))
  perChat.set(seen.chat, (perChat.get(seen.chat) ?? 0) + 1)
const messages = fake.seen.length
const least = messages / A_SECOND[options.platform]!
print(
  `${options.platform}: ${count} chats, ${options.digest}, ${messages} messages (${pictures} with a picture, ${answers.length} answers)`,
)
print(
  `chats with it ${perChat.size}, doubled ${[...perChat.values()].filter((n) => n > 1).length}; over a limit ${fake.violations.length} times ${fake.violations.slice(0, 2).join('; ')}`,
)
print(`took ${took.toFixed(1)} s, the limits allow ${least.toFixed(1)} s at least: ${(took / least).toFixed(3)}`)
print(
  `questions meanwhile: ${asked.size}, answered ${answers.length}; p50 ${at(0.5).toFixed(0)} ms, p99 ${at(0.99).toFixed(0)} ms, longest ${at(1).toFixed(0)} ms; resident ${await resident()} MB`,
)
child.kill('SIGTERM')
await once(child, 'exit')
await fake.stop()
rmSync(folder, { recursive: true, force: true })
process.exitCode =
  perChat.size === count && [...perChat.values()].every((n) => n === 1) && !fake.violations.length ? 0 : 1

function texts(): number {
  return fake.seen.reduce((sum, seen) => sum + (isDigest(seen) && seen.text.length > 20 ? 1 : 0), 0)
}

function at(share: number): number {
  return times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN
}

/** The platform's own id of a chat, which it has once somebody has spoken there. */
async function idOf(chat: string): Promise<string> {
  if (options.platform === 'discord') return (fake as DiscordFake).chatId(chat)!
  const message = await (fake as FakePlatform).say({
    text: '你好',
    chat,
    group: true,
    from: 'ann',
    mention: options.platform === 'wecom',
  })
  return options.platform === 'telegram' ? message.split(':')[0]! : chat
}

/** Subscribed, and due at one time. */
async function enter(): Promise<void> {
  const store = lookIntoFile(folder)
  const wanted = {
    digest: options.digest,
    time: '',
    active: true,
    pausedUntil: 0,
    plannedTo: dueMs,
    report: '',
    position: 0,
  }
  for (const target of targets) await store.subscriptions.put({ ...target, ...wanted })
  const subscriptions = await store.subscriptions.active(options.platform)
  const planned = subscriptions.map((subscription) => ({
    subscription,
    digest: options.digest,
    due: dueMs,
    state: 'due' as const,
  }))
  await store.ledger.enter(planned, subscriptions, dueMs, Date.now())
  await store.close()
}

async function resident(): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  const [line] = text.split('\n').filter((each) => /^process_resident_memory_bytes /.test(each))
  return Math.round(Number(line!.split(' ')[1]) / 1e6)
}

async function readyStatus(): Promise<number> {
  return fetch(`http://127.0.0.1:${port}/readyz`).then(
    ({ status }) => status,
    () => 0,
  )
}
