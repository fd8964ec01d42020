import { existsSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { z } from 'zod'
import { YoujuError } from '../errors.js'

const require = createRequire(import.meta.url)

export type Zod = typeof z
/** Makes a schema. Rows that the build has checked need none, so zod, the slowest to load of all, is loaded when one is made. */
export type Schema<T> = (z: Zod) => z.ZodType<T>

/** Loads zod when something has to be checked. */
export function zod(): Zod {
  return (require('zod') as { z: Zod }).z
}

/** The project's folder: the nearest one above this file that has knowledge/, built or not. */
export const ROOT = findRoot(dirname(fileURLToPath(import.meta.url)))

function findRoot(folder: string): string {
  return existsSync(join(folder, 'knowledge')) && existsSync(join(folder, 'package.json'))
    ? folder
    : findRoot(dirname(folder))
}

let keep: (file: string, rows: unknown) => void = () => undefined

/** Hears of each file's rows once they are read and found to fit; the build keeps them. */
export function onChecked(handler: typeof keep): void {
  keep = handler
}

/**
 * Reads one file of rows below knowledge/. Where the build is as new as the file, its rows have been checked and are taken as they
 * are (JSON reads twenty times faster than YAML); else a row that does not fit is a `KNOWLEDGE_ROW` error that names file, row and repair.
 */
export function readRows<T>(file: string, schema: Schema<T>): T {
  const [path, built] = [join(ROOT, 'knowledge', file), builtPath(file)]
  if (existsSync(built) && statSync(built).mtimeMs >= statSync(path).mtimeMs)
    return JSON.parse(readFileSync(built, 'utf8')) as T
  const rows = checked(`knowledge/${file}`, readYaml(path), schema)
  keep(file, rows)
  return rows
}

/** Rows that fit their schema, as they are; else a `KNOWLEDGE_ROW` error that names file, row and repair. */
export function checked<T>(file: string, rows: unknown, schema: Schema<T>): T {
  const parsed = schema(zod()).safeParse(rows)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const place = issue?.path.map((step) => (typeof step === 'number' ? `第${step + 1}条` : String(step))).join(' › ')
  throw new YoujuError('KNOWLEDGE_ROW', `${file} 的${place || '内容'}不合格式：${issue?.message}。请改正这一行。`)
}

/** Reads a YAML file; the parser is loaded when a file is read, which a start from a build does not need. */
export function readYaml(path: string): unknown {
  const { parse } = require('yaml') as typeof import('yaml')
  try {
    return parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message.split('\n')[0] : String(cause)
    throw new YoujuError('KNOWLEDGE_ROW', `${relative(ROOT, path)} 不是合格的 YAML：${detail}。请改正这一处。`, {
      cause,
    })
  }
}

/** Where the build keeps the rows of a file. */
export function builtPath(file: string): string {
  return join(ROOT, 'dist', 'knowledge', file.replace(/\.yaml$/, '.json'))
}
