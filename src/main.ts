import { readFileSync } from 'node:fs'
import { createBot } from './bot.js'
import { readReportLanguage } from './knowledge/language.js'
import { readLexicon } from './knowledge/lexicon.js'
import { DEFAULT_REPORT, loadReport } from './library.js'

const args = process.argv.slice(2)
const at = args.indexOf('--report')
const language = readReportLanguage()
const bot = createBot(loadReport(at >= 0 ? args[at + 1]! : DEFAULT_REPORT, language), language, readLexicon(), (f) => process.stderr.write(`gate: ${f.join('; ')}\n`))
if (args.includes('--jsonl')) {
  for (const line of readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
    const { id, turns } = JSON.parse(line) as { id: string; turns: string[] }
    let conversation: Parameters<typeof bot.answer>[1]
    let reply: unknown
    for (const turn of turns) ({ reply, conversation } = bot.answer(turn, conversation))
    process.stdout.write(`${JSON.stringify({ id, reply })}\n`)
  }
} else {
  const { reply, trace } = bot.answer(args.filter((a, i) => !a.startsWith('--') && a !== 'ask' && args[i - 1] !== '--report').join(' '))
  process.stdout.write(`${reply.text}\n`)
  if (args.includes('--explain')) {
    for (const { asked, proposals } of trace) {
      const { question } = asked
      console.error(question.text, question.years, question.leaning, question.wants, [...question.cues], question.mentions.map((m) => m.text))
      console.error(question.contents.map((c) => `${c.text}(${c.weight.toFixed(2)} ${c.source})`).join(' '), '| inherited', question.inherited.map((c) => c.text).join(' '))
      for (const e of asked.evidence.slice(0, 5)) console.error(' ', e.score.toFixed(2), e.coverage.toFixed(2), e.inTime, e.fits, e.statement.text.slice(0, 60), '| unmet', e.unmet.map((u) => u.text).join(' '))
      for (const p of proposals) console.error('  >', p.handler, p.draft.confidence.toFixed(2), p.draft.headline.slice(0, 60))
    }
  }
}
