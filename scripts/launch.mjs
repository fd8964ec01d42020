#!/usr/bin/env node
// Builds the TypeScript and what lies in knowledge/ when one of them is newer than the last build, then runs it. Plain JavaScript, so that nothing need be built to start.
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const stamp = join(root, 'dist', '.built')
const lock = join(root, 'node_modules', '.youju-build')
/** Milliseconds between looks at another process's build, and after which that process is taken for dead. */
const PAUSE = 100
const LONGEST_BUILD = 60_000

function newest(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true }).reduce((latest, entry) => {
    if (!entry.isFile() || !/\.(?:ts|yaml|txt)$/.test(entry.name)) return latest
    return Math.max(latest, statSync(join(entry.parentPath ?? entry.path, entry.name)).mtimeMs)
  }, 0)
}

function isStale() {
  const sources = ['src', 'handlers', 'scripts', 'knowledge'].map((folder) => newest(join(root, folder)))
  return Math.max(...sources) > (existsSync(stamp) ? statSync(stamp).mtimeMs : 0)
}

/** One build at a time: who comes second waits for it, and takes over where the first one died. */
async function withLock(build) {
  for (let waited = 0; ; waited += PAUSE) {
    try {
      mkdirSync(lock)
      break
    } catch (cause) {
      if (cause.code !== 'EEXIST') throw cause
      if (waited >= LONGEST_BUILD) rmSync(lock, { recursive: true, force: true })
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE)
    }
  }
  try {
    if (isStale()) await build()
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
}

async function build() {
  // Loaded here: a start that builds nothing need not wait for it.
  const { spawnSync } = await import('node:child_process')
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  for (const step of [[tsc, '-p', join(root, 'tsconfig.build.json')], [join(root, 'dist', 'scripts', 'compile.js')]]) {
    const run = spawnSync(process.execPath, step, { stdio: ['ignore', 2, 2] })
    if (run.status !== 0) {
      process.exitCode = run.status ?? 1
      return
    }
  }
  writeFileSync(stamp, '')
}

if (!existsSync(join(root, 'node_modules', 'typescript'))) {
  process.stderr.write('依赖还没有安装。请先在项目文件夹里运行：npm ci\n')
  process.exit(2)
}
if (isStale()) await withLock(build)
if (process.exitCode) process.exit()

const scripted = process.argv[2] === '--script'
const entry = scripted
  ? join(root, 'dist', 'scripts', `${process.argv[3]}.js`)
  : join(root, 'dist', 'bundle', 'main.js')
if (scripted) process.argv.splice(2, 2)
await import(pathToFileURL(entry).href)
