import { YoujuError } from '../errors.js'
import { anyOf, type ReportLanguage } from '../knowledge/language.js'
import { cleanText } from './clean.js'
import { findEntities } from './entities.js'
import { figureFinder, type RawFigure } from './figures.js'
import { metricNamer } from './metrics.js'
import type { Figure, FigureStatus, Report, Section, Sentence, Statement, Tense } from './model.js'
import { type Outline, outline, type Paragraph } from './outline.js'
import { splitSentences, statementSplitter } from './passages.js'
import { findPlace } from './place.js'
import { findYears, type ReportYears, tenseOfSections, yearsNamed } from './tense.js'
import { findTerms } from './terms.js'

/** 果蔬育苗能力突破3亿株: what is named a capacity is one, wherever its number stands. */
function isSize({ kind }: RawFigure, metric: string): boolean {
  return (kind === 'count' || kind === 'amount') && /(?:能力|产能)$/.test(metric)
}

/** How much of a section's beginning is looked at to tell whether it speaks of results or plans. */
const OPENING = 120

/** Facts about a report that a clerk may set right by hand (knowledge/reports/<id>/report.yaml). */
export interface ReportFacts {
  title?: string | undefined
  place?: string | undefined
  placeAliases?: string[] | undefined
  resultYear?: number | undefined
  planYear?: number | undefined
}

/**
 * Reads a report's source text whole: sections, sentences, statements, figures, terms, projects, every one with its
 * span in the untouched source (UTF-16 offsets). Throws `REPORT_EMPTY` where the text holds no sentence.
 */
export function readReport(id: string, source: string, language: ReportLanguage, facts: ReportFacts = {}): Report {
  const { blocks, mended, meta } = cleanText(source)
  const plan = outline(blocks, language.structure.appendices)
  const found = findYears(plan.front, plan.sections, blocks.map((b) => b.text).join('\n'))
  const years = { resultYear: facts.resultYear ?? found.resultYear, planYear: facts.planYear ?? found.planYear }
  const title = facts.title ?? findTitle(plan, meta, id)
  const sentences = readSentences(plan, years, language)
  if (sentences.length === 0) {
    throw new YoujuError(
      'REPORT_EMPTY',
      `报告 ${id} 里没有读到一句话。请确认文件是有文字的报告正文，不是扫描图片或空文件。`,
    )
  }
  const statements = sentences.flatMap((s) => s.statements)
  const figures = sentences.flatMap((s) => s.figures)
  for (const [i, statement] of statements.entries()) statement.id = i
  for (const [i, figure] of figures.entries()) figure.id = i
  const place = findPlace(
    title,
    plan.front.map((b) => b.text),
    source,
    facts,
  )
  const entities = findEntities(statements, language)
  for (const figure of figures) figure.subject ||= place.place
  return {
    id,
    title,
    ...place,
    ...years,
    source,
    sections: plan.sections,
    sentences,
    statements,
    figures,
    terms: findTerms(sentences),
    entities,
    mended,
  }
}

function findTitle(plan: Outline, meta: Record<string, string>, id: string): string {
  const lines = plan.front.map((b) => b.text)
  const printed =
    lines.find((line) => /报告|公报|草案|计划/.test(line) && line.length > 8) ?? lines.find((line) => /报告/.test(line))
  return meta.title && (printed?.length ?? 0) < 9 ? meta.title : (printed ?? meta.title ?? id)
}

function readSentences(plan: Outline, years: ReportYears, language: ReportLanguage): Sentence[] {
  const opening = (section: Section) =>
    plan.paragraphs.find((p) => p.section && isWithin(p.section, section))?.text.slice(0, OPENING) ?? ''
  const tenses = tenseOfSections(plan.sections, years, language, opening)
  const read = sentenceReader(years, language)
  const front: Paragraph[] = plan.front.map((b, i) => ({ text: b.text, at: b.at, section: undefined, number: i + 1 }))
  const isFront = new Set(plan.front.map((b) => b.at[0]))
  const body = plan.paragraphs.filter((p) => !isFront.has(p.at[0]))
  const sentences: Sentence[] = []
  for (const paragraph of [...front, ...body]) {
    const tense = paragraph.section ? (tenses.get(paragraph.section) ?? 'other') : 'other'
    for (const { from, to } of splitSentences(paragraph.text)) {
      const at = paragraph.at.slice(from, to)
      sentences.push(read(sentences.length, paragraph.text.slice(from, to), at, paragraph, tense))
    }
  }
  return sentences
}

