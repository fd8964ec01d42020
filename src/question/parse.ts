import type { ReportLanguage } from '../knowledge/language.js'
import type { Cue, Entry, Lexicon } from '../knowledge/lexicon.js'
import type { ReportIndex } from '../search/index.js'
import type { Content, Question } from './model.js'
import { numberReader } from './numbers.js'
import { repairer } from './repair.js'
import { segment, type Token } from './segment.js'

/** 哪些国家, 哪几个村: the kind of thing that the answer has to name. */
const CLASS_NOUN =
  /哪(?:些|几个|几家|几项|几条|几类|几种|[一二两三四五六七八九十](?:个|家|项|条|类|种|位|样|块|大)?(?![个家项条类种位样块大])|个)([\p{Script=Han}]{1,3}?)(?=$|[，。？?、]|[要去来在被把的今是有进上入获列报拟申])/u
/** 重大项目个数 asks of 重大项目. */
const ASPECT_ENDING = /(?:个数|数量|总数|数目|的数|情况|方面|这块|工作)$/
const LIGHT = 0.12
const UNKNOWN = 0.25
const UNKNOWN_ROW = 0.4
const KNOWN_CHARACTER = 0.4
const UNKNOWN_CHARACTER = 0.25
const PLACE_SUFFIX = /^[\p{Script=Han}]{1,6}(?:自治区|自治州|新区|开发区|区|县|市|旗|镇|乡|街道|省)$/u

