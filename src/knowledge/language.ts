import type { z } from 'zod'
import { readRows, type Zod } from './read.js'

const words = (z: Zod) => z.array(z.string().min(1))

const units = (z: Zod) => z.record(z.string(), z.record(z.string(), z.number().positive()))
const structure = (z: Zod) =>
  z.strictObject({
    appendices: words(z),
    result: words(z),
    plan: words(z),
    resultCue: words(z),
    planCue: words(z),
    weakness: words(z),
    levels: words(z),
    salutation: words(z),
  })
const qualifiers = (z: Zod) =>
  z.strictObject({ lead: words(z), estimate: words(z), before: words(z), silent: words(z), after: words(z) })
const figures = (z: Zod) =>
  z.strictObject({
    continues: words(z),
    grow: words(z),
    fall: words(z),
    tail: words(z),
    head: words(z),
    capacity: words(z),
    project: words(z),
    invest: words(z),
    ratio: words(z),
    subjectless: words(z),
    leadingVerbs: words(z),
    predicates: words(z),
    genericProjects: words(z),
    related: words(z),
    increase: words(z),
    total: words(z),
    idioms: words(z),
  })

/** What is known of the language of reports: units, hedges, headings, how figures are worded. */
export interface ReportLanguage {
  /** Unit as printed → what it measures and how much of the dimension's base unit it is. */
  units: Map<string, { dimension: string; factor: number }>
  structure: z.infer<ReturnType<typeof structure>>
  qualifiers: z.infer<ReturnType<typeof qualifiers>>
  figures: z.infer<ReturnType<typeof figures>>
  /** Words of `figures` that say what is done and name nothing. */
  verbs: Set<string>
}

export function readReportLanguage(): ReportLanguage {
  const table = readRows('units.yaml', units)
  const worded = readRows('figures.yaml', figures)
  return {
    units: new Map(
      Object.entries(table).flatMap(([dimension, rows]) =>
        Object.entries(rows).map(([unit, factor]) => [unit, { dimension, factor }] as const),
      ),
    ),
    structure: readRows('structure.yaml', structure),
    qualifiers: readRows('qualifiers.yaml', qualifiers),
    figures: worded,
    verbs: new Set([...worded.subjectless, ...worded.leadingVerbs]),
  }
}

/** A pattern that matches any of the words, longest first. */
export function anyOf(list: Iterable<string>): string {
  return [...list]
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
    .join('|')
}
