import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { serialize } from 'node:v8'
import { rolldown } from 'rolldown'
import { messageOf } from '../src/errors.js'
import { builtPath, onChecked, ROOT } from '../src/knowledge/read.js'

const SERVICE_PACKAGES = [
  '@napi-rs/canvas',
  '@wecom/aibot-node-sdk',
  'discord.js',
  'echarts',
  'kysely',
  'libsql',
  'node-telegram-bot-api',
  'pg',
  'pino',
  'prom-client',
]

// The second half of the build: rows are read and checked once and kept as JSON, and the reports of knowledge/ are read once and
// kept as they were read, for each start to load; the program is put into a few files, since a hundred take their time to open.
for (const kept of ['knowledge', 'reports', 'bundle'])
  rmSync(join(ROOT, 'dist', kept), { recursive: true, force: true })
onChecked((file, rows) => {
  mkdirSync(dirname(builtPath(file)), { recursive: true })
  writeFileSync(builtPath(file), JSON.stringify(rows))
})
try {
  // Loading them reads the rows that modules read for themselves.
  await import('../src/desk.js')
  await import('../src/chat/rows.js')
  await import('../src/digest/wish.js')
  await import('../src/picture/rows.js')
  const { readReportLanguage } = await import('../src/knowledge/language.js')
  const { readLexicon } = await import('../src/knowledge/lexicon.js')
  const { builtReportPath, loadReport } = await import('../src/library.js')
  const language = readReportLanguage()
  readLexicon()
  for (const id of readdirSync(join(ROOT, 'knowledge', 'reports'))) {
    if (!existsSync(join(ROOT, 'knowledge', 'reports', id, 'report.txt'))) continue
    const report = loadReport(id, language)
    mkdirSync(dirname(builtReportPath(id)), { recursive: true })
    writeFileSync(builtReportPath(id), serialize(report))
  }
  const program = await rolldown({
    input: join(ROOT, 'dist', 'src', 'main.js'),
    platform: 'node',
    // What only a service needs stays where it was installed: it is large, and in part not JavaScript.
    external: (id) => SERVICE_PACKAGES.some((name) => id === name || id.startsWith(`${name}/`)),
  })
  await program.write({ dir: join(ROOT, 'dist', 'bundle') })
} catch (cause) {
  process.stderr.write(`${messageOf(cause)}\n`)
  process.exitCode = 2
}
