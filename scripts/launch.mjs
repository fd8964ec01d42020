#!/usr/bin/env node
// Builds the TypeScript and the rows of knowledge/ when one of them is newer than the last build, then runs it. Plain JavaScript, so that nothing need be built to start.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const stamp = join(root, 'dist', '.built')

function newest(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true }).reduce((latest, entry) => {
    if (!entry.isFile() || !/\.(?:ts|yaml)$/.test(entry.name)) return latest
    return Math.max(latest, statSync(join(entry.parentPath ?? entry.path, entry.name)).mtimeMs)
  }, 0)
}

const sources = ['src', 'handlers', 'scripts', 'knowledge'].map((folder) => newest(join(root, folder)))
const built = existsSync(stamp) ? statSync(stamp).mtimeMs : 0
if (Math.max(...sources) > built) {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  if (!existsSync(tsc)) {
    process.stderr.write('依赖还没有安装。请先在项目文件夹里运行：npm ci\n')
    process.exit(2)
  }
  for (const step of [[tsc, '-p', join(root, 'tsconfig.build.json')], [join(root, 'dist', 'scripts', 'compile.js')]]) {
    const build = spawnSync(process.execPath, step, { stdio: ['ignore', 2, 2] })
    if (build.status !== 0) process.exit(build.status ?? 1)
  }
  writeFileSync(stamp, '')
}

const scripted = process.argv[2] === '--script'
const entry = scripted ? join(root, 'dist', 'scripts', `${process.argv[3]}.js`) : join(root, 'dist', 'src', 'main.js')
if (scripted) process.argv.splice(2, 2)
await import(pathToFileURL(entry).href)
