import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type Bot, createBot } from '../src/bot.js'
import { LEAST_CONFIDENCE } from '../src/handler.js'
import { readReportLanguage } from '../src/knowledge/language.js'
import { readLexicon } from '../src/knowledge/lexicon.js'
import { checked, ROOT, readYaml, type Zod } from '../src/knowledge/read.js'
import { DEFAULT_REPORT, loadReport } from '../src/library.js'
import type { Reply } from '../src/reply/model.js'
import { type Case, type Fault, judge } from './judge.js'

// npm run eval -- [--show] [--sweep] [FILE…]
// Asks every question of the corpus and prints the score by kind, file by file; --show says why each failing one fails,
// --sweep prints precision and recall at other thresholds. Ends with 1 where a reply says a number that it does not quote, or a file
// falls below its floor (test/corpus/floors.yaml).

/** Where reports of other places lie, if they do (folder of `report` paths in the corpus). */
const REPORTS = process.env.YOUJU_REPORTS ?? join(ROOT, 'data', 'reports')
const FOLDER = join(ROOT, 'test', 'corpus', 'questions')
const SWEEP = [0.5, 0.55, LEAST_CONFIDENCE, 0.65, 0.7]

const floors = (z: Zod) => z.record(z.string(), z.strictObject({ right: z.number(), wrong: z.number() }))
const FLOORS = checked('test/corpus/floors.yaml', readYaml(join(ROOT, 'test', 'corpus', 'floors.yaml')), floors)

interface Score {
  kinds: Map<string, { right: number; of: number }>
  faults: Map<Fault, number>
  asked: number
  right: number
  answered: number
  skipped: number
}

const args = process.argv.slice(2)
const language = readReportLanguage()
const lexicon = readLexicon()
const bots = new Map<string, Bot>()

function botFor(report: string, leastConfidence: number): Bot {
  const key = `${report} ${leastConfidence}`
  let bot = bots.get(key)
  if (!bot) {
    const onFault = (faults: string[]) => process.stderr.write(`gate: ${faults.join('; ')}\n`)
    bot = createBot(loadReport(report, language), language, lexicon, onFault, { leastConfidence })
    bots.set(key, bot)
  }
  return bot
}

function answer(c: Case, leastConfidence: number): Reply {
  const bot = botFor(c.report ? join(REPORTS, c.report) : DEFAULT_REPORT, leastConfidence)
  let answered = bot.answer(c.turns[0]!)
  for (const turn of c.turns.slice(1)) answered = bot.answer(turn, answered.conversation)
  return answered.reply
}

function evaluate(file: string, leastConfidence: number, show: boolean): Score {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)
  const cases = lines.map((line) => JSON.parse(line) as Case)
  const present = cases.filter((c) => !c.report || existsSync(join(REPORTS, c.report)))
  const score: Score = {
    kinds: new Map(),
    faults: new Map(),
    asked: present.length,
    right: 0,
    answered: 0,
    skipped: cases.length - present.length,
  }
  for (const c of present) {
    const kind = score.kinds.get(c.type) ?? { right: 0, of: 0 }
    score.kinds.set(c.type, kind)
    kind.of++
    const reply = answer(c, leastConfidence)
    const found = judge(c, reply)
    if (reply.kind === 'answer') score.answered++
    if (found) {
      score.faults.set(found.fault, (score.faults.get(found.fault) ?? 0) + 1)
      if (show) process.stdout.write(`${c.id} [${c.type}] ${found.fault}: ${c.turns.join(' // ')}\n    ${found.why}\n`)
    } else {
      kind.right++
      score.right++
    }
  }
  return score
}

function print(file: string, score: Score): void {
  const kinds = [...score.kinds].sort().map(([kind, k]) => `${kind} ${k.right}/${k.of}`)
  const faults = (['wrong', 'ungrounded', 'uncited', 'missed', 'long'] as const).map(
    (f) => `${f} ${score.faults.get(f) ?? 0}`,
  )
  const share = score.asked ? (score.right / score.asked).toFixed(3) : '–'
  const skipped = score.skipped ? `; ${score.skipped} skipped: their reports are not here (YOUJU_REPORTS)` : ''
  process.stdout.write(`${file.replace(`${ROOT}/`, '')}\n  ${kinds.join('  ')}\n`)
  process.stdout.write(`  score ${share} (${score.right} of ${score.asked}); ${faults.join(', ')}${skipped}\n`)
}

/** A wrong answer more, or a right one fewer, than a file has had fails the run. A file whose reports are missing is not held to it. */
function belowFloor(name: string, score: Score): string[] {
  const floor = FLOORS[name]
  if (!floor || score.skipped) return []
  const wrong = score.faults.get('wrong') ?? 0
  return [
    ...(score.right < floor.right ? [`${name}: ${score.right} right, at least ${floor.right} wanted`] : []),
    ...(wrong > floor.wrong ? [`${name}: ${wrong} wrong, at most ${floor.wrong} allowed`] : []),
  ]
}

/** Precision: right answers among those given. Recall: right answers among all questions. */
function sweep(files: string[]): void {
  process.stdout.write('threshold  precision  recall\n')
  for (const threshold of SWEEP) {
    const scores = files.map((file) => evaluate(file, threshold, false))
    const sum = (pick: (s: Score) => number) => scores.reduce((total, s) => total + pick(s), 0)
    const wrong = sum((s) => s.faults.get('wrong') ?? 0)
    const answered = sum((s) => s.answered)
    process.stdout.write(
      `${threshold.toFixed(2)}       ${(1 - wrong / answered).toFixed(3)}      ${(sum((s) => s.right) / sum((s) => s.asked)).toFixed(3)}\n`,
    )
  }
}

const named = args.filter((a) => !a.startsWith('--'))
const files = named.length
  ? named.map((name) => (existsSync(name) ? name : join(FOLDER, name)))
  : readdirSync(FOLDER)
      .filter((f) => f.endsWith('.jsonl'))
      .sort()
      .map((f) => join(FOLDER, f))
if (args.includes('--sweep')) {
  sweep(files)
} else {
  const scores = files.map((file) => ({ file, score: evaluate(file, LEAST_CONFIDENCE, args.includes('--show')) }))
  for (const { file, score } of scores) print(file, score)
  const below = scores.flatMap(({ file, score }) => belowFloor(basename(file), score))
  for (const line of below) process.stderr.write(`${line}\n`)
  if (below.length || scores.some(({ score }) => score.faults.get('ungrounded') || score.faults.get('uncited')))
    process.exitCode = 1
}
