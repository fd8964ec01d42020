import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const CORPUS = join(import.meta.dirname, '..', 'corpus')

/** Names of the files of one corpus, in order. */
export function corpusFiles(corpus: 'questions' | 'figures'): string[] {
  return readdirSync(join(CORPUS, corpus))
    .filter((file) => file.endsWith('.jsonl'))
    .sort()
}

/** The rows of one file; a line that is no JSON is an error that names file and line. */
export function corpusRows<T>(corpus: 'questions' | 'figures', file: string): T[] {
  const lines = readFileSync(join(CORPUS, corpus, file), 'utf8').split('\n')
  return lines.flatMap((line, i) => {
    if (line.trim() === '') return []
    try {
      return [JSON.parse(line) as T]
    } catch (cause) {
      throw new Error(`test/corpus/${corpus}/${file}:${i + 1} is no JSON`, { cause })
    }
  })
}
