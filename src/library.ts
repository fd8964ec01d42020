import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { deserialize } from 'node:v8'
import { YoujuError } from './errors.js'
import type { ReportLanguage } from './knowledge/language.js'
import { checked, ROOT, readRows, readYaml, type Zod } from './knowledge/read.js'
import type { Report } from './report/model.js'
import { readReport } from './report/read.js'

const facts = (z: Zod) =>
  z.strictObject({
    title: z.string().optional(),
    place: z.string().optional(),
    placeAliases: z.array(z.string()).optional(),
    resultYear: z.number().int().optional(),
    planYear: z.number().int().optional(),
  })

/** The report opened when none is named, as knowledge/library.yaml says. */
export const DEFAULT_REPORT = readRows('library.yaml', (z) => z.strictObject({ default: z.string() })).default
const LARGEST_FILE = 20 * 1024 * 1024

/** Reads the report kept under knowledge/reports/<id> (from the build, where that has read it), or any text file given by its path. */
export function loadReport(idOrPath: string, language: ReportLanguage): Report {
  const folder = join(ROOT, 'knowledge', 'reports', idOrPath)
  if (/^[\w-]+$/.test(idOrPath) && existsSync(join(folder, 'report.txt'))) {
    const built = builtReportPath(idOrPath)
    if (existsSync(built)) return deserialize(readFileSync(built)) as Report
    const rows = join(folder, 'report.yaml')
    const known = existsSync(rows)
      ? checked(`knowledge/reports/${idOrPath}/report.yaml`, readYaml(rows) ?? {}, facts)
      : {}
    return readReport(idOrPath, readText(join(folder, 'report.txt')), language, known)
  }
  if (existsSync(join(idOrPath, 'report.txt'))) return loadReport(join(idOrPath, 'report.txt'), language)
  if (!existsSync(idOrPath)) {
    throw new YoujuError(
      'REPORT_UNKNOWN',
      `找不到报告 ${idOrPath}。请给出文件路径，或 knowledge/reports/ 下的文件夹名。`,
    )
  }
  return readReport(basename(idOrPath).replace(/\.\w+$/, ''), readText(idOrPath), language)
}

/**
 * Where the build keeps a report as it was read. Beside the built code, which read it: code run from src/ finds none there and reads
 * the text itself. The version of V8 is in the name, since one may not read what another wrote.
 */
export function builtReportPath(id: string): string {
  const folder = join(dirname(dirname(fileURLToPath(import.meta.url))), 'reports')
  return join(folder, `${id}-${process.versions.v8}.bin`)
}

/** Text of a file in UTF-8, UTF-16 or GB18030, told by its mark or by what decodes without an error. */
export function readText(path: string): string {
  const info = statSync(path)
  if (!info.isFile()) throw new YoujuError('REPORT_UNREADABLE', `${path} 不是文件。请给出报告的文本文件。`)
  if (info.size > LARGEST_FILE)
    throw new YoujuError('REPORT_UNREADABLE', `${path} 超过 20 MB，不像一份报告的文本。请先另存为纯文本。`)
  const bytes = readFileSync(path)
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
      if (!text.includes('\0')) return text
    } catch (cause) {
      if (!(cause instanceof TypeError)) throw cause
    }
  }
  throw new YoujuError(
    'REPORT_UNREADABLE',
    `${path} 不是文本文件（既不是 UTF-8 也不是 GB18030）。请另存为纯文本后再试。`,
  )
}
