import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Bot, createBot } from '../src/bot.js'
import { readReportLanguage } from '../src/knowledge/language.js'
import { readLexicon } from '../src/knowledge/lexicon.js'
import { ROOT } from '../src/knowledge/read.js'
import { DEFAULT_REPORT, loadReport } from '../src/library.js'
import type { Reply } from '../src/reply/model.js'
import { type Case, judge } from './judge.js'

// npm run eval -- [--show] [FILE…]: asks every question of the corpus and prints the score by kind, file by file.
const args = process.argv.slice(2)
const show = args.includes('--show')
const folder = join(ROOT, 'test', 'corpus', 'questions')
const files = args.filter((a) => !a.startsWith('--'))
const language = readReportLanguage()
const lexicon = readLexicon()
const bots = new Map<string, Bot>()

function botFor(report: string): Bot {
  const known = bots.get(report)
  if (known) return known
  const bot = createBot(loadReport(report, language), language, lexicon, (faults) =>
    process.stderr.write(`gate: ${faults.join('; ')}\n`),
  )
  bots.set(report, bot)
  return bot
}

function answer(c: Case): Reply {
  const bot = botFor(c.report ?? DEFAULT_REPORT)
  let answered = bot.answer(c.turns[0]!)
  for (const turn of c.turns.slice(1)) answered = bot.answer(turn, answered.conversation)
  return answered.reply
}

for (const file of files.length
  ? files
  : readdirSync(folder)
      .filter((f) => f.endsWith('.jsonl'))
      .sort()
      .map((f) => join(folder, f))) {
  const cases = readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Case)
  const present = cases.filter((c) => !c.report || existsSync(c.report))
  const kinds = new Map<string, { right: number; of: number }>()
  const faults = new Map<string, number>()
  for (const c of present) {
    const kind = kinds.get(c.type) ?? { right: 0, of: 0 }
    kinds.set(c.type, kind)
    kind.of++
    const found = judge(c, answer(c))
    if (!found) kind.right++
    else {
      faults.set(found.fault, (faults.get(found.fault) ?? 0) + 1)
      if (show) process.stdout.write(`${c.id} [${c.type}] ${found.fault}: ${c.turns.join(' // ')}\n    ${found.why}\n`)
    }
  }
  const right = [...kinds.values()].reduce((sum, k) => sum + k.right, 0)
  const table = [...kinds]
    .sort()
    .map(([kind, k]) => `${kind} ${k.right}/${k.of}`)
    .join('  ')
  const skipped = cases.length - present.length
  process.stdout.write(`${file.replace(`${ROOT}/`, '')}\n  ${table}\n`)
  process.stdout.write(
    `  score ${(right / Math.max(1, present.length)).toFixed(3)} (${right} of ${present.length}); ${
      [...faults]
        .sort()
        .map(([f, n]) => `${f} ${n}`)
        .join(', ') || 'no fault'
    }${skipped ? `; ${skipped} skipped, their reports are not here` : ''}\n`,
  )
}
