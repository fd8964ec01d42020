import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { messageOf } from '../src/errors.js'
import { builtPath, ROOT, readYaml } from '../src/knowledge/read.js'

// The second half of the build: every file of rows as JSON, which is read at each start.
const folder = join(ROOT, 'knowledge')
try {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml'))) {
    mkdirSync(dirname(builtPath(file)), { recursive: true })
    writeFileSync(builtPath(file), JSON.stringify(readYaml(join(folder, file))))
  }
} catch (cause) {
  process.stderr.write(`${messageOf(cause)}\n`)
  process.exitCode = 2
}
