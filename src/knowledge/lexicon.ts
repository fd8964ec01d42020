import type { z } from 'zod'
import { readRows, type Zod } from './read.js'

const words = (z: Zod) => z.array(z.string().min(1))

/** Cues of words that ask something. */
export const ASKING_CUES = [
  'why',
  'glossary',
  'list',
  'names',
  'titled',
  'author',
  'dated',
  'contents',
  'summary',
  'status',
  'compare',
  'who',
  'where',
  'when',
  'what',
  'number',
] as const

const CUES = [
  ...ASKING_CUES,
  'check',
  'nth',
  'back',
  'correct',
  'private',
  'opinion',
  'forecast',
  'outside',
  'offtopic',
  'greet',
  'thanks',
  'help',
  'order',
  'leadIn',
  'denied',
  'or',
  'including',
  'join',
  'and',
] as const
/** A kind of answer that a word asks for. */
export type Cue = (typeof CUES)[number]

const cues = (z: Zod) => z.record(z.enum(CUES), words(z))
const periods = (z: Zod) =>
  z.strictObject({
    result: words(z),
    plan: words(z),
    before: words(z),
    next: words(z),
    leansResult: words(z),
    leansPlan: words(z),
    part: words(z),
  })
const synonyms = (z: Zod) => z.array(z.strictObject({ report: words(z), say: words(z) }))
const everyday = (z: Zod) =>
  z.strictObject({
    synonyms: synonyms(z),
    demanded: synonyms(z),
    nameEndings: words(z),
    measureEndings: z.string(),
    light: words(z),
    relational: words(z),
    filler: words(z),
    particle: z.string(),
    lightCharacters: z.string(),
    edge: z.string(),
  })
const indicators = (z: Zod) =>
  z.array(
    z.strictObject({
      name: z.string(),
      forms: words(z),
      say: z.array(z.string()).default([]),
      near: z.array(z.string()).default([]),
      broad: z.array(z.string()).default([]),
    }),
  )
const places = (z: Zod) =>
  z.strictObject({
    provinces: z.array(z.strictObject({ name: z.string(), say: z.array(z.string()).default([]) })),
    cities: words(z),
  })
const wants = (z: Zod) =>
  z.strictObject({
    output: words(z),
    parts: words(z),
    causes: words(z),
    spend: words(z),
    words: z.record(z.string(), words(z)),
    fits: z.record(z.string(), words(z)),
  })
const commonNouns = (z: Zod) => z.strictObject({ common: words(z) })
const counties = (z: Zod) => z.strictObject({ counties: z.string(), ambiguous: z.string() })

export type PeriodWord = keyof z.infer<ReturnType<typeof periods>>
export type Indicator = z.infer<ReturnType<typeof indicators>>[number]

/** What one word can be in a question. */
export interface Entry {
  cue?: Cue
  period?: PeriodWord
  /** A statistical indicator; `near` where the word only comes close to it (税收 to 一般公共预算收入). */
  indicator?: { indicator: Indicator; near: boolean }
  /** What reports print for it. */
  alternatives?: string[]
  /** Asked of a thing, and told by nothing but a statement that prints it: 环评, 利润. */
  demanded?: boolean
  /** Carries little meaning: may go unmatched. */
  light?: boolean
  /** Told of a thing and hardly a thing itself: 投资, 规模. */
  relational?: boolean
  /** Carries none. */
  filler?: boolean
  /** What it wants to be measured: a dimension, growth or rank. */
  wants?: string
  /** A place of the country: its full name. */
  place?: string
}

export interface Lexicon {
  entries: Map<string, Entry>
  /** Length of the longest word that begins with this character; 0 where none does. */
  longestFrom: (character: string) => number
  /** Characters of grammar, and of spoken verbs that say little. */
  particles: Set<string>
  lightCharacters: Set<string>
  /** Particles that are cut even from the edges of a run that the report prints. */
  edges: Set<string>
  indicators: Indicator[]
  /** Want → dimensions of figures that answer it. */
  fits: Map<string, Set<string>>
  commonNouns: Set<string>
  /** Counties and districts of the country by their short names (九原), where those are no everyday words. */
  counties: Set<string>
  /** Those that are everyday words as well (青山). */
  ambiguousCounties: Set<string>
  /** Wording of an indicator → longer wordings of other indicators that hold it (出口: 进出口), which it must not be found in. */
  longer: (form: string) => string[]
  /** Verbs after which 多少 asks for money. */
  spend: string[]
  /** What a whole is told apart by: 街道, 月. */
  parts: string[]
  /** Words by which a report tells why. */
  causes: string[]
  /** How names of places and organisations end. */
  nameEndings: string[]
  /** Last characters of what can be measured. */
  measureEndings: Set<string>
  /** Words that ask what was made or sold. */
  output: string[]
}