/** Makes the function that reads one thing asked: what it is about, when, what is wanted, in what manner. */
export function questionParser(index: ReportIndex, language: ReportLanguage, lexicon: Lexicon) {
  const readNumbers = numberReader(language, lexicon.spend)
  const repair = repairer(index, lexicon, language)
  const { report } = index
  const ownPlaces = new Set(report.placeAliases)
  const ownLevel = levelWords(report.level)

  /** 二类 is a word of its own (II类), no amount. */
  const readAmounts = (text: string) => {
    const numbers = readNumbers(text)
    const isWord = (t: string) => lexicon.entries.get(t)?.alternatives !== undefined
    return {
      ...numbers,
      mentions: numbers.mentions.filter((m) => !isWord(m.text)),
      locked: numbers.locked.filter((l) => !l.soft || !isWord(l.token.text)),
    }
  }

  return (message: string): Question => {
    let text = repair.fromPinyin(message.replace(/["《》]/g, ''))
    let numbers = readAmounts(text)
    let tokens = segment(text, lexicon, index, numbers.locked)
    const heard = repair.bySound(tokens)
    if (heard !== undefined) {
      text = heard
      numbers = readAmounts(text)
      tokens = segment(text, lexicon, index, numbers.locked)
    }
    const question: Question = {
      text,
      contents: [],
      years: [...numbers.years],
      leaning: undefined,
      wants: [...numbers.wants],
      classifiers: numbers.classifiers,
      cues: new Set(numbers.wants.length || /多少|(?<!哪)几/.test(text) ? ['number'] : []),
      mentions: numbers.mentions.filter((m) => tokens.some((t) => t.text.includes(m.text) && t.kind !== 'word')),
      nearest: [],
      foreignPlace: undefined,
      ownPlace: false,
      words: tokens.map((t) => ({ text: t.text, entry: t.entry ?? (t.kind === 'report' ? 'report' : 'unknown') })),
      inherited: [],
      groups: 0,
      classNoun: CLASS_NOUN.exec(text)?.[1],
      dependent: false,
      softWants: false,
      anchor: undefined,
    }
    for (const token of joinPlaces(tokens)) read(question, token)
    const kind = lexicon.entries.get(question.classNoun ?? '')
    if (question.cues.has('compare') || kind?.cue || kind?.light || kind?.period) question.classNoun = undefined
    if (/哪[一二两三四五六七八九十几](?!天|年|月)/.test(text)) question.cues.add('list')
    else if (text.includes('哪')) question.cues.add('what')
    if (!question.leaning && !question.years.length && question.contents.length && /[^为]了/.test(text))
      question.leaning = 'result'
    return question
  }

  /** 青山 + 区: a run of the report with a place's ending behind it is another place's name. */
  function joinPlaces(tokens: Token[]): Token[] {
    return tokens.reduce<Token[]>((joined, token) => {
      const last = joined.at(-1)
      const name = (last?.text ?? '') + token.text
      const isEnding = token.kind !== 'number' && /^(?:[区县旗市州盟省]|街道|镇|乡|社区|小区)$/.test(token.text)
      if (
        last &&
        isEnding &&
        (last.kind === 'report' || last.kind === 'unknown') &&
        !ownPlaces.has(name) &&
        !index.attests(name)
      ) {
        joined[joined.length - 1] = { text: name, kind: 'unknown' }
      } else joined.push(token)
      return joined
    }, [])
  }

  function read(question: Question, token: Token): void {
    const { entry } = token
    const text = entry?.wants ? token.text.replace(/了?(?:多少|几).*$/, '') || token.text : token.text
    if (token.kind === 'year') return
    const rest = ownPlaceCut(text)
    if (rest && lexicon.entries.has(rest) && !entry)
      return read(question, { text: rest, kind: 'word', entry: lexicon.entries.get(rest)! })
    if (token.kind === 'number')
      return addContent(question, { text, alternatives: [text], weight: 0.6, source: 'report', number: true })
    if (ownPlaces.has(text) || ownLevel.has(text)) {
      question.ownPlace = true
      return
    }
    const place = placeOf(token)
    if (place) {
      question.foreignPlace ??= place
      return addContent(question, { text, alternatives: [text], weight: 1, source: 'unknown', required: true })
    }
    if (entry?.period === 'part')
      return addContent(question, { text, alternatives: [text], weight: 1, source: 'unknown', required: true })
    if (entry?.cue) question.cues.add(entry.cue)
    if (entry?.wants) question.wants.push(entry.wants)
    if (entry?.period) readPeriod(question, entry.period)
    if (entry?.indicator) {
      const { indicator, near } = entry.indicator
      if (near) {
        question.nearest.push(indicator)
        return addContent(question, { text, alternatives: [text], weight: 1.2, source: 'unknown', required: question.cues.has('number') })
      }
      return addContent(question, {
        text,
        alternatives: [text, indicator.name, ...indicator.forms],
        weight: 1.4,
        source: 'row',
        indicator,
        required: true,
      })
    }
    if (entry?.cue === 'and' || text === '、') {
      question.groups++
      return
    }
    if (entry?.filler || (entry?.period && !entry.period.startsWith('leans'))) return
    if (entry?.alternatives) {
      const weight =
        entry.light || entry.cue || entry.period || entry.wants || (text.length < 3 && isSlight(text) && !index.attests(text))
          ? LIGHT
          : weightOfAny([text, ...entry.alternatives])
      return addContent(question, {
        text,
        alternatives: [text, ...entry.alternatives],
        weight,
        source: 'row',
        ...(isAspect(entry) ? { aspect: true } : {}),
      })
    }
    if (entry?.light || entry?.wants || entry?.period) {
      return addContent(question, {
        text,
        alternatives: [text],
        weight: LIGHT,
        source: 'row',
        ...(isAspect(entry) ? { aspect: true } : {}),
      })
    }
    if (entry) return
    const core = trimParticles(text, token.kind === 'report' || text.length < 4 ? lexicon.edges : lexicon.particles)
    if (!core) return
    if (isSlight(core)) {
      return addContent(question, { text: core, alternatives: [core], weight: LIGHT, source: 'row' })
    }
    if (core !== text)
      return addContent(question, {
        text: core,
        alternatives: [core],
        weight: weightOf(core, token),
        source: token.kind === 'report' ? 'report' : 'unknown',
      })
    addContent(question, {
      text,
      alternatives: [text],
      weight: weightOf(text, token),
      source: token.kind === 'report' ? 'report' : 'unknown',
    })
  }

  function isSlight(text: string): boolean {
    return [...text].every((c) => lexicon.lightCharacters.has(c) || lexicon.particles.has(c))
  }

  /** 区财政 in a district's report is 财政. */
  function ownPlaceCut(text: string): string | undefined {
    return report.level && text.startsWith(report.level) && text.length > 2
      ? text.slice(report.level.length)
      : undefined
  }

  /** 占到 → 占: grammar at the edges of a run says nothing. */
  function trimParticles(text: string, particles: Set<string>): string {
    let [from, to] = [0, text.length]
    while (from < to && particles.has(text[from]!)) from++
    while (to > from && particles.has(text[to - 1]!)) to--
    return text.slice(from, to)
  }

  function addContent(question: Question, content: Omit<Content, 'group'>): void {
    const bare = content.text.replace(ASPECT_ENDING, '')
    const wordings = bare.length > 1 && bare !== content.text ? [...content.alternatives, bare] : content.alternatives
    question.contents.push({ ...content, group: question.groups, alternatives: [...new Set(wordings)] })
  }

  /** A place that is not the report's own: known by a row, or by how its name ends. */
  function placeOf(token: Token): string | undefined {
    const { entry, text } = token
    if (entry?.place && !ownPlaces.has(entry.place) && !entry.cue && !entry.filler && !entry.indicator)
      return entry.place
    if (entry || lexicon.commonNouns.has(text) || !PLACE_SUFFIX.test(text)) return undefined
    if (isCommon(text)) return undefined
    return token.kind === 'unknown' || index.attests(text) ? text : undefined
  }

  /** 高新园区 is no place; 青山区 is one, though 山区 is a common noun: a single rare character before it makes a name. */
  function isCommon(text: string): boolean {
    return [2, 3, 4].some((length) => {
      if (!lexicon.commonNouns.has(text.slice(-length))) return false
      const rest = text.slice(0, -length)
      return rest.length !== 1 || lexicon.particles.has(rest) || lexicon.lightCharacters.has(rest)
    })
  }

  function readPeriod(question: Question, period: string): void {
    if (period === 'result') question.years.push(report.resultYear)
    else if (period === 'plan') question.years.push(report.planYear)
    else if (period === 'before') question.years.push(report.resultYear - 1)
    else if (period === 'next') question.years.push(report.planYear + 1)
    else question.leaning ??= period === 'leansPlan' ? 'plan' : 'result'
  }

  /** A word with several wordings counts as the commonest of those that the report prints; one that it never prints counts as unknown. */
  function weightOfAny(wordings: string[]): number {
    const printed = wordings.filter((w) => index.attests(w))
    if (!printed.length) return UNKNOWN_ROW
    return Math.min(...printed.map((w) => rarityOf(w)))
  }

  function rarityOf(text: string): number {
    const rarity = Math.min(
      ...pairs(text).map((p) => Math.log((index.passages.length + 1) / (index.frequency(p) + 0.5))),
    )
    return Math.max(0.2, rarity / Math.log(index.passages.length + 1)) * Math.sqrt(Math.min(text.length, 6) / 2)
  }

  /** Rare runs count more than common ones; one unknown character counts little, an unknown word in full. */
  function weightOf(text: string, token: Token): number {
    if (token.kind === 'unknown' && text.length === 1)
      return index.frequency(text) ? KNOWN_CHARACTER : UNKNOWN_CHARACTER
    if (token.kind === 'unknown') return UNKNOWN * Math.sqrt(Math.min(text.length, 4) / 2)
    return rarityOf(text)
  }
}

function isAspect(entry: Entry): boolean {
  return entry.wants !== undefined || entry.period !== undefined || entry.cue !== undefined
}

/** 全区, 我区, 区里 … in a district's report mean the district; 全市 does not. */
function levelWords(level: string): Set<string> {
  const letter = level === '自治区' ? '区' : level
  if (!letter) return new Set()
  return new Set([
    `全${letter}`,
    `我${letter}`,
    `我们${letter}`,
    `咱${letter}`,
    `咱们${letter}`,
    `本${letter}`,
    `${letter}里`,
    `${letter}内`,
    `${letter}上`,
    letter === '区' && level === '自治区' ? '全自治区' : `全${letter}的`,
  ])
}

function pairs(text: string): string[] {
  if (text.length < 2) return [text]
  return Array.from({ length: text.length - 1 }, (_, i) => text.slice(i, i + 2))
}

/** Cues that only a whole message has: who is greeted, thanked or asked for help. */
export const SMALLTALK: Cue[] = ['greet', 'thanks', 'help', 'offtopic']
