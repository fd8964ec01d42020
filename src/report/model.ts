/** A stretch of the source text: UTF-16 offsets, end exclusive. */
export interface Span {
  start: number
  end: number
}

/** A heading of the report. `path` is every heading from the outermost to this one, each whole. */
export interface Section extends Span {
  heading: string
  level: number
  parent: Section | undefined
  path: string[]
}

/** What a passage speaks about: results of the year reported on, plans for the year ahead, meanings of words, or neither. */
export type Tense = 'result' | 'plan' | 'definition' | 'other'

/** How a figure is meant (see the annotation guide in test/corpus/README.md). */
export type FigureKind =
  | 'amount'
  | 'count'
  | 'growth'
  | 'points'
  | 'share'
  | 'rank'
  | 'capacity'
  | 'investment'
  | 'threshold'
  | 'name'
  | 'date'

export type FigureStatus = 'actual' | 'estimate' | 'target' | 'none'

/** What can be measured: money, %, area … One dimension per unit, given by knowledge/units.yaml. */
export type Dimension = string

/** A number of the report. `from` and `to` are offsets into its sentence's text. */
export interface Figure extends Span {
  id: number
  text: string
  /** In the base unit: 12.5亿元 is 1250000000. Undefined where the numeral is part of a name. */
  value: number | undefined
  unit: string
  dimension: Dimension
  qualifiers: string[]
  period: string
  kind: FigureKind
  status: FigureStatus
  metric: string
  subject: string
  sentence: Sentence
  statement: Statement
  from: number
  to: number
}

/** Clauses that share one thing spoken of: 一般公共预算收入完成12.39亿元，同比增长12.1%. `from` and `to` are offsets into the sentence's text. */
export interface Statement extends Span {
  id: number
  text: string
  from: number
  to: number
  sentence: Sentence
  figures: Figure[]
  /** Years that the statement is about, first the one that its section gives. */
  years: number[]
  tense: Tense
}

export interface Sentence extends Span {
  id: number
  /** Cleaned text; `at[i]` is the source offset of its i-th character. */
  text: string
  at: number[]
  section: Section | undefined
  /** 1-based number of the paragraph below its numbered heading. */
  paragraph: number
  tense: Tense
  statements: Statement[]
  figures: Figure[]
}

/** A term that the report explains: the glossary at its end, or in place. */
export interface Term extends Span {
  name: string
  meaning: string
  sentence: Sentence
}

/** A project, with every statement that mentions it. */
export interface Entity {
  /** As it is named first. */
  name: string
  /** Whose it is, as printed before its size. */
  owner: string
  /** Its other names. */
  aliases: string[]
  /** Its capacity or size, where one is printed. */
  sizes: Figure[]
  mentions: Statement[]
}

export interface Report {
  id: string
  title: string
  /** The place whose report it is, as printed (青禾区), and shorter or longer forms of it. */
  place: string
  placeAliases: string[]
  /** 区, 市, 省 …: the level's own word. */
  level: string
  resultYear: number
  planYear: number
  source: string
  sections: Section[]
  sentences: Sentence[]
  statements: Statement[]
  figures: Figure[]
  terms: Term[]
  entities: Entity[]
  mended: number[]
}
