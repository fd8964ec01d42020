import { anyOf, type ReportLanguage } from '../knowledge/language.js'
import type { Indicator, Lexicon } from '../knowledge/lexicon.js'
import { shareOfPairs } from '../pairs.js'
import type { Content } from '../question/model.js'
import { fold } from '../question/normalize.js'
import type { Passage, ReportIndex } from './index.js'

/** How well each place of a match speaks for a statement: its own words, what leads up to it, its sentence, its headings. */
const IN_LEAD = 0.8
const IN_SENTENCE = 0.65
/** A statement with a subject of its own hardly speaks of what stands before it. */
const UNDER_OTHER = 0.5
/** What is only named later in the sentence is another matter. */
const BEHIND = 0.2
const IN_HEADING = 0.6
/** Words that a row takes for the question's. */
const BY_ROW = 0.95
const PARTIAL = 0.85
const LEAST_OVERLAP = 0.5
/** An indicator named elsewhere in the sentence is another one than this statement's. */
const ELSEWHERE = 0.25
const LONG_FORM = 5
const WIDENED = 0.9
const SPLIT = 0.85
const HALF = 2

export type Matcher = (content: Content, passage: Passage) => number

/** Makes the function that tells how well a passage matches one content, from 0 to 1. */
export function matcher(index: ReportIndex, lexicon: Lexicon, language: ReportLanguage): Matcher {
  const verbs = new RegExp(`^(?:${anyOf(language.figures.subjectless)})`)
  const named = new RegExp(`.{2}(?:${anyOf(lexicon.nameEndings)})$`)
  const related = new Map<Indicator, RegExp>()
  const widened = new Map<Indicator, boolean>()

  return (content, passage) => {
    if (content.number) {
      const isIn = (text: string) => content.alternatives.some((number) => holdsNumber(text, number))
      return isIn(passage.own) ? 1 : isIn(passage.around) ? IN_SENTENCE : 0
    }
    // A place, a span or a phase stands where it is meant: in the statement, or in what it stands under.
    if (content.exact)
      return content.alternatives.some((word) => passage.own.includes(word) || passage.headings.includes(word)) ? 1 : 0
    let best = 0
    for (let i = 0; i < content.alternatives.length; i++) {
      const place = placeOf(content.alternatives[i]!, content, passage)
      if (place === 1 && i === 0) return 1
      best = Math.max(best, place * (i === 0 ? 1 : BY_ROW))
    }
    if (content.indicator)
      return best < WIDENED && mayWiden(content.indicator)
        ? Math.max(best, endMatch(content, passage.own), splitMatch(content.text, passage.own))
        : best
    if (best >= PARTIAL || content.text.length < 3 || content.demanded) return best
    if (content.source === 'report' && named.test(content.text) && !isSubjectOf(content.text, passage))
      return Math.min(best, BEHIND)
    const loose = standsInOrder(content.text, passage.own) ? 1 : overlap(content.text, passage.own)
    // What stands whole in the sentence has been weighed by where it stands.
    const beside = passage.around.includes(content.text) ? 0 : overlap(content.text, passage.around)
    return Math.max(best, PARTIAL * loose, PARTIAL * IN_SENTENCE * beside)
  }

  function placeOf(wording: string, content: Content, passage: Passage): number {
    if (content.indicator ? standsAlone(wording, passage.own, content.indicator) : passage.own.includes(wording))
      return 1
    if (!passage.around.includes(wording))
      return !content.indicator && passage.headings.includes(wording) ? IN_HEADING : 0
    if (passage.lead.includes(wording) && passage.subjectless) return IN_LEAD
    if (content.indicator) return ELSEWHERE
    if (!passage.before.includes(wording)) return BEHIND
    return passage.subjectless ? IN_SENTENCE : UNDER_OTHER
  }

  /** Whether the statement right before is about what is named, and does not only do something to it: 青禾村入选…，接待游客…. */
  function isSubjectOf(wording: string, { statement }: Passage): boolean {
    const { statements } = statement.sentence
    const previous = statements[statements.indexOf(statement) - 1]
    return previous !== undefined && fold(previous.text).includes(wording) && !verbs.test(previous.text)
  }

  /** Whether the wording stands in the text other than inside another indicator's name (出口 in 进出口, 占地区生产总值比重). */
  function standsAlone(form: string, text: string, indicator: Indicator): boolean {
    if (!text.includes(form)) return false
    const own = text.replace(relatedTo(indicator), '·')
    return lexicon
      .longer(form)
      .reduce((rest, holder) => rest.replaceAll(holder, '·'), own)
      .includes(form)
  }

  function relatedTo(indicator: Indicator): RegExp {
    let pattern = related.get(indicator)
    if (!pattern) {
      pattern = new RegExp(
        `(?:${anyOf(language.figures.related)})(?:${anyOf([indicator.name, ...indicator.forms].map((f) => f.toLowerCase()))})`,
        'g',
      )
      related.set(indicator, pattern)
    }
    return pattern
  }

  /**
   * 居民人均可支配收入 in a report that only prints 城乡居民人均可支配收入 is meant by it:
   * where no wording of an indicator stands alone, longer ones that end with it will do.
   */
  function mayWiden(indicator: Indicator): boolean {
    let widens = widened.get(indicator)
    if (widens === undefined) {
      const forms = [indicator.name, ...indicator.forms]
      widens = !forms.some(
        (form) => index.prints(form) && index.passages.some((p) => standsAlone(form, p.own, indicator)),
      )
      widened.set(indicator, widens)
    }
    return widens
  }

  function endMatch(content: Content, own: string): number {
    const longer = content.alternatives
      .filter((a) => a.length >= LONG_FORM)
      .flatMap((a) => lexicon.longer(a).filter((l) => l.endsWith(a) && l.length - a.length > 1))
    return longer.some((form) => own.includes(form)) ? WIDENED : 0
  }
}

/** 签约项目 in 签约区外亿元以上产业类项目: both halves of an indicator's name that the report prints nowhere whole. */
function splitMatch(text: string, own: string): number {
  for (let at = HALF; at <= text.length - HALF; at++) {
    const from = own.indexOf(text.slice(0, at))
    if (from >= 0 && own.indexOf(text.slice(at), from + at) >= 0) return SPLIT
  }
  return 0
}

/** Whether all characters stand in order within a slightly longer run: 文旅活动 in 文体旅活动, 高新企业 in 高新技术企业. */
export function standsInOrder(text: string, within: string): boolean {
  const longest = Math.floor(text.length * 1.5) + 1
  for (let start = within.indexOf(text[0]!); start >= 0; start = within.indexOf(text[0]!, start + 1)) {
    let at = start
    for (let i = 1; i < text.length && at >= 0; i++) {
      const next = within.indexOf(text[i]!, at + 1)
      at = next >= 0 && next - start < longest ? next : -1
    }
    if (at >= 0) return true
  }
  return false
}

/** 5% is not in 43.5%. */
function holdsNumber(text: string, number: string): boolean {
  for (let at = text.indexOf(number); at >= 0; at = text.indexOf(number, at + 1)) {
    if (!/[\d.]/.test(text[at - 1] ?? '')) return true
  }
  return false
}

/** Share of the text's neighbouring pairs that `within` prints; 0 below a half. */
function overlap(text: string, within: string): number {
  const share = shareOfPairs(text, within)
  return share >= LEAST_OVERLAP ? share : 0
}
