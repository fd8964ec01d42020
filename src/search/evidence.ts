import { CONTRASTS, contrasts } from '../contrast.js'
import { anyOf, type ReportLanguage } from '../knowledge/language.js'
import type { Indicator, Lexicon } from '../knowledge/lexicon.js'
import type { Content, Question } from '../question/model.js'
import type { Figure, Statement } from '../report/model.js'
import type { Passage, ReportIndex } from './index.js'
import { tokenize } from './tokens.js'

/** A statement of the report weighed against a question. */
export interface Evidence {
  statement: Statement
  passage: Passage
  /** The figure that answers what is wanted, where one does. */
  figure: Figure | undefined
  /** Share of the question's weight that the statement (with its sentence and headings) matches, 0 to 1. */
  coverage: number
  score: number
  /** Contents that the statement leaves unmatched. */
  unmet: Content[]
  /** Whether it is of the time asked for. */
  inTime: boolean
  /** Whether it matches every content that is required. */
  able: boolean
  /** Whether it has a figure of the kind asked for (true where none is asked for). */
  fits: boolean
  /** Who or where is asked, and it names nobody and no place. */
  lacksName: boolean
}

const CANDIDATES = 60
/** A follow-up that stays with the sentence of the answer before need not name again what it is about. */
const IN_ANCHOR = 0.9
const IN_LEAD = 0.8
/** A statement with a subject of its own hardly speaks of what stands before it. */
const UNDER_OTHER = 0.5
/** What is only named later in the sentence is another matter. */
const BEHIND = 0.35
const IN_SENTENCE = 0.65
const IN_HEADING = 0.6
const BY_ROW = 0.95
const PARTIAL = 0.85
const LEAST_OVERLAP = 0.5
/** An indicator named elsewhere in the sentence is another one than this statement's. */
const ELSEWHERE = 0.25
/** A measure word that the figure shares (几座: 5座) is evidence too, once enough of the rest is matched. */
const CLASSIFIER = 0.45
const LEAST_NAMED = 0.42
/** A content this light costs nothing when the statement lacks it. */
const LIGHT = 0.12
const LONG_FORM = 5
const WIDENED = 0.9
/** An average over several years is not the year's figure. */
const AVERAGE = /年均|五年|年平均/
const MATCHED = 0.4

