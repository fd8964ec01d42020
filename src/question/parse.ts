import { anyOf, type ReportLanguage } from '../knowledge/language.js'
import type { Entry, Lexicon, PeriodWord } from '../knowledge/lexicon.js'
import type { Report } from '../report/model.js'
import type { ReportIndex } from '../search/index.js'
import { choiceReader } from './choice.js'
import { contentMaker } from './contents.js'
import { RATE, readManner } from './manner.js'
import type { Content, Question } from './model.js'
import { fold } from './normalize.js'
import { type Numbers, numberReader } from './numbers.js'
import { placeReader } from './places.js'
import { repairer } from './repair.js'
import { segment, type Token } from './segment.js'

const BLANK = '　'
const HOW_MANY = /多少|(?<![哪那这])几/
/** 12月, 一季度: a figure of the whole year is no answer. */
const PART_OF_YEAR = /^\d{1,2}月份?$|^[一二三四1-4]季度$/
/** Words lighter than this name nothing. */
const LEAST_CONTENT = 0.3
/** A word that no row and no line of the report knows weighs this much. */
const UNSAID = 0.25
/** 那几栋危楼 are known ones. */
const THAT = /[那这哪]$/
const HAN_WORD = /^\p{Script=Han}{2,}$/u
/** 四期 of a project that has three is another project. */
const PHASE = /(?<![一二三四五六七八九十\d])[一二三四五六七八九十]期(?![间待望货])/g
/** So many things at most are read from one question. */
const MOST_CONTENTS = 60

