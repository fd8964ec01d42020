import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../src/knowledge/read.js'
import { linesWith, ownFigures, PROPER_NOUNS } from './support/nouns.js'

/** The program's files below these folders, from the project's root. */
const filesOf = (...folders: string[]) =>
  folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => join(folder, file)),
  )
/** What may know of channels, of the command line and of the machine: adapters, options, wiring, state. */
const SHELL = /^src\/(?:adapters\/|cli\/|picture\/|service\/|store\/|main\.ts$)/
const everything = filesOf('src', 'handlers')
const core = everything.filter((file) => !SHELL.test(file))

/** The text with comments blanked out, so that line numbers stay. */
function codeOf(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
    .replace(/(^|\s)\/\/.*$/gm, '$1')
}

/** `file:line: match` of every match in the code. */
function matches(file: string, pattern: RegExp): string[] {
  return codeOf(file)
    .split('\n')
    .flatMap((line, i) => [...line.matchAll(pattern)].map((m) => `${file}:${i + 1}: ${m[0]}`))
}

describe('只属于一份报告的', () => {
  it('地方、企业、项目的名字不在程序里', () => {
    expect(everything.flatMap((file) => linesWith(join(ROOT, file), PROPER_NOUNS, codeOf(file)))).toEqual([])
  })

  it('数也不在程序里', () => {
    expect(everything.flatMap((file) => linesWith(join(ROOT, file), ownFigures(), codeOf(file)))).toEqual([])
  })
  it('注释里也没有名字', () => {
    expect(everything.flatMap((file) => linesWith(join(ROOT, file), PROPER_NOUNS))).toEqual([])
  })

  it('程序里没有写死的年份', () => {
    // A year behind a hyphen is part of a report's id (which report is the default one).
    expect(everything.flatMap((file) => matches(file, /(?<![\d.-])202[3-6](?!\d)/g))).toEqual([])
  })
})

describe('核心', () => {
  it('不引用渠道和命令行', () => {
    const reaching = core.flatMap((file) =>
      matches(file, /(?:from|import)\s*\(?\s*'(\.[^']+)'/g).filter((match) => {
        const path = /'(\.[^']+)'/.exec(match)![1]!
        return SHELL.test(relative(ROOT, resolve(ROOT, dirname(file), path.replace(/\.js$/, '.ts'))))
      }),
    )
    expect(core.length).toBeGreaterThan(30)
    expect(reaching).toEqual([])
  })

  it('报告、问题、检索、回复不引用某一种问法', () => {
    const folders = ['src/report', 'src/question', 'src/search', 'src/reply', 'src/knowledge']
    expect(filesOf(...folders).flatMap((file) => matches(file, /from '[^']*\/handlers\/[^']*'/g))).toEqual([])
  })

  it('没听说过任何平台', () => {
    const platforms = /telegram|wecom|discord|slack|whatsapp|feishu|lark\b|dingtalk|企业微信|微信|飞书|钉钉/gi
    const neutral = [...core, ...filesOf('src/service', 'src/store')]
    expect(neutral.flatMap((file) => matches(file, platforms))).toEqual([])
  })

  it('不看钟、不掷骰子、不上网、不读环境变量', () => {
    const hidden =
      /\bDate\.now|new Date\(\s*\)|(?<!new )\bDate\(|Math\.random|performance\.now|\bfetch\(|node:https?|process\.env|crypto/g
    expect(core.flatMap((file) => matches(file, hidden))).toEqual([])
  })
})

it('谁都不往控制台打印', () => {
  expect(filesOf('src', 'handlers', 'scripts').flatMap((file) => matches(file, /\bconsole\.\w+/g))).toEqual([])
})

it('handlers/ 里一个文件一种问法，都在 index.ts 登记', () => {
  const index = codeOf('handlers/index.ts')
  const unregistered = filesOf('handlers').filter((file) => {
    const module = /\/(\w+)\.ts$/.exec(file)![1]!
    return module !== 'index' && /: Handler\b/.test(codeOf(file)) && !index.includes(`'./${module}.js'`)
  })
  expect(unregistered).toEqual([])
})
