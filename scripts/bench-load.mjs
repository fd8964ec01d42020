#!/usr/bin/env node
// Bundles the load test with the fake platforms it needs, which are no part of the program's build, and runs it.
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { rolldown } from 'rolldown'

const root = fileURLToPath(new URL('..', import.meta.url))
const [name = 'load'] = process.argv.splice(2, 1)
const dir = join(root, 'dist', 'bench')
const input = join(root, 'test', 'bench', `${name}.ts`)
const bundle = await rolldown({ input, platform: 'node', external: /^[^./]/ })
await bundle.write({ dir, entryFileNames: `${name}.js` })
await import(pathToFileURL(join(dir, `${name}.js`)).href)
