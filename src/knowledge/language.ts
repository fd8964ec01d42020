import { z } from 'zod'
import { readRows } from './read.js'

const words = z.array(z.string().min(1))

const units = z.record(z.string(), z.record(z.string(), z.number().positive()))
const structure = z.strictObject({
  appendices: words,
  result: words,
  plan: words,
  resultCue: words,
  planCue: words,
  weakness: words,
  levels: words,
  salutation: words,
})
const qualifiers = z.strictObject({ lead: words, estimate: words, before: words, silent: words, after: words })
const figures = z.strictObject({
  continues: words,
  grow: words,
  fall: words,
  tail: words,
  head: words,
  capacity: words,
  project: words,
  invest: words,
  ratio: words,
  subjectless: words,
  leadingVerbs: words,
  predicates: words,
  genericProjects: words,
  related: words,
  increase: words,
  total: words,
  idioms: words,
})

/** What is known of the language of reports: units, hedges, headings, how figures are worded. */
export interface ReportLanguage {
  /** Unit as printed → what it measures and how much of the dimension's base unit it is. */
  units: Map<string, { dimension: string; factor: number }>
  structure: z.infer<typeof structure>
  qualifiers: z.infer<typeof qualifiers>
  figures: z.infer<typeof figures>
}

export function readReportLanguage(): ReportLanguage {
  const table = readRows('units.yaml', units)
  return {
    units: new Map(
      Object.entries(table).flatMap(([dimension, rows]) =>
        Object.entries(rows).map(([unit, factor]) => [unit, { dimension, factor }] as const),
      ),
    ),
    structure: readRows('structure.yaml', structure),
    qualifiers: readRows('qualifiers.yaml', qualifiers),
    figures: readRows('figures.yaml', figures),
  }
}

/** A pattern that matches any of the words, longest first. */
export function anyOf(list: Iterable<string>): string {
  return [...list]
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
    .join('|')
}
