import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { zod } from '../src/knowledge/read.js'
import { replySchema } from '../src/reply/model.js'

interface Run {
  code: number | null
  out: string
  err: string
}

/** Starts the program as a person would, in a pipe. */
function youju(args: string[], input = '', env: Record<string, string> = {}): Promise<Run> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, ['scripts/launch.mjs', ...args], {
      env: { ...process.env, FORCE_COLOR: undefined, YOUJU_REPORT: '', ...env },
    })
    let [out, err] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (data) => (out += data))
    child.stderr.setEncoding('utf8').on('data', (data) => (err += data))
    child.on('error', fail).on('close', (code) => done({ code, out, err }))
    // The program may end before it has read its input.
    child.stdin.on('error', () => undefined).end(input)
  })
}

/** A report of a few lines, as offices write them. */
const reportOf = (
  place: string,
  year: number,
  gdp: string,
) => `关于${place}${year}年国民经济和社会发展计划执行情况与${year + 1}年国民经济和社会发展计划（草案）的报告

一、${year}年国民经济和社会发展计划执行情况
预计全年地区生产总值完成${gdp}，同比增长6.1%。

二、${year + 1}年主要预期目标
地区生产总值增长7%左右。
`

/** Bytes of the text in GB18030. Node can only decode it, so the table is read backwards. */
function toGb18030(text: string): Buffer {
  const decoder = new TextDecoder('gb18030')
  const bytesOf = new Map<string, number[]>()
  for (let high = 0x81; high <= 0xfe; high++) {
    for (let low = 0x40; low <= 0xfe; low++)
      if (low !== 0x7f) bytesOf.set(decoder.decode(Uint8Array.of(high, low)), [high, low])
  }
  return Buffer.from([...text].flatMap((character) => bytesOf.get(character) ?? [character.charCodeAt(0)]))
}

const folder = mkdtempSync(join(tmpdir(), 'youju-'))
const inUtf8 = join(folder, 'qinghe.txt')
const inGb18030 = join(folder, 'baishi.txt')
const binary = join(folder, 'image.bin')