/** Makes the function that finds the statements nearest to a question, best first, each with how much of the question it covers. */
export function evidenceFinder(index: ReportIndex, lexicon: Lexicon, language: ReportLanguage) {
  const increase = new RegExp(`(?:${anyOf(language.figures.increase)})[^，；。]*$`)
  const total = new RegExp(anyOf(language.figures.total))
  const { report } = index

  /**
   * 居民人均可支配收入 in a report that only prints 城乡居民人均可支配收入 is meant by it:
   * where no wording of an indicator stands alone, longer ones that end with it will do.
   */
  const widened = new Map<Indicator, boolean>()
  function mayWiden(indicator: Indicator): boolean {
    let widens = widened.get(indicator)
    if (widens === undefined) {
      widens = ![indicator.name, ...indicator.forms].some((form) => index.passages.some((p) => standsAlone(form, p.own, lexicon)))
      widened.set(indicator, widens)
    }
    return widens
  }

  return (question: Question): Evidence[] => {
    const own = question.contents.length ? question.contents : question.inherited
    const extra = question.contents.length ? question.inherited : []
    const terms = [...own, ...extra].flatMap((c) => c.alternatives.flatMap(tokenize))
    if (terms.length === 0) return []
    const passages = index.search([...new Set(terms)], CANDIDATES)
    const wants = wantedDimensions(question)
    return passages.map((p) => weigh(question, own, extra, wants, p)).sort((a, b) => b.score - a.score)
  }

  function weigh(question: Question, own: Content[], extra: Content[], wants: Set<string>[], passage: Passage): Evidence {
    const { statement } = passage
    let total = 0
    let met = 0
    let able = true
    const heavy = own.some((c) => c.weight > LIGHT)
    const unmet: Content[] = []
    for (const content of own) {
      const inAnchor = question.anchor === statement.sentence.id && passage.around.includes(content.text)
      const match = Math.max(inAnchor ? IN_ANCHOR : 0, matchOf(content, passage, lexicon), content.indicator && mayWiden(content.indicator) ? endMatch(content, passage.own, lexicon) : 0)
      if (match === 0 && content.weight <= LIGHT && heavy) continue
      total += content.weight
      met += content.weight * match
      if (content.required && match < MATCHED) able = false
      if (match < MATCHED && content.weight >= 0.3) unmet.push(content)
    }
    const named = total > 0 ? met / total : 0
    for (const classifier of question.classifiers) {
      total += CLASSIFIER
      met += CLASSIFIER * classifierMatch(classifier, statement)
    }
    const coverage = named < LEAST_NAMED ? Math.min(named, met / total) : total > 0 ? met / total : 0
    const bonus = extra.length ? extra.reduce((sum, c) => sum + c.weight * matchOf(c, passage, lexicon), 0) / extra.reduce((sum, c) => sum + c.weight, 0) : 0
    const inTime = isInTime(question, statement)
    const figure = figureFor(question, own, wants, statement)
    const asksNumber = wants.length > 0 || question.cues.has('number')
    const exact = figure !== undefined && question.wants.some((w) => w === figure.dimension || w === figure.kind)
    const graded = !question.wants.includes('grade') || GRADE.test(passage.own)
    const onlyIncrease = figure !== undefined && statement.figures.every((f) => isOnlyIncrease(question, f))
    const timed = !question.cues.has('when') || /\d{4}年|\d{1,2}月|年底|年内|季度|\d日/.test(statement.text)
    const lacksName = !namesActor(question, own, statement) || !namesKind(question.classNoun, passage.own)
    const grade = question.wants.includes('grade') && graded
    const fits = grade ? inTime : !timed || !graded || onlyIncrease || contrasts(question.text, statement.text, CONTRASTS.scope) || lacksName ? false : wants.length ? wants.some((w) => statement.figures.some((f) => answers(f, w))) : !asksNumber || figure !== undefined
    let score = coverage + 0.3 * bonus + (figure ? 0.2 * focus(figure, own) : 0)
    if (statement.tense === 'definition' && !question.cues.has('glossary')) score -= asksNumber || question.years.length ? 0.2 : 0.05
    if (statement.tense === 'other') score -= 0.05
    if (question.leaning && !question.years.length) score += statement.tense === question.leaning ? 0.08 : -0.04
    else if (!question.years.length && statement.tense === 'result') score += 0.03
    if (question.anchor === statement.sentence.id) score += 0.15
    if (exact) score += 0.06
    if (wants.length > 1) score += 0.1 * (wants.filter((w) => statement.figures.some((f) => answers(f, w))).length / wants.length)
    if (AVERAGE.test(statement.text) && !AVERAGE.test(question.text)) score -= 0.1
    if (!able) score -= 0.2
    if (!inTime) score -= 0.3
    if (!fits) score -= 0.25
    return { statement, passage, figure, coverage, score, unmet, able, inTime, fits, lacksName }
  }

  function wantedDimensions(question: Question): Set<string>[] {
    return [...new Set(question.wants)].filter((w) => w !== 'grade').map((w) => lexicon.fits.get(w) ?? new Set([w]))
  }

  /** 总共有几家 is not answered by 新建2家. */
  function isOnlyIncrease(question: Question, figure: Figure): boolean {
    return total.test(question.text) && increase.test(figure.sentence.text.slice(figure.statement.from, figure.from))
  }

  function answers(figure: Figure, want: Set<string>): boolean {
    if (figure.kind === 'name' || figure.kind === 'threshold') return false
    if (figure.kind === 'date') return want.has('time')
    return want.has(figure.dimension) || want.has(figure.kind)
  }

  function figureFor(question: Question, own: Content[], wants: Set<string>[], statement: Statement): Figure | undefined {
    const able = statement.figures.filter((f) => (wants.length ? wants.some((w) => answers(f, w)) : !['name', 'date', 'threshold'].includes(f.kind)))
    const pool = able.length || wants.length ? able : statement.figures.filter((f) => question.cues.has('when') && f.kind === 'date')
    return pool.reduce<Figure | undefined>((best, f) => (best && focus(best, own) >= focus(f, own) ? best : f), undefined)
  }

  function isInTime(question: Question, statement: Statement): boolean {
    if (!question.years.length || statement.tense === 'definition') return true
    return question.years.some((year) => {
      if (statement.years.includes(year) || statement.text.includes(String(year))) return true
      if (year === report.resultYear) return statement.tense === 'result'
      return year === report.planYear && statement.tense === 'plan' && !statement.years.some((y) => y > year)
    })
  }
}

const GRADE = /\da级|[ivx]+类|[一二三四五]级/
const PLACE_NAME = /\p{Script=Han}{2}(?:村|镇|街|路|区|市|县|省|国|旗|湖|山|桥|园|馆|院|校|站|港)/u
const ORGANISATION = /公司|企业|集团|科技|大学|学院|医院|学校|中心|协会|部门|单位|局|委|馆|厂|店|社/
const LEADING_VERB = /^(?:引进|实施|推动|加快|完成|建设|新建|推进|开展|启动|建成|打造|争取|做好|加强|组织|重点|积极|全面|持续|大力|继续|深入|稳步|扎实|高质量|全年|全区|全市|全省|其中|同时|以|新增|支持|鼓励|引导|培育|制定)+/