/** Makes the function that reads one thing asked: what it is about, when, what is wanted, in what manner. */
export function questionParser(index: ReportIndex, language: ReportLanguage, lexicon: Lexicon) {
  const readNumbers = numberReader(language, lexicon.spend)
  const repair = repairer(index, lexicon, language)
  const places = placeReader(index, lexicon, language)
  const make = contentMaker(index, lexicon, language.verbs)
  const idle = wordsWithNumber(lexicon)
  const terms = index.report.terms.map((term) => fold(term.name)).filter((name) => /\d/.test(name))

  return (message: string): Question => {
    const { text, numbers, tokens } = cut(message)
    const question = emptyQuestion(
      text,
      numbers,
      tokens,
      terms.filter((term) => text.includes(term)),
    )
    const choices = choiceReader(question)
    const joined = places.join(tokens)
    for (const [i, token] of joined.entries()) {
      choices.before(token)
      if (question.contents.length >= MOST_CONTENTS) continue
      const known = question.contents.length
      read(question, places.withoutLevel(token), joined.slice(i + 1))
      const isCounted = joined[i - 1]?.entry?.cue === 'number' && !THAT.test(joined[i - 2]?.text ?? '')
      const counted = isCounted ? question.contents[known] : undefined
      if (counted && isThing(counted)) counted.counted = true
      // 利润多少: what is measured, where the report has no such word.
      const next = joined[i + 1]?.entry?.cue === 'number' ? question.contents[known] : undefined
      const before = joined[i + 2]?.entry?.cue === 'number' ? question.contents[known] : undefined
      if (before && isLoneNoun(before, joined[i + 1])) before.counted = true
      if (next?.source === 'unknown' && isThing(next) && lexicon.measureEndings.has(next.text.at(-1)!))
        next.counted = true
    }
    choices.finish()
    if (question.contents.some((c) => c.indicator))
      for (const c of question.contents) if (PART_OF_YEAR.test(c.text)) c.required = true
    make.weighNames(question.contents, question.cues.has('number') || question.wants.length > 0)
    for (const [phase] of text.matchAll(PHASE))
      if (!question.contents.some((c) => c.text.includes(phase) && c.source === 'report'))
        add(question, make.exact(phase))
    const far = question.years.filter((y) => y !== index.report.resultYear && y !== index.report.planYear)
    // Of 2027年要建成什么 the year is all that it is about.
    if (far.length === 1 && question.contents.every((c) => c.weight < LEAST_CONTENT))
      add(question, make.exact(`${far[0]}年`))
    readManner(question, language, lexicon, index.report)
    return question
  }

  /** Cuts the text into tokens, words typed in pinyin or by a wrong character of the same sound mended first. */
  function cut(message: string): { text: string; numbers: Numbers; tokens: Token[] } {
    const typed = repair.fromHole(repair.fromPinyin(message.replace(/["《》]/g, '')))
    const first = cutOnce(typed)
    const heard = repair.bySound(first.tokens)
    return heard === undefined ? first : cutOnce(heard)
  }

  function cutOnce(text: string) {
    const numbers = withoutWords(readNumbers(idle ? text.replace(idle, (word) => BLANK.repeat(word.length)) : text))
    return { text, numbers, tokens: segment(text, lexicon, index, [...numbers.locked, ...places.locked(text)]) }
  }

  /** 二类 is a word of its own (II类), no amount. */
  function withoutWords(numbers: Numbers): Numbers {
    const isWord = (text: string) => lexicon.entries.get(text)?.alternatives !== undefined
    return {
      ...numbers,
      mentions: numbers.mentions.filter((m) => !isWord(m.text)),
      locked: numbers.locked.filter((l) => !l.soft || !isWord(l.token.text)),
    }
  }

  /** Adds what one token says to the question. */
  function read(question: Question, token: Token, next: Token[]): void {
    const { entry, text, kind } = token
    const place = kind === 'number' ? undefined : places.foreign(token)
    if (places.isOwn(text)) question.ownPlace = true
    else if (entry?.cue === 'and' || text === '、') question.groups++
    else if (places.isWider(text, next)) add(question, make.exact(text))
    else if (kind === 'number') add(question, make.number(text, question.mentions))
    else if (place || entry?.period === 'part') {
      question.foreignPlace ??= place
      add(question, make.exact(text, !lexicon.ambiguousCounties.has(text)))
    } else if (kind !== 'year') {
      if (entry?.cue) question.cues.add(entry.cue)
      if (entry?.wants) question.wants.push(entry.wants)
      if (entry?.period) readPeriod(question, entry.period, index.report)
      if (entry?.indicator?.near) question.nearest.push(entry.indicator.indicator)
      add(question, entry ? make.ofWord(text, entry, asksFor(question, entry)) : make.ofRun(token))
    }
  }

  function add(question: Question, content: Omit<Content, 'group'> | undefined): void {
    if (content)
      question.contents.push({ ...content, group: question.groups, alternatives: [...new Set(content.alternatives)] })
  }
}

/** 鱼有多少种: a lone character with 有 between is a noun. */
function isLoneNoun({ source, text, weight }: Content, between: Token | undefined): boolean {
  return source === 'unknown' && /^\p{Script=Han}$/u.test(text) && weight >= UNSAID && between?.text === '有'
}

function isThing({ text, weight, aspect, verbal }: Content): boolean {
  return HAN_WORD.test(text) && weight >= UNSAID && !aspect && !verbal
}

/** Whether the number asked for can be that of the entry's indicator: 几个村 asks for no rate. */
function asksFor({ cues, wants }: Question, { indicator }: Entry): boolean {
  const isRate = RATE.test(indicator?.indicator.name ?? '')
  return cues.has('number') && !(isRate && wants.some((want) => want !== 'percent' && want !== 'growth'))
}

/** 报几个名, 凑几句: words that say nothing, and no number is asked by them. */
function wordsWithNumber({ entries }: Lexicon): RegExp | undefined {
  const words = [...entries].filter(([word, entry]) => entry.filler && word.includes('几')).map(([word]) => word)
  return words.length ? new RegExp(anyOf(words), 'g') : undefined
}

/** `names`: terms that the text prints, whose numbers are no amounts (人才政策包550). */
function emptyQuestion(text: string, numbers: Numbers, tokens: Token[], names: string[]): Question {
  return {
    text,
    contents: [],
    years: [...numbers.years],
    leaning: undefined,
    wants: [...numbers.wants],
    classifiers: numbers.classifiers,
    cues: new Set(numbers.wants.length || HOW_MANY.test(text) ? ['number'] : []),
    mentions: numbers.mentions.filter(
      (m) =>
        tokens.some((t) => t.text.includes(m.text) && t.kind !== 'word') &&
        !names.some((name) => name.includes(m.text)),
    ),
    nearest: [],
    foreignPlace: undefined,
    ownPlace: false,
    words: tokens.map((t) => ({ text: t.text, entry: t.entry ?? (t.kind === 'report' ? 'report' : 'unknown') })),
    inherited: [],
    groups: 0,
    classNoun: undefined,
    dependent: false,
    apart: false,
    softWants: false,
    anchor: undefined,
    than: undefined,
  }
}

/** 去年 and 今年 are the report's own years; 目标 and 完成了 only lean to one. */
function readPeriod(question: Question, period: PeriodWord, { resultYear, planYear }: Report): void {
  const years: Partial<Record<PeriodWord, number>> = {
    result: resultYear,
    plan: planYear,
    before: resultYear - 1,
    next: planYear + 1,
  }
  const year = years[period]
  if (year !== undefined) question.years.push(year)
  else question.leaning ??= period === 'leansPlan' ? 'plan' : 'result'
}
