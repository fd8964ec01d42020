import { CONTRASTS } from '../contrast.js'
import { anyOf, type ReportLanguage } from '../knowledge/language.js'
import type { Lexicon } from '../knowledge/lexicon.js'
import { pairsOf } from '../pairs.js'
import type { Content, Question } from '../question/model.js'
import { fold } from '../question/normalize.js'
import type { Figure, Report, Statement } from '../report/model.js'
import type { Passage } from './index.js'

const GRADE = /\d?a级|[ivx]+类|[一二三四五]级/
const DATED = /\d{4}年|\d{1,2}月|年底|年内|季度|\d日/
const PLACE_NAME = /\p{Script=Han}{2}(?:村|镇|街|路|区|市|县|省|国|旗|湖|山|桥|园|馆|院|校|站|港)(?![外内级域间长])/u
const ORGANISATION = /公司|企业|集团|科技|大学|学院|医院|学校|中心|协会|部门|单位|局|委|馆|厂|店|社/
const LAND = /[亩顷]$/
/** Measure words that nobody swaps for another. */
const STRICT_UNIT = /^(?:张|辆|台|只|头|株|棵|艘|列|架|盏|眼|床|.+位)$/
/** Measure words of which either will do: 头 or 只 of animals, 台 or 辆 of vehicles. */
const SWAPPED = ['头只', '台辆']
/** Kinds too general to be printed where they are named. */
const ANY_KIND =
  /^(?:项目|企业|公司|单位|方面|工作|事情?|活|措施|举措|问题|不足|地方|产品|东西|内容|指标|目标|任务|数据?|人|牌子|荣誉|活动|产业|行业|领域|工程|类型|样)$/

/** 比2023年多了几个 wants what it grew by. */
const BASELINE = /[比较跟和同与](?:前年|上年|上一年|20\d\d年?)(?:比|相比)?[^，。？]{0,4}(?:多|少|增|减|涨|降|升|高|低)/
/** A report tells it as a rate, or beside the year before. */
const GROWN = /同比|[比较]上年|[比较]20\d\d年/

const QUOTED = /[“《][^”》]*[”》]/g

const COUNTED = ['count', 'people', 'household']

/** What a question asks of its answer, worked out once. */
export interface Requirement {
  /** Dimensions of figures, one set for each thing wanted. */
  wants: Set<string>[]
  asksNumber: boolean
  /** Neighbouring pairs of all wordings of the question, by which a figure's metric is recognised. */
  pairs: Set<string>
  /** Whether this figure is of the kind wanted; where no kind is named, whether it measures anything. */
  answers: (figure: Figure, want?: Set<string>) => boolean
  /** Whether the statement is of the time asked for. */
  inTime: (statement: Statement) => boolean
  /** Who, where or what kind is asked, and the statement names none. */
  lacksName: (passage: Passage) => boolean
  /** Whether the statement has what is wanted: a figure of the kind, a date, a grade, the scope asked for. */
  fits: (passage: Passage, figure: Figure | undefined) => boolean
}