/** Reads every row about how people ask into one table: word → what it can be. */
export function readLexicon(): Lexicon {
  const rows = readRows('words.yaml', everyday)
  const known = readRows('indicators.yaml', indicators)
  const wanted = readRows('wants.yaml', wants)
  const entries = collect((add) => {
    for (const [period, list] of Object.entries(readRows('periods.yaml', periods)))
      add(list, { period: period as PeriodWord })
    for (const [cue, list] of Object.entries(readRows('cues.yaml', cues))) add(list, { cue: cue as Cue })
    for (const [want, list] of Object.entries(wanted.words)) add(list, { wants: want })
    for (const indicator of known) addIndicator(add, indicator)
    for (const { report, say } of [...rows.synonyms, ...readRows('thesaurus.yaml', synonyms)]) {
      add(say, { alternatives: report })
      if (report.length > 1) for (const word of report) add([word], { alternatives: report.filter((w) => w !== word) })
    }
    for (const { report, say } of rows.demanded) add([...report, ...say], { alternatives: report, demanded: true })
    add(rows.light, { light: true })
    add(rows.relational, { relational: true })
    add(rows.filler, { filler: true })
    addPlaces(add, readRows('places.yaml', places))
  })
  const longest = new Map<string, number>()
  for (const word of entries.keys()) if (word.length > (longest.get(word[0]!) ?? 0)) longest.set(word[0]!, word.length)
  const divisions = readRows('counties.yaml', counties)
  return {
    longer: longerForms(known),
    spend: wanted.spend,
    nameEndings: rows.nameEndings,
    measureEndings: new Set(rows.measureEndings),
    output: wanted.output,
    causes: wanted.causes,
    parts: wanted.parts,
    entries,
    longestFrom: (character) => longest.get(character) ?? 0,
    particles: new Set(rows.particle),
    lightCharacters: new Set(rows.lightCharacters),
    edges: new Set(rows.edge),
    indicators: known,
    fits: new Map(Object.entries(wanted.fits).map(([want, list]) => [want, new Set(list)] as const)),
    commonNouns: new Set(readRows('common-nouns.yaml', commonNouns).common),
    counties: new Set(divisions.counties.split(' ').filter((name) => !entries.has(name))),
    ambiguousCounties: new Set(divisions.ambiguous.trim().split(' ')),
  }
}

type Add = (words: string[], entry: Entry) => void

/** Words of these alone need no folding, which takes its time with so many. */
const HAN = /^[\u4e00-\u9fff]+$/

/** One table of all that is added: of what two rows say of a word the first counts, their alternatives together. */
function collect(fill: (add: Add) => void): Map<string, Entry> {
  const entries = new Map<string, Entry>()
  const addOne = (word: string, entry: Entry) => {
    const key = HAN.test(word) ? word : word.normalize('NFKC').toLowerCase()
    const known = entries.get(key)
    if (!known) {
      entries.set(key, entry)
      return
    }
    const alternatives = [...(known.alternatives ?? []), ...(entry.alternatives ?? [])]
    if (!alternatives.length) entries.set(key, { ...entry, ...known })
    else entries.set(key, { ...entry, ...known, alternatives: [...new Set(alternatives)] })
  }
  fill((words, entry) => {
    for (const word of words) addOne(word, entry)
  })
  return entries
}

function addIndicator(add: Add, indicator: Indicator): void {
  const { name, forms, say, near, broad } = indicator
  add([name, ...forms, ...say, ...broad], { indicator: { indicator, near: false }, alternatives: [name, ...forms] })
  add(near, { indicator: { indicator, near: true } })
}

/** Provinces by all their names, cities also without 市 and the like. */
function addPlaces(add: Add, { provinces, cities }: z.infer<ReturnType<typeof places>>): void {
  for (const { name, say } of provinces) add([name, ...say], { place: name })
  for (const name of cities) {
    add([name], { place: name })
    if (!name.endsWith('市') && !/(?:自治州|地区|盟)$/.test(name)) continue
    const short = name.replace(/(?:[\p{Script=Han}]族)*(?:自治州|地区|市|盟|新区|区)$/u, '')
    if (short.length >= 2) add([short], { place: name })
  }
}

/** Finds the longer wordings of other indicators that hold a wording; worked out when first asked for. */
function longerForms(indicators: Indicator[]): (form: string) => string[] {
  const forms = indicators.flatMap((indicator) =>
    [indicator.name, ...indicator.forms].map((form) => ({ form: form.toLowerCase(), indicator })),
  )
  const known = new Map<string, string[]>()
  return (form) => {
    let longer = known.get(form)
    if (longer === undefined) {
      const own = indicators.filter((i) => [i.name, ...i.forms, ...i.say].some((f) => f.toLowerCase() === form))
      longer = forms
        .filter((f) => !own.includes(f.indicator) && f.form.length > form.length && f.form.includes(form))
        .map((f) => f.form)
      known.set(form, longer)
    }
    return longer
  }
}
