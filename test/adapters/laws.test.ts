import { afterAll, describe, expect, it } from 'vitest'
import type { Reply } from '../../src/reply/model.js'
import { createDiscordFake } from '../fakes/discord.js'
import type { FakePlatform, Seen } from '../fakes/kit.js'
import { createTelegramFake } from '../fakes/telegram.js'
import { createWecomFake } from '../fakes/wecom.js'
import { corpusRows } from '../support/corpus.js'
import { evidenceFaults } from '../support/evidence.js'
import { openScene } from '../support/scene.js'
import { desk, until } from '../support/service.js'

// The laws of a reply on what people see: each question of one corpus goes through the platform's own client, and what the server
// got is held against the reply as the core made it. Each is asked by somebody new, so that nothing leans on anything.
const questions = [
  ...new Set(
    corpusRows<{ turns: string[]; report?: string }>('questions', 'donghe-fresh.jsonl').flatMap(({ turns, report }) =>
      turns.length === 1 && !report ? turns : [],
    ),
  ),
]

const FAKES: [platform: string, create: () => Promise<FakePlatform>][] = [
  ['telegram', () => createTelegramFake()],
  ['wecom', () => createWecomFake()],
  ['discord', () => createDiscordFake()],
]

/** The text as it reads: full-width forms stand for half-width ones, and layout is no matter. */
const read = (text: string) => text.normalize('NFKC').replace(/\s+/g, '')

/** What of the reply is missing in what people see: its answer, its quotations, their sections. */
function missingIn(seen: Seen, { headline, citations, text, suggestions, options }: Reply): string[] {
  const shown = read(seen.text)
  const quoted = citations.filter(({ quote }) => text.includes(`“${quote}”`))
  const parts = [headline, ...quoted.flatMap(({ quote, section }) => [`“${quote}”`, ...section]), ...options]
  const labels = read(`${seen.text}\n${seen.buttons.join('\n')}`)
  return [
    ...parts.filter((part) => !shown.includes(read(part))),
    ...(options.length ? [] : suggestions).filter((question) => !labels.includes(read(question))),
  ]
}

/** Each platform is asked others of them. */
const shareOf = (platform: string) =>
  questions.filter((_, i) => i % (2 * FAKES.length) === FAKES.findIndex(([name]) => name === platform))

describe.each(FAKES)('%s', (platform, create) => {
  const own = shareOf(platform)
  const closing: (() => Promise<void>)[] = []
  afterAll(async () => {
    for (const close of closing) await close()
  })

  it(`shows ${own.length} replies with their figures, sentences and sections`, async () => {
    expect(own.length).toBeGreaterThan(35)
    const scene = await openScene(await create(), { YOUJU_LIMITS: 'off', LOG_LEVEL: 'warn' })
    closing.push(scene.close)
    scene.fake.unlimited()
    const asked = await Promise.all(
      own.map(async (text, i) => ({
        text,
        id: await scene.fake.say({ text, chat: `p${i}`, group: false, from: `p${i}` }),
      })),
    )
    await until('all answers', () => asked.every(({ id }) => scene.fake.seen.some((s) => s.replyTo === id)), 60_000)
    const faults = asked.flatMap(({ text, id }) => {
      const seen = scene.fake.seen.find((s) => s.replyTo === id)!
      const wrong = [...missingIn(seen, desk().answer(text).reply), ...evidenceFaults(seen.text)]
      return wrong.map((fault) => `${text}: ${fault}`)
    })
    expect(faults).toEqual([])
    expect(scene.fake.seen).toHaveLength(own.length)
  }, 120_000)
})
