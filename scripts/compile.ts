import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { messageOf } from '../src/errors.js'
import { builtPath, onChecked, ROOT } from '../src/knowledge/read.js'

// The second half of the build: every file of rows is read and checked once, and kept as JSON for each start to read.
rmSync(join(ROOT, 'dist', 'knowledge'), { recursive: true, force: true })
onChecked((file, rows) => {
  mkdirSync(dirname(builtPath(file)), { recursive: true })
  writeFileSync(builtPath(file), JSON.stringify(rows))
})
try {
  // Loading them reads the rows that modules read for themselves.
  await import('../src/desk.js')
  const { readReportLanguage } = await import('../src/knowledge/language.js')
  const { readLexicon } = await import('../src/knowledge/lexicon.js')
  readReportLanguage()
  readLexicon()
} catch (cause) {
  process.stderr.write(`${messageOf(cause)}\n`)
  process.exitCode = 2
}