function isWithin(section: Section, outer: Section): boolean {
  return section === outer || (section.parent !== undefined && isWithin(section.parent, outer))
}

/** Makes the function that reads one sentence into statements and figures. */
function sentenceReader(years: ReportYears, language: ReportLanguage) {
  const findFigures = figureFinder(language)
  const splitStatements = statementSplitter(language)
  const nameMetric = metricNamer(language)
  const [planCue, resultCue] = [language.structure.planCue, language.structure.resultCue].map(
    (w) => new RegExp(anyOf(w)),
  )
  const lead = new RegExp(`(?<=^|[，；：、])(?:\\d{4}年|全年)?(${anyOf(language.qualifiers.lead)})`)

  return (id: number, text: string, at: number[], paragraph: Paragraph, sectionTense: Tense): Sentence => {
    const raw = findFigures(text)
    const sentence: Sentence = {
      id,
      text,
      at,
      start: at[0]!,
      end: at.at(-1)! + 1,
      section: paragraph.section,
      paragraph: paragraph.number,
      tense: tenseOf(text, sectionTense),
      statements: [],
      figures: [],
    }
    let named: number[] = []
    let metric = ''
    for (const piece of splitStatements(text, raw)) {
      const own = yearsNamed(text.slice(piece.from, piece.to), years)
      if (own.length) named = own
      const statement: Statement = {
        id: -1,
        text: text.slice(piece.from, piece.to),
        ...piece,
        start: at[piece.from]!,
        end: at[piece.to - 1]! + 1,
        sentence,
        figures: [],
        ...timeOf(sentence.tense, named),
      }
      raw.forEach((figure, index) => {
        if (figure.from < piece.from || figure.to > piece.to) return
        metric = nameMetric(text, piece, raw, index, metric) || metric
        statement.figures.push(toFigure(figure, statement, metric))
      })
      sentence.statements.push(statement)
      sentence.figures.push(...statement.figures)
    }
    return sentence
  }

  function tenseOf(text: string, section: Tense): Tense {
    if (section !== 'other') return section
    const named = yearsNamed(text, years)
    if (planCue!.test(text) || named.some((y) => y >= years.planYear)) return 'plan'
    return resultCue!.test(text) || named.includes(years.resultYear) ? 'result' : 'other'
  }

  /** A year that the statement names moves it: 到2027年 in a results part is a plan. */
  function timeOf(tense: Tense, named: number[]): { tense: Tense; years: number[] } {
    const home = tense === 'plan' ? years.planYear : years.resultYear
    if (tense === 'definition') return { tense, years: named }
    if (named.length && named.every((y) => y > years.resultYear))
      return { tense: tense === 'result' ? tense : 'plan', years: named }
    if (tense === 'other') return { tense, years: named }
    return { tense, years: named.length ? named : [home] }
  }

  function toFigure(raw: RawFigure, statement: Statement, metric: string): Figure {
    const { sentence } = statement
    const hedge = lead.exec(sentence.text.slice(0, raw.from))?.[1]
    const isNamed = raw.kind === 'name' || raw.kind === 'date'
    const qualifiers =
      hedge && !isNamed && !raw.qualifiers.includes(hedge) ? [hedge, ...raw.qualifiers] : raw.qualifiers
    return {
      ...raw,
      id: -1,
      start: sentence.at[raw.from]!,
      end: sentence.at[raw.to - 1]! + 1,
      qualifiers,
      kind: isSize(raw, metric) ? 'capacity' : raw.kind,
      period: isNamed ? String(raw.value ?? '') : String(statement.years.at(-1) ?? ''),
      status: statusOf(raw, statement.tense, qualifiers),
      metric: isNamed ? '' : metric,
      subject: '',
      sentence,
      statement,
    }
  }

  function statusOf(raw: RawFigure, tense: Tense, qualifiers: string[]): FigureStatus {
    if (['name', 'date', 'threshold'].includes(raw.kind) || tense === 'definition') return 'none'
    if (tense === 'plan') return 'target'
    return qualifiers.some((q) => language.qualifiers.estimate.includes(q)) ? 'estimate' : 'actual'
  }
}