/** Who and where need a name beside what the question names already: 引进10万头肉羊项目 does not say whose it is. */
function namesActor(question: Question, own: Content[], statement: Statement): boolean {
  const who = question.cues.has('who')
  if (!who && !question.cues.has('where')) return true
  let rest = statement.text
  for (const content of own) for (const word of content.alternatives) rest = rest.replaceAll(word, '·')
  if (!who) return PLACE_NAME.test(rest)
  const head = rest.replace(LEADING_VERB, '').split(/[\d·]/)[0] ?? ''
  return ORGANISATION.test(rest) || head.replace(LEADING_VERB, '').length >= 2
}

const ANY_KIND = /^(?:项目|企业|公司|单位|方面|工作|事情?|活|措施|举措|问题|不足|地方|产品|东西|内容|指标|目标|任务|数据?|人|牌子|荣誉|活动|产业|行业|领域|工程|类型|样)$/

/** 哪些国家 is not answered by a sentence that names none; kinds too general to be printed (项目, 企业) are let pass. */
function namesKind(kind: string | undefined, own: string): boolean {
  return kind === undefined || ANY_KIND.test(kind) || own.includes(kind.at(-1)!)
}

function classifierMatch(classifier: string, statement: Statement): number {
  const unit = /^[回趟遍]$/.test(classifier) ? '次' : classifier
  const units = statement.figures.map((f) => f.unit)
  if (units.some((u) => u === unit || (unit.length === 1 && u.startsWith(unit)))) return 1
  return 0
}

/** How well a passage matches one content: 1 for the words themselves, less for its sentence, its headings, or a part of the words. */
function matchOf(content: Content, passage: Passage, lexicon: Lexicon): number {
  let best = 0
  for (const [i, alternative] of content.alternatives.entries()) {
    const rate = i === 0 ? 1 : BY_ROW
    if (content.indicator ? standsAlone(alternative, passage.own, lexicon) : passage.own.includes(alternative)) best = Math.max(best, rate)
    else if (passage.lead.includes(alternative)) best = Math.max(best, rate * (passage.subjectless ? IN_LEAD : UNDER_OTHER))
    else if (content.indicator) best = Math.max(best, passage.around.includes(alternative) ? ELSEWHERE : 0)
    else if (passage.around.includes(alternative)) best = Math.max(best, rate * (passage.before.includes(alternative) ? (passage.subjectless ? IN_SENTENCE : UNDER_OTHER) : BEHIND))
    else if (passage.headings.includes(alternative)) best = Math.max(best, rate * IN_HEADING)
    if (best === 1) return 1
  }
  if (content.indicator || content.text.length < 3) return best
  const loose = Math.max(overlap(content.text, passage.own), standsInOrder(content.text, passage.own) ? 1 : 0)
  return Math.max(best, PARTIAL * loose, PARTIAL * IN_SENTENCE * overlap(content.text, passage.around))
}

/** 占地区生产总值比重, 单位地区生产总值能耗 are other indicators. */
const RELATED = /(?:占|单位|万元|亿元|人均|相当于)$/

/** Whether the wording stands in the text other than inside a longer indicator's name. */
function standsAlone(form: string, text: string, lexicon: Lexicon): boolean {
  if (!text.includes(form)) return false
  const longer = lexicon.longer.get(form)
  const bare = longer ? longer.reduce((rest, holder) => rest.replaceAll(holder, '·'), text) : text
  for (let at = bare.indexOf(form); at >= 0; at = bare.indexOf(form, at + 1)) {
    if (!RELATED.test(bare.slice(Math.max(0, at - 3), at))) return true
  }
  return false
}

function endMatch(content: Content, own: string, lexicon: Lexicon): number {
  const longer = content.alternatives.filter((a) => a.length >= LONG_FORM).flatMap((a) => (lexicon.longer.get(a) ?? []).filter((l) => l.endsWith(a)))
  return longer.some((form) => own.includes(form)) ? WIDENED : 0
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

/** Share of the text's neighbouring pairs that `within` prints; 0 below a half. */
function overlap(text: string, within: string): number {
  let held = 0
  for (let i = 0; i + 1 < text.length; i++) if (within.includes(text.slice(i, i + 2))) held++
  const share = held / (text.length - 1)
  return share >= LEAST_OVERLAP ? share : 0
}

/** Share of a figure's metric that the question names. */
function focus(figure: Figure, contents: Content[]): number {
  const { metric } = figure
  if (metric.length < 2) return 0
  let held = 0
  for (let i = 0; i + 1 < metric.length; i++) {
    const pair = metric.slice(i, i + 2).toLowerCase()
    if (contents.some((c) => c.alternatives.some((a) => a.includes(pair)))) held++
  }
  return held / (metric.length - 1)
}