beforeAll(async () => {
  writeFileSync(inUtf8, reportOf('青禾县', 2030, '88.8亿元'))
  writeFileSync(inGb18030, toGb18030(reportOf('白石市', 2031, '99.9亿元')))
  writeFileSync(binary, Uint8Array.of(0x89, 0x50, 0, 0xff, 0x80))
  // Builds, so that the tests need not.
  await youju(['--version'])
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('说明', () => {
  it('--help 说明用法，--version 只有版本号', async () => {
    const help = await youju(['--help'])
    expect(help).toMatchObject({ code: 0, err: '' })
    for (const option of ['--report', '--json', '--jsonl', '--explain', '--help', '--version'])
      expect(help.out).toContain(option)
    expect(await youju(['--version'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
      err: '',
    })
  })
})

describe('问一句', () => {
  it('打印回复的文字，两次一字不差', async () => {
    const [first, second] = await Promise.all([youju(['ask', '去年GDP是多少']), youju(['ask', '去年GDP是多少'])])
    expect(first).toMatchObject({ code: 0, err: '' })
    expect(first.out).toContain('482.6亿元')
    expect(first.out).toContain('——一、2024年国民经济和社会发展计划执行情况')
    expect(second.out).toBe(first.out)
  })

  it.each(['README.md', 'README.zh-CN.md'])('%s 开头的例子是真的', async (file) => {
    const [, question, reply] =
      /^\$ npm run --silent ask -- (.+)\n([\s\S]+?)```/m.exec(readFileSync(file, 'utf8')) ?? []
    expect((await youju(['ask', question!])).out).toBe(reply)
  })

  it('不加引号的几个词合成一句', async () => {
    expect((await youju(['ask', '去年', 'GDP', '是多少'])).out).toContain('482.6亿元')
  })

  it('--json 是一行合格的回复', async () => {
    const { out, code } = await youju(['ask', '--json', '去年GDP是多少'])
    expect(code).toBe(0)
    expect(out.trimEnd()).not.toContain('\n')
    const reply = replySchema(zod()).parse(JSON.parse(out))
    expect(reply.text).toContain('482.6亿元')
    expect(reply.text.startsWith(reply.headline)).toBe(true)
  })

  it('--explain 在回复之后说明理由', async () => {
    const { out, err } = await youju(['ask', '去年GDP是多少', '--explain'])
    expect(err).toBe('')
    expect(out.indexOf('482.6亿元')).toBeLessThan(out.indexOf('这样答的理由'))
    expect(out).toContain('“gdp” → 指标“地区生产总值”')
    expect(out).toMatch(/选用 metric/)
  })
})

describe('用错了', () => {
  const cases: [name: string, args: string[], message: string][] = [
    ['没有的选项', ['ask', '--explian', '去年GDP'], '没有 --explian 这个选项'],
    ['没有的命令', ['去年GDP是多少'], '要提问请写：ask "去年GDP是多少"'],
    ['--report 没有值', ['ask', '去年GDP', '--report'], '--report 后面要写报告的文件路径或编号'],
    ['--report 后面是另一个选项', ['ask', '去年GDP', '--report', '--json'], '--report 后面要写报告的文件路径或编号'],
    ['开关带了值', ['ask', '--json=1', '去年GDP'], '--json 后面不带值'],
    ['--json 没有 ask', ['--json'], '要和 ask 一起用'],
    ['--json 和 --jsonl 一起', ['ask', '--json', '--jsonl'], '只能用一个'],
    ['--json 和 --explain 一起', ['ask', '--json', '--explain', '去年GDP'], '请去掉其中一个'],
    ['--jsonl 又写了问题', ['ask', '--jsonl', '去年GDP'], '命令行上不要再写问题'],
    ['没有问题', ['ask'], '问题是空的。请写上想问的内容'],
    ['问题只有空白', ['ask', ' 　'], '问题是空的。请写上想问的内容'],
    ['问题太长', ['ask', '问'.repeat(10_001)], '问题有 10001 个字符，一条最多 10000 个。请只留下要问的那句话'],
    ['问题超过十万字符', ['ask', 'a'.repeat(100_001)], '问题有 100001 个字符，一条最多 10000 个'],
    ['控制字符', ['ask', '去年\u001b[31mGDP'], '控制字符（U+001B）。请删掉它'],
    ['残缺的字符', ['ask', '去年\ud800GDP'], '残缺的字符，可能是编码不对或复制时截断了。请用 UTF-8 重新输入'],
    ['没有的报告', ['ask', '去年GDP', '--report', '没有.txt'], '找不到报告 没有.txt。请给出文件路径'],
    ['报告是文件夹', ['ask', '去年GDP', '--report', folder], '不是文件。请给出报告的文本文件'],
    [
      '报告不是文字',
      ['ask', '去年GDP', '--report', binary],
      '不是文本文件（既不是 UTF-8 也不是 GB18030）。请另存为纯文本',
    ],
  ]
  it.each(cases)('%s', async (_, args, message) => {
    const { code, out, err } = await youju(args)
    expect(err).toContain(message)
    expect(err.trimEnd()).not.toContain('\n')
    expect({ code, out }).toEqual({ code: 2, out: '' })
  })
})

describe('成批提问', () => {
  const lines = [
    { id: '甲', turns: ['去年GDP是多少', '那今年的目标呢'] },
    { id: '乙', turns: ['今年GDP目标是多少', '那去年呢'] },
  ].map((conversation) => JSON.stringify(conversation))

  it('每段对话从头开始，回复最后一句，两次一字不差', async () => {
    const [first, second] = await Promise.all([
      youju(['ask', '--jsonl'], lines.join('\n')),
      youju(['ask', '--jsonl'], lines.join('\n')),
    ])
    expect(first).toMatchObject({ code: 0, err: '' })
    const answers = first.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: string; reply: unknown })
    expect(answers.map((a) => a.id)).toEqual(['甲', '乙'])
    const [plan, result] = answers.map((a) => replySchema(zod()).parse(a.reply).headline)
    expect(plan).toContain('8%左右')
    expect(result).toContain('482.6亿元')
    expect(second.out).toBe(first.out)
  })

  it('BOM、CRLF 和空行照读', async () => {
    const { code, out } = await youju(['ask', '--jsonl'], `\uFEFF${lines.join('\r\n\r\n')}\r\n`)
    expect(code).toBe(0)
    expect(out.trim().split('\n')).toHaveLength(2)
  })

  it('坏行说出行号，其他行照答，退出码 2', async () => {
    const bad = [
      '不是 JSON',
      '{"id":"丙"}',
      '{"id":"丁","turns":["\\ud800"]}',
      '{"id":"戊","turns":["去年GDP是多少"," "]}',
    ]
    const { code, out, err } = await youju(['ask', '--jsonl'], [lines[0], ...bad, lines[1]].join('\n'))
    expect(code).toBe(2)
    expect(out.trim().split('\n')).toHaveLength(2)
    expect(err.trim().split('\n')).toEqual([
      expect.stringMatching(/^第 2 行：不是完整的 JSON/),
      expect.stringMatching(/^第 3 行：turns 不合格式/),
      expect.stringMatching(/^第 4 行：问题里有残缺的字符/),
      expect.stringMatching(/^第 5 行：问题是空的/),
    ])
  })
})

describe('别的报告', () => {
  it('读 UTF-8 的文件', async () => {
    expect((await youju(['ask', '去年GDP是多少', '--report', inUtf8])).out).toMatch(/^2030年：.*88\.8亿元/)
  })

  it('读 GB18030 的文件', async () => {
    expect((await youju(['ask', '去年GDP是多少', '--report', inGb18030])).out).toMatch(/^2031年：.*99\.9亿元/)
  })

  it('没有标题的报告也能核对', async () => {
    const path = join(folder, 'plain.txt')
    writeFileSync(path, '去年全县粮食产量20万吨，同比增长3%。\n\n今年粮食产量目标21万吨。\n')
    expect((await youju(['ask', '粮食产量20万吨，对吗', '--report', path])).out).toMatch(/^对/)
  })

  it('YOUJU_REPORT 代替默认的报告', async () => {
    expect((await youju(['ask', '去年GDP是多少'], '', { YOUJU_REPORT: inUtf8 })).out).toContain('88.8亿元')
  })

  it('几份报告：问到哪个地方、哪一年就用哪一份，都没问到用第一份，追问不换', async () => {
    const turns = [
      ['去年GDP是多少'],
      ['白石市GDP是多少'],
      ['2032年GDP目标是多少'],
      ['白石市GDP是多少', '去年呢'],
      ['白石市GDP是多少', '青禾县呢'],
    ]
    const input = turns.map((t, i) => JSON.stringify({ id: String(i), turns: t })).join('\n')
    const { out } = await youju(['ask', '--jsonl', '--report', inUtf8, '--report', inGb18030], input)
    const replies = out
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { reply: { text: string; citations: { report: string }[] } }).reply)
    expect(replies.map((reply) => reply.citations[0]?.report)).toEqual([
      'qinghe',
      'baishi',
      'baishi',
      'baishi',
      'qinghe',
    ])
    expect(replies[0]?.text).toContain('88.8亿元')
    expect(replies[1]?.text).toContain('99.9亿元')
    expect(replies[2]?.text).toContain('7%左右')
  })
})

describe('终端对话', () => {
  it('问候并举例，回答，接着追问，退出', async () => {
    const { code, out, err } = await youju([], '去年GDP是多少\n\n那今年呢\n退出\n不会答到这一句\n')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/^您好，我是有据/)
    expect(out).toContain('输入 退出 或按 Ctrl-D 结束')
    expect(out.indexOf('482.6亿元')).toBeLessThan(out.indexOf('8%左右'))
    expect(out).not.toContain('不会答到这一句')
    expect(out).not.toContain('\u001b')
  })

  it('输入完了就结束；读不了的一句说明原因，接着聊', async () => {
    const { code, out } = await youju([], '\u001b[31m红\n去年GDP是多少')
    expect(code).toBe(0)
    expect(out).toContain('控制字符（U+001B）')
    expect(out).toContain('482.6亿元')
    expect(out).not.toContain('\u001b')
  })

  it('选项用编号挑选', async () => {
    const { out } = await youju([], '养老\n2\n')
    const option = /^2\. (.+)$/m.exec(out)?.[1]
    expect(option).toBeDefined()
    const chosen = (await youju(['ask', option!])).out.split('\n')[0]
    expect(out).toContain(chosen)
  })
})
