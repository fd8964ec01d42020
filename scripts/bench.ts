import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import MiniSearch from 'minisearch'
import { ROOT } from '../src/knowledge/read.js'

// npm run bench: how long until the first answer, how many answers a second, and what an answer costs beside a bare MiniSearch
// search of the same passages in the same run. Prints; asserts nothing.
const FIRST = '去年GDP是多少'
const STARTS = 7
const WARM_UP = 200

const line = (name: string, value: string) => process.stdout.write(`${name.padEnd(34)}${value}\n`)
const ms = (value: number) => `${value.toFixed(value < 10 ? 3 : 0)} ms`

/** The value below which `share` of the sorted values lie. */
function percentile(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!
}

function start(): number {
  const from = performance.now()
  // With the flags that `npm run ask` gives, which this script was started with too.
  const launch = [...process.execArgv, join(ROOT, 'scripts', 'launch.mjs'), 'ask', FIRST]
  const { status } = spawnSync(process.execPath, launch, { stdio: 'ignore' })
  if (status !== 0) throw new Error(`ask ${FIRST} ended with ${status}`)
  return performance.now() - from
}

/** Runs a step and prints how long it took. */
async function step<T>(name: string, run: () => T | Promise<T>): Promise<T> {
  const from = performance.now()
  const result = await run()
  line(`  ${name}`, ms(performance.now() - from))
  return result
}

function readConversations(): string[][] {
  const folder = join(ROOT, 'test', 'corpus', 'questions')
  const files = readdirSync(folder).filter((file) => /^donghe.*\.jsonl$/.test(file))
  const rows = files.sort().flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n').filter(Boolean))
  return rows.map((row) => (JSON.parse(row) as { turns: string[] }).turns)
}

/** Milliseconds of each call, sorted. */
function timeEach<T>(items: T[], run: (item: T) => void): number[] {
  const times = items.map((item) => {
    const from = performance.now()
    run(item)
    return performance.now() - from
  })
  return times.sort((a, b) => a - b)
}

const starts = Array.from({ length: STARTS }, start).sort((a, b) => a - b)
line('start to first answer', `${ms(starts[Math.floor(STARTS / 2)]!)} (median of ${STARTS})`)

process.stdout.write('of which, in this process\n')
const [
  { createBot },
  { DEFAULT_REPORT, loadReport },
  { readReportLanguage },
  { readLexicon },
  { indexReport, SEARCH_OPTIONS },
  { fold },
] = await step('load modules', () =>
  Promise.all([
    import('../src/bot.js'),
    import('../src/library.js'),
    import('../src/knowledge/language.js'),
    import('../src/knowledge/lexicon.js'),
    import('../src/search/index.js'),
    import('../src/question/normalize.js'),
  ]),
)
const [language, lexicon] = await step('read knowledge', () => [readReportLanguage(), readLexicon()] as const)
const report = await step('read report', () => loadReport(DEFAULT_REPORT, language))
const bot = await step('build bot (index)', () => createBot(report, language, lexicon, () => {}))
await step('first answer', () => bot.answer(FIRST))

const conversations = readConversations()
const messages = conversations.flat()
for (const message of messages) bot.answer(message)
const memory = Math.round(process.memoryUsage().rss / 2 ** 20)

const { passages } = indexReport(report, language)
const bare = new MiniSearch<{ id: number; own: string; around: string; headings: string }>(SEARCH_OPTIONS)
bare.addAll(passages.map(({ own, around, headings }, id) => ({ id, own, around, headings })))

for (const message of messages.slice(0, WARM_UP)) bare.search(fold(message))

const answers: number[] = []
for (const turns of conversations) {
  let conversation: Parameters<typeof bot.answer>[1]
  answers.push(...timeEach(turns, (turn) => ({ conversation } = bot.answer(turn, conversation))))
}
answers.sort((a, b) => a - b)
const searches = timeEach(messages, (message) => bare.search(fold(message)))

const [p50, p99, bareP50] = [percentile(answers, 0.5), percentile(answers, 0.99), percentile(searches, 0.5)]
const seconds = answers.reduce((sum, time) => sum + time, 0) / 1000
line('messages asked', `${messages.length}`)
line('passages in the index', `${passages.length}`)
line('answers per second', `${Math.round(messages.length / seconds)}`)
line('answer, p50', `${ms(p50)}  (${(p50 / bareP50).toFixed(1)} × bare search p50)`)
line('answer, p99', `${ms(p99)}  (${(p99 / bareP50).toFixed(1)} × bare search p50)`)
line('bare MiniSearch search, p50', ms(bareP50))
line('resident memory', `${memory} MB (after every message, before the bare index)`)
