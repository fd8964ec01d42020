#!/usr/bin/env node
// Bundles the load test with the fake platforms it needs, which are no part of the program's build, and runs it.
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { rolldown } from 'rolldown'

const root = fileURLToPath(new URL('..', import.meta.url))
const file = join(root, 'dist', 'bench', 'load.js')
const bundle = await rolldown({ input: join(root, 'test', 'bench', 'load.ts'), platform: 'node', external: /^[^./]/ })
await bundle.write({ file })
await import(pathToFileURL(file).href)
