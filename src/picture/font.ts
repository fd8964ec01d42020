import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import { YoujuError } from '../errors.js'
import { ROOT } from '../knowledge/read.js'

const PACKAGE = '@openfonts/noto-sans-sc_chinese-simplified'
/** WOFF rather than WOFF2: larger, and read three times as fast. */
const FILE = 'noto-sans-sc-chinese-simplified-'
const WEIGHTS = [400, 700]
const HEADER = 12
const MARK = 'wOFF'

/** The font files, the regular one and the bold one. */
export function fontFiles(folder = fontFolder()): string[] {
  return WEIGHTS.map((weight) => join(folder, `${FILE}${weight}.woff`))
}

/**
 * Looks whether both font files are there and whole: by their headers, which takes no time. Throws a `FONT_MISSING` error that names
 * the file and the repair.
 */
export function checkFont(folder?: string): void {
  for (const file of fontFiles(folder)) {
    const header = headerOf(file)
    if (!header || header.toString('latin1', 0, 4) !== MARK || header.readUInt32BE(8) !== statSync(file).size)
      throw fontMissing(file)
  }
}

/** A font file that is not there, is broken, or cannot be used. */
export function fontMissing(file: string, cause?: unknown): YoujuError {
  const message = `画图要用的字体文件不在或坏了：${file}（属于 ${PACKAGE}）。请重新运行 npm ci。`
  return new YoujuError('FONT_MISSING', message, { cause })
}

/** Makes the function that tells which characters of a text a font has no shape for, from the table that the font keeps of them. */
export function glyphFinder(file: string): (text: string) => string[] {
  const codes = new Set<number>()
  for (const [first, last] of rangesOf(readFileSync(file))) for (let code = first; code <= last; code++) codes.add(code)
  return (text) => [...new Set(text)].filter((char) => !codes.has(char.codePointAt(0)!))
}

function fontFolder(): string {
  const require = createRequire(join(ROOT, 'package.json'))
  try {
    return join(require.resolve('@openfonts/noto-sans-sc_chinese-simplified/package.json'), '..', 'files')
  } catch (cause) {
    throw fontMissing(join('node_modules', PACKAGE), cause)
  }
}

function headerOf(file: string): Buffer | undefined {
  const header = Buffer.alloc(HEADER)
  try {
    const handle = openSync(file, 'r')
    try {
      return readSync(handle, header) === HEADER ? header : undefined
    } finally {
      closeSync(handle)
    }
  } catch {
    return undefined
  }
}

/**
 * First and last of each run of characters in the table `cmap`, format 12. See https://www.w3.org/TR/WOFF/#TableDirectory and
 * https://learn.microsoft.com/typography/opentype/spec/cmap.
 */
function rangesOf(font: Buffer): [number, number][] {
  const entries = Array.from({ length: font.readUInt16BE(12) }, (_, i) => font.subarray(44 + 20 * i, 64 + 20 * i))
  const entry = entries.find((e) => e.toString('latin1', 0, 4) === 'cmap')!
  const [offset, packed, whole] = [entry.readUInt32BE(4), entry.readUInt32BE(8), entry.readUInt32BE(12)]
  const stored = font.subarray(offset, offset + packed)
  const table = packed < whole ? inflateSync(stored) : stored
  const starts = Array.from({ length: table.readUInt16BE(2) }, (_, i) => table.readUInt32BE(8 + 8 * i))
  const start = starts.find((at) => table.readUInt16BE(at) === 12)!
  return Array.from({ length: table.readUInt32BE(start + 12) }, (_, i) => {
    const at = start + 16 + 12 * i
    return [table.readUInt32BE(at), table.readUInt32BE(at + 4)]
  })
}
