import type { Handler } from '../src/handler.js'
import { shareOfPairs } from '../src/pairs.js'
import type { Question } from '../src/question/model.js'
import { fold } from '../src/question/normalize.js'
import { draft } from '../src/reply/draft.js'
import { namedItems } from '../src/reply/headline.js'
import { say } from '../src/reply/words.js'
import type { Statement, Term } from '../src/report/model.js'

const NAMED = 0.65
/** 550那个政策: the number in a term's name names it. */
const BY_CODE = 0.9
const LIGHT = 0.3

const PART = /(?:[中里]的?|那个|的)(\d+|[a-z])(?![\d+a-z])/

const plain = (text: string) => fold(text).replace(/["《》\s]/g, '')

/** What a term means (啥是口袋公园), from the report's own glossary. */
export const glossary: Handler = {
  name: 'glossary',
  handle: ({ question, message }, { report, index }) => {
    // 某区战略性新兴产业增速多少 asks for no meaning.
    if (question.foreignPlace && question.cues.has('number')) return undefined
    const text = plain(question.text)
    const contents = [...question.contents, ...question.inherited]
    const [only, ...more] = question.contents.filter((c) => c.weight > LIGHT)
    // 战新产业 is no word of the report; what a row takes it for is.
    const meant = only && !more.length && !index.attests(only.text) ? only.alternatives : []
    const whole = [text, ...contents.map((c) => plain(c.text)), ...meant.map(plain)].join('\n')
    const term = report.terms
      .map((t) => ({ term: t, share: named(t, whole) }))
      .filter((t) => t.share >= NAMED)
      .sort((a, b) => b.share - a.share || b.term.name.length - a.term.name.length)[0]?.term
    if (!term) return undefined
    const asksMeaning = question.cues.has('glossary')
    const asksPart =
      /[吗?？]$/.test(message.text) ||
      (['what', 'who', 'where', 'list', 'when', 'check'] as const).some((cue) => question.cues.has(cue))
    const bare = text.length <= plain(term.name).length + 1 && message.questions.length === 1
    const exact = named(term, whole) === 1
    const asksFigure =
      question.years.length > 0 || question.leaning !== undefined || (question.wants.length > 0 && !exact)
    if (!asksMeaning && !bare && (!(asksPart || (exact && question.cues.has('number'))) || asksFigure)) return undefined
    const statements = report.statements.filter((s) => s.start >= term.start && s.end <= term.end)
    // 口袋公园占了多少亩: a meaning that holds no such number does not tell it.
    const figures = statements.flatMap((s) => s.figures)
    const isTold = question.wants.some((want) => figures.some((f) => f.dimension === want || f.kind === want))
    if (!asksMeaning && question.wants.length && !isTold) return undefined
    const part = partAsked(text, statements)
    const first = part ?? statements.find((s) => s.text.length > term.name.length + 4) ?? statements[0]!
    const explained = part ? part.text.replace(/[，；。]+$/, '') : term.meaning.split('。')[0]!
    const fact = say('term', { name: term.name.replace(/[“”"]/g, ''), meaning: explained })
    return draft({
      kind: 'answer',
      intent: 'glossary',
      headline: message.cues.has('check') && isContradicted(question, term) ? say('wrong', { fact }) : fact,
      statements: [first],
      items: namedItems(first),
      confidence: asksMeaning || bare || exact ? 1.5 : 1.25,
    })
  },
}

/** 意思是给550万, 江苏那边创造的: a claim of the term that names a number or a place which its explanation does not. */
function isContradicted({ mentions, foreignPlace }: Question, term: Term): boolean {
  const told = plain(term.name + term.meaning)
  const place = foreignPlace?.replace(/(?:省|市|自治区)$/, '')
  return mentions.some((m) => !told.includes(m.text)) || (place !== undefined && !told.includes(place))
}

/** 3+5+N里的5: the statement that tells this part of the name. */
function partAsked(text: string, statements: Statement[]): Statement | undefined {
  const asked = PART.exec(text)?.[1]
  return asked ? statements.find((s) => plain(s.text).startsWith(asked) && /^[“"]/.test(s.text)) : undefined
}

/** How much of a term's name the question prints; the quoted core of a name (名特优新 of “名特优新”农产品) is enough. */
function named(term: Term, text: string): number {
  const name = plain(term.name)
  const core = plain(/“([^”]+)”/.exec(term.name)?.[1] ?? '')
  if (text.includes(name) || (core.length >= 3 && text.includes(core))) return 1
  const code = /\d{2,}/.exec(name)?.[0]
  if (code && new RegExp(`(?<![\\d.])${code}(?![\\d.])`).test(text)) return BY_CODE
  if (name.length < 4) return 0
  return shareOfPairs(name, text)
}
