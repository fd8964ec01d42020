import MiniSearch from 'minisearch'
import { anyOf, type ReportLanguage } from '../knowledge/language.js'
import { pairsOf } from '../pairs.js'
import { fold } from '../question/normalize.js'
import type { Figure, Report, Section, Sentence, Statement } from '../report/model.js'
import { tokenize } from './tokens.js'
import { topicsOf } from './topics.js'

/** A statement in the folded form that questions are compared with. */
export interface Passage {
  statement: Statement
  /** The statement itself. */
  own: string
  /** The whole sentence it stands in. */
  around: string
  /** The statements without a figure that lead up to it in its sentence: what they name, it may leave unsaid. */
  lead: string
  /** Whether it opens with a verb, so that its subject stands before it. */
  subjectless: boolean
  /** Everything before it in its sentence. */
  before: string
  /** Its headings, innermost last, and the short sentence that announces it. */
  headings: string
}

export interface ReportIndex {
  report: Report
  passages: Passage[]
  /** Sentence → the short sentence before it that announces what it tells of. */
  topics: Map<Sentence, Sentence>
  /** Each section that holds sentences, with its heading in folded form and its first sentence. */
  openings: { section: Section; heading: string; first: Sentence }[]
  /** Every name of a project and of its owner, in folded form. */
  projects: string[]
  /** The `limit` passages nearest to the terms, and the other statements of the nearest ones' sentences. */
  search: (terms: string[], limit: number) => Passage[]
  /** How many passages hold this character or pair of characters. */
  frequency: (pair: string) => number
  /** Whether the report prints these characters in this order (judged by their triples). */
  attests: (text: string) => boolean
  /** The run of the report that opens and closes so, with one or two characters between; undefined where none or several do. */
  between: (before: string, after: string) => string | undefined
  /** Whether the report prints this wording anywhere. */
  prints: (text: string) => boolean
  /** The characters that stand before this wording wherever the report prints it; '' for none (a mark, a line's begin). */
  before: (text: string) => Set<string>
  /** Figures of this value, or printed with these digits (8123.82 of 8123.82万元). */
  figuresOf: (value: number) => Figure[]
}

/** Terms of a query are tokens already. */
const QUERY = { tokenize: (query: string) => query.split(' ') }
/** Of so many of the nearest statements the rest of the sentence is looked at too. */
const WITH_SIBLINGS = 10

/**
 * MiniSearch keeps its terms in a tree and looks through the branches of a node one by one. Latin has 26 of them, Han characters would
 * all hang from the root, thousands wide. A letter before the term, by its first character, makes 32 branches of them (a fifth off the
 * time to build, no term changed).
 */
const branched = (term: string) => String.fromCharCode(97 + (term.charCodeAt(0) & 31)) + term

/** The MiniSearch settings; the benchmark uses the same. */
export const SEARCH_OPTIONS = {
  fields: ['own', 'headings'],
  tokenize,
  processTerm: branched,
  searchOptions: { boost: { own: 3, headings: 1 }, combineWith: 'OR' as const, tokenize },
}

/** Indexes a report's statements with their sentences, headings and figures. */
export function indexReport(report: Report, language: ReportLanguage): ReportIndex {
  const verbs = new RegExp(`^(?:${anyOf(language.figures.subjectless)})`)
  const folded = new Map<string, string>()
  const foldOnce = (text: string) => {
    const form = folded.get(text) ?? fold(text)
    folded.set(text, form)
    return form
  }
  const topics = topicsOf(report)
  const passages = report.statements.map(
    (statement): Passage => ({
      statement,
      own: foldOnce(statement.text),
      around: foldOnce(statement.sentence.text),
      lead: foldOnce(leadOf(statement)),
      subjectless: verbs.test(statement.text),
      before: foldOnce(statement.sentence.text.slice(0, statement.from)),
      headings: foldOnce(
        [...(statement.sentence.section?.path ?? []), topics.get(statement.sentence)?.text ?? ''].join('\n'),
      ),
    }),
  )
  const engine = new MiniSearch<{ id: number; own: string; headings: string }>(SEARCH_OPTIONS)
  engine.addAll(passages.map(({ own, headings }, id) => ({ id, own, headings })))

  const pairs = new Map<string, number>()
  const triples = new Set<string>()
  for (const { own } of passages) {
    for (const pair of new Set([...pairsOf(own), ...own])) pairs.set(pair, (pairs.get(pair) ?? 0) + 1)
  }
  for (const text of [...report.sentences.map((s) => s.text), ...report.sections.map((s) => s.heading)].map(foldOnce)) {
    for (let i = 0; i + 1 < text.length; i++) {
      if (!pairs.has(text.slice(i, i + 2))) pairs.set(text.slice(i, i + 2), 1)
      triples.add(text.slice(i, i + 3))
    }
  }
  const whole = [...folded.values()].join('\n')
  const byValue = new Map<number, Figure[]>()
  for (const figure of report.figures) {
    if (figure.value === undefined) continue
    for (const key of new Set([figure.value, Number.parseFloat(figure.text)])) {
      if (!Number.isNaN(key)) byValue.set(key, [...(byValue.get(key) ?? []), figure])
    }
  }
  return {
    report,
    passages,
    topics,
    openings: openingsOf(report),
    projects: projectsOf(report),
    search: (terms, limit) => {
      const query = terms.join(' ')
      const hits = engine
        .search(query, QUERY)
        .slice(0, limit)
        .map((hit) => hit.id as number)
      const near = new Set(hits)
      for (const hit of hits.slice(0, WITH_SIBLINGS))
        for (const sibling of passages[hit]!.statement.sentence.statements) near.add(sibling.id)
      return [...near].map((id) => passages[id]!)
    },
    frequency: (pair) => pairs.get(pair) ?? 0,
    attests: (text) => {
      if (text.length < 2) return report.source.includes(text)
      if (text.length === 2) return pairs.has(text)
      for (let i = 0; i + 3 <= text.length; i++) if (!triples.has(text.slice(i, i + 3))) return false
      return text.length === 3 || whole.includes(text)
    },
    between: (before, after) => {
      const runs = new Set(whole.match(new RegExp(`${before}\\p{Script=Han}{1,2}${after}`, 'gu')) ?? [])
      return runs.size === 1 ? [...runs][0] : undefined
    },
    before: (text) =>
      new Set(
        whole
          .split(text)
          .slice(0, -1)
          .map((part) => /\p{Script=Han}$/u.exec(part)?.[0] ?? ''),
      ),
    prints: (text) => whole.includes(text),
    figuresOf: (value) => byValue.get(value) ?? [],
  }
}

function openingsOf({ sentences }: Report): ReportIndex['openings'] {
  const firsts = new Map<Section, Sentence>()
  for (const s of sentences) if (s.section && !firsts.has(s.section)) firsts.set(s.section, s)
  return [...firsts].map(([section, first]) => ({ section, heading: fold(section.heading), first }))
}

function projectsOf({ entities }: Report): string[] {
  const names = entities.flatMap((e) => [e.owner, e.name, ...e.aliases].map(fold))
  return [...new Set(names)].filter((name) => name.length > 1)
}

function leadOf({ sentence, from }: Statement): string {
  return sentence.statements
    .filter((s) => s.from < from && s.figures.every((f) => f.kind === 'name' || f.kind === 'date'))
    .map((s) => s.text)
    .join('')
}
