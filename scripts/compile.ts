import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parse } from 'yaml'
import { builtPath, ROOT } from '../src/knowledge/read.js'

// The second half of the build: every file of rows as JSON, which is read at each start.
const folder = join(ROOT, 'knowledge')
for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml'))) {
  mkdirSync(dirname(builtPath(file)), { recursive: true })
  writeFileSync(builtPath(file), JSON.stringify(parse(readFileSync(join(folder, file), 'utf8'))))
}