/** Makes the function that turns a question into what its answer must be. */
export function requirements(report: Report, lexicon: Lexicon, language: ReportLanguage) {
  const increase = new RegExp(`(?:${anyOf(language.figures.increase)})[^，；。]*$`)
  const total = new RegExp(anyOf(language.figures.total))
  /** 每个街道几个, 各街道多少 */
  const eachOf = new RegExp(`(?:[每各]一?[个家所条座]?|分)(${anyOf(lexicon.parts)})`)
  const cause = new RegExp(anyOf(lexicon.causes))
  const output = new RegExp(anyOf(lexicon.output))
  const leadingVerb = new RegExp(`^(?:${anyOf([...language.figures.subjectless, ...language.figures.leadingVerbs])})+`)

  return (question: Question, own: Content[]): Requirement => {
    const wants = [...new Set(question.wants)]
      .filter((w) => w !== 'grade')
      .map((w) => lexicon.fits.get(w) ?? new Set([w]))
    const graded = question.wants.includes('grade')
    const asksNumber = wants.length > 0 || question.cues.has('number')
    const [who, where, when] = [question.cues.has('who'), question.cues.has('where'), question.cues.has('when')]
    const why = question.cues.has('why') && !question.cues.has('number')
    const strict = question.classifiers.filter((unit) => STRICT_UNIT.test(unit))
    /** 占地几亩 is not answered by 年产1200万平方米. */
    const land = question.classifiers.some((unit) => LAND.test(unit))
    const baseline = asksNumber && BASELINE.test(question.text)
    /** 签约额460.1亿，同比增速多少: the amount alone is half of what is asked. */
    const growth = question.wants.includes('growth') && question.groups === 0 && question.mentions.length > 0
    const each = asksNumber ? eachOf.exec(question.text)?.[1] : undefined
    const asksOutput = output.test(question.text)
    const asksTotal = total.test(question.text)
    const scopes = CONTRASTS.scope.filter((row) => row.some((w) => question.text.includes(w)))
    const kinds = kindsOf(question.classNoun, own)

    /** 总共有几家 is not answered by 新建2家. */
    const isIncrease = (figure: Figure): boolean => {
      if (!asksTotal) return false
      const rise = increase.exec(figure.sentence.text.slice(figure.statement.from, figure.from))?.[0]
      return rise !== undefined && !total.test(rise)
    }
    const answers = (figure: Figure, want?: Set<string>): boolean => {
      if (figure.kind === 'name' || figure.kind === 'threshold' || isIncrease(figure)) return false
      if (asksOutput && figure.kind === 'capacity') return false
      if (land && figure.kind === 'capacity' && !LAND.test(figure.unit)) return false
      if (figure.kind === 'date') return want ? want.has('time') : when
      // 多少起 is not answered by 108天.
      if (want && figure.dimension === 'time') return want.has('time')
      return want === undefined || want.has(figure.dimension) || want.has(figure.kind) || isNone(figure, want)
    }
    const inTime = (statement: Statement): boolean => {
      if (!question.years.length) return true
      if (statement.tense === 'definition')
        return question.years.every(
          (y) => y === report.resultYear || y === report.planYear || tellsOf(y, statement.text),
        )
      return question.years.some((year) => {
        if (statement.years.includes(year) || tellsOf(year, statement.text)) return true
        if (year === report.resultYear) return statement.tense === 'result'
        return year === report.planYear && statement.tense === 'plan' && !statement.years.some((y) => y > year)
      })
    }
    // 较2023年提高 tells of 2023 only where that is compared with.
    const tellsOf = (year: number, text: string) =>
      text.includes(`${year}`) && (baseline || new RegExp(`(?<![较比同与])${year}`).test(text))
    const lacksName = (passage: Passage): boolean => {
      if (kinds && !kinds.some((kind) => passage.own.includes(kind))) return true
      if (!who && !where) return false
      // A name in quotation marks (“某市示范店”) is an honour or a title.
      let rest = where ? fold(passage.statement.text.replace(QUOTED, '·')) : passage.own
      // That it is all in the report's own place tells nothing of where.
      const known = [...own.flatMap((c) => c.alternatives), ...(where ? report.placeAliases : [])]
      for (const word of known) rest = rest.replaceAll(word, '·')
      if (!who) return !PLACE_NAME.test(rest)
      const head = rest.replace(leadingVerb, '').split(/[\d·]/)[0] ?? ''
      return !ORGANISATION.test(rest) && head.replace(leadingVerb, '').length < 2
    }
    const otherScope = (text: string): boolean => {
      if (scopes.length !== 1) return false
      const stated = CONTRASTS.scope.filter((row) => row.some((w) => text.includes(w)))
      return stated.length > 0 && !stated.includes(scopes[0]!)
    }

    const fits = (passage: Passage, figure: Figure | undefined): boolean => {
      const { statement } = passage
      if (graded) return GRADE.test(passage.own)
      if (why && !cause.test(passage.around)) return false
      if ((when && !DATED.test(statement.text)) || otherScope(statement.text)) return false
      if (growth && !tellsGrowth(statement)) return false
      if (baseline && !tellsGrowth(statement)) return false
      if (each && !passage.own.includes(each)) return false
      if (strict.length && !strict.some((unit) => statement.figures.some((f) => hasMeasure(f, unit)))) return false
      if (wants.length) return wants.some((want) => statement.figures.some((f) => answers(f, want)))
      return !asksNumber || figure !== undefined
    }
    return {
      wants,
      asksNumber,
      pairs: new Set(own.flatMap((c) => c.alternatives.flatMap(pairsOf))),
      answers,
      inTime,
      lacksName,
      fits,
    }
  }
}

/** 未发生一例 answers 几户 too: none is none of whatever is counted. */
function isNone({ value, dimension }: Figure, want: Set<string>): boolean {
  return value === 0 && dimension === 'count' && COUNTED.some((d) => want.has(d))
}

function tellsGrowth({ figures, text }: Statement): boolean {
  return figures.some((f) => f.kind === 'growth' || f.kind === 'points') || GROWN.test(text)
}

function hasMeasure({ unit }: Figure, asked: string): boolean {
  return unit.endsWith(asked) || SWAPPED.some((pair) => pair.includes(asked) && pair.includes(unit.at(-1)!))
}

/** What may be printed for the kind of thing asked for (哪几条地铁): its last character, or another wording of it. */
function kindsOf(classNoun: string | undefined, contents: Content[]): string[] | undefined {
  if (!classNoun || ANY_KIND.test(classNoun)) return undefined
  const same = contents.filter((c) => c.text.length > 1 && classNoun.endsWith(c.text))
  return [classNoun.at(-1)!, ...same.flatMap((c) => c.alternatives)]
}
