import type { ReportLanguage } from '../knowledge/language.js'
import type { Lexicon } from '../knowledge/lexicon.js'
import type { Report } from '../report/model.js'
import type { Question } from './model.js'

/** 哪些国家, 哪几个村: the kind of thing that the answer has to name. */
const CLASS_NOUN =
  /哪(?:些|几个|几家|几项|几条|几类|几种|[一二两三四五六七八九十](?:个|家|项|条|类|种|位|样|块|大)?(?![个家项条类种位样块大])|个)(\p{Script=Han}{1,3}?)(?=$|[，。？?、]|[要去来在被把的今是有进上入获列报拟申])/u
const WHICH_OF_SOME = /哪[一二两三四五六七八九十几](?!天|年|月)/
/** 那几家叫啥: their names are wanted. */
const SOME = /[那这]几/
/** 就业工作去年情况: an account is wanted; of an indicator, its figure. */
const ACCOUNT = /情况$/
const DONE = /[^为]了/
/** A rate is told in percent. */
export const RATE = /率(?![先领])/

/** Adds what the question's whole wording says of the answer wanted: names, a rate, what was done. */
export function readManner(question: Question, language: ReportLanguage, lexicon: Lexicon, report: Report): void {
  const { text } = question
  question.classNoun = CLASS_NOUN.exec(text)?.[1]
  // 跟哪两家一块评上: together, and no kind of thing.
  if (question.classNoun?.startsWith('一')) question.classNoun = undefined
  const kind = lexicon.entries.get(question.classNoun ?? '')
  const isStage = question.cues.has('status')
  if (
    question.cues.has('compare') ||
    isStage ||
    kind?.cue ||
    kind?.light ||
    kind?.period ||
    language.units.has(question.classNoun ?? '')
  )
    question.classNoun = undefined
  if (WHICH_OF_SOME.test(text) && !isStage) question.cues.add('list')
  else if (text.includes('哪') && !isStage) question.cues.add('what')
  if (ACCOUNT.test(text) && !isStage && !question.wants.length && !question.contents.some((c) => c.indicator))
    question.cues.add('summary')
  if (SOME.test(text) && question.cues.has('what')) question.cues.add('list')
  if (RATE.test(text) && !question.wants.length) question.wants.push('percent')
  // 报告点了哪几处: what is said of the report tells nothing of when.
  const isDone = DONE.test(
    question.words
      .filter((w) => !isIdle(w))
      .map((w) => w.text)
      .join(''),
  )
  if (question.cues.has('list') && isDone && !question.years.length && !question.leaning)
    question.years.push(report.resultYear)
  const isOpen = !question.leaning && !question.years.length && question.contents.length > 0
  if (isOpen && isDone) question.leaning = 'result'
}

function isIdle({ text, entry }: Question['words'][number]): boolean {
  return text.length > 1 && typeof entry === 'object' && entry.filler === true
}
