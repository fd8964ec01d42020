import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { YoujuError } from '../../src/errors.js'
import { ROOT } from '../../src/knowledge/read.js'
import { checkFont, fontFiles, glyphFinder } from '../../src/picture/font.js'
import { donghe } from '../support/donghe.js'

const folder = mkdtempSync(join(tmpdir(), 'youju-font-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const [regular, bold] = fontFiles() as [string, string]

/** The error of a check of the folder. */
function faultOf(path: string): YoujuError {
  try {
    checkFont(path)
  } catch (cause) {
    if (cause instanceof YoujuError) return cause
  }
  throw new Error('no YoujuError was thrown')
}

describe('字体', () => {
  it('随程序装好', () => expect(() => checkFont()).not.toThrow())

  it('缺了，说清缺哪个、怎么修', () => {
    const fault = faultOf(join(folder, 'nowhere'))
    expect(fault.code).toBe('FONT_MISSING')
    expect(fault.message).toContain('@openfonts/noto-sans-sc_chinese-simplified')
    expect(fault.message).toContain('400.woff')
    expect(fault.message).toContain('重新运行 npm ci')
  })

  it('粗体缺了也算缺；下载了一半、内容不对的也查得出', () => {
    const [copy, bolder] = [join(folder, basename(regular)), join(folder, basename(bold))]
    copyFileSync(regular, copy)
    expect(faultOf(folder).message).toContain('700.woff')
    writeFileSync(bolder, readFileSync(bold).subarray(0, 100_000))
    expect(faultOf(folder).message).toContain('700.woff')
    copyFileSync(bold, bolder)
    expect(() => checkFont(folder)).not.toThrow()
    writeFileSync(copy, 'not a font at all')
    expect(faultOf(folder).message).toContain('400.woff')
  })
})

describe('字形', () => {
  const rows = readFileSync(join(ROOT, 'knowledge', 'charts.yaml'), 'utf8').replace(/^ *#.*$/gm, '')
  const marks = '0123456789%％.,+-－~～—…·“”‘’《》〈〉（）()、，。；：！？¥㎡m³²²ABCXYZabcxyz'
  const [inRegular, inBold] = [glyphFinder(regular), glyphFinder(bold)]

  it.each([
    ['常规', inRegular],
    ['粗体', inBold],
  ])('%s体有数字、字母、标点和图上自己的话', (_, missing) => {
    expect(missing(marks)).toEqual([])
    expect(missing(rows.replace(/\s/g, ''))).toEqual([])
  })

  it('两种粗细收的字一样', () => {
    const all = Array.from({ length: 0xffff - 0x20 }, (_, i) => String.fromCharCode(i + 0x20)).filter(
      (c) => !/[\uD800-\uDFFF]/.test(c),
    )
    expect(inBold(all.join(''))).toEqual(inRegular(all.join('')))
  })

  it('没有的字查得出', () => expect(inRegular('产值\uE000‰')).toEqual(['\uE000', '‰']))

  it('报告里指标和单位用到的字都有', () => {
    const names = donghe.figures.map(({ metric, text }) => metric + text).join('')
    expect(inRegular(names).filter((char) => char !== '‰' && char !== '垯')).toEqual([])
  })

  it('查得到的字画出来不是方框', () => {
    const { createCanvas, GlobalFonts } = createRequire(import.meta.url)(
      '@napi-rs/canvas',
    ) as typeof import('@napi-rs/canvas')
    GlobalFonts.registerFromPath(regular, 'only')
    const canvas = createCanvas(24, 24)
    const context = canvas.getContext('2d')
    context.font = '18px only'
    const drawn = (char: string) => {
      context.clearRect(0, 0, 24, 24)
      context.fillText(char, 2, 20)
      return Buffer.from(context.getImageData(0, 0, 24, 24).data).toString('latin1')
    }
    const box = drawn('\uE000')
    expect([...new Set(marks + rows)].filter((char) => char.trim() && drawn(char) === box)).toEqual([])
  })
})
