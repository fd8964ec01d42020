import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import type { z } from 'zod'
import { YoujuError } from '../errors.js'

/** The project's folder: the nearest one above this file that has knowledge/, built or not. */
export const ROOT = findRoot(dirname(fileURLToPath(import.meta.url)))

function findRoot(folder: string): string {
  return existsSync(join(folder, 'knowledge')) && existsSync(join(folder, 'package.json'))
    ? folder
    : findRoot(dirname(folder))
}

/**
 * Reads one file of rows below knowledge/ and checks it against its schema.
 * A row that does not fit is a `KNOWLEDGE_ROW` error that names file, row and repair.
 */
export function readRows<T>(file: string, schema: z.ZodType<T>): T {
  const path = join(ROOT, 'knowledge', file)
  const parsed = schema.safeParse(parse(readFileSync(path, 'utf8')))
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new YoujuError('KNOWLEDGE_ROW', `knowledge/${file} 的 ${issue?.path.join(' › ') ?? '内容'} 不合格式：${issue?.message}。请改正这一行。`)
}
