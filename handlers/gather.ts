import { type Asked, focusOf, type Handler, type Kit, LEAST_CONFIDENCE, topicOf } from '../src/handler.js'
import { fold } from '../src/question/normalize.js'
import type { Draft, Item } from '../src/reply/draft.js'
import { draft } from '../src/reply/draft.js'
import { factLine, namedItems } from '../src/reply/headline.js'
import { say } from '../src/reply/words.js'
import type { Section, Statement } from '../src/report/model.js'
import { fromChinese } from '../src/report/numerals.js'
import type { Evidence } from '../src/search/evidence.js'
import { standsInOrder } from '../src/search/match.js'

const COUNTED = /([一二两三四五六七八九十]|\d+)(?:个|大)?(?:方面|块|项|大|部分|类)/
const ANNOUNCED = /([二三四五六七八九十]+)个?(?:方面|大|项|部分)(?:的?)(?:工作|任务|重点工作|重点任务)/
/** Run-in headings are no parts of their own. */
const RUN_IN = 6
/** So many sentences after a mere number are told with it. */
const NEXT = 2
const MOST = 8
/** How near to the best statement another must come to be told with it. */
const NEAR = 0.82

/** Everything the report says of a topic or section (今年医疗高地怎么打造). */
export const summary: Handler = { name: 'summary', handle: (asked, kit) => gather('summary', asked, kit) }

/** Everything of one kind (去年有哪些项目投产). */
export const list: Handler = { name: 'list', handle: (asked, kit) => gather('list', asked, kit) }

/** 今年要抓哪五个方面工作: where a sentence announces as many things as its section has parts, their headings are the list. */
export const outline: Handler = {
  name: 'outline',
  handle: ({ question, message }, { report }) => {
    if (!message.cues.has('list') && !message.cues.has('what')) return undefined
    const asked = COUNTED.exec(question.text)
    if (!asked || !/工作|任务|方面/.test(question.text)) return undefined
    for (const sentence of report.sentences) {
      const announced = ANNOUNCED.exec(sentence.text)
      const parts = report.sections.filter(
        (s) => s.parent !== undefined && s.parent === sentence.section && s.level < RUN_IN,
      )
      const count = announced ? fromChinese(announced[1]!) : 0
      if (!announced || parts.length < 2 || count !== parts.length || fromChinese(asked[1]!) !== count) continue
      const statement = sentence.statements.find((s) => s.text.includes(announced[0])) ?? sentence.statements[0]!
      return draft({
        kind: 'answer',
        intent: 'list',
        headline: say('outline', { what: announced[0] }),
        lines: parts.map((p) => p.heading),
        headings: parts,
        statements: [statement],
        items: parts.map((p) => ({ text: p.heading, statement: statement.id })),
        confidence: 1.3,
      })
    }
    return undefined
  },
}

function gather(intent: 'summary' | 'list', asked: Asked, kit: Kit): Draft | undefined {
  const { question, evidence, message } = asked
  const isAsked =
    message.cues.has(intent) ||
    (intent === 'summary' && (message.cues.has('status') || message.cues.has('list')) && headed(asked) !== undefined)
  if (!isAsked || question.wants.length) return undefined
  const section = headed(asked)
  const timely = evidence.filter((e) => e.able && e.inTime && !e.lacksName && e.statement.tense !== 'other')
  const told = timely.filter((e) => e.statement.tense !== 'definition')
  const able = (told[0]?.coverage ?? 0) >= LEAST_CONFIDENCE ? told : timely
  const best = able[0]
  if (!best) return undefined
  const near = able.filter((e) => e.coverage >= best.coverage * NEAR && e.score >= best.score - 0.25)
  const listed = best.statement.text.endsWith('：') ? following(best.statement, kit) : []
  const statements = listed.length
    ? listed
    : intent === 'summary' || near.length > 1
      ? withSection(near, asked, kit)
      : near.map((e) => e.statement)
  if (
    intent === 'list' &&
    new Set(statements.map((s) => s.sentence)).size === 1 &&
    namedItems(best.statement).length === 0
  ) {
    statements.push(...following(best.statement, kit, true))
  }
  const when = question.years.length ? `（${question.years.join('、')}年）` : ''
  const only = new Set(statements.map((s) => s.sentence.id)).size === 1
  return draft({
    kind: 'answer',
    intent,
    headline: only
      ? factLine(kit.report, best.statement, focusOf(question))
      : say(intent, { topic: topicOf(question), when }),
    statements: statements.slice(0, MOST),
    items: enumerated(statements, best.statement),
    confidence: Math.max(best.coverage, section ? 0.8 : 0) + 0.15,
  })
}

/** What stands below a line that ends with a colon; `near`: the next sentences of its paragraph, which tell the names. */
function following({ sentence }: Statement, { report }: Kit, near = false): Statement[] {
  return report.sentences
    .filter((s) => s.section === sentence.section && s.id > sentence.id)
    .filter((s) => !near || (s.paragraph === sentence.paragraph && s.id <= sentence.id + NEXT))
    .map((s) => s.statements[0]!)
}

/** Where a heading names the topic, the whole of its section is meant; else the statements themselves, in the report's order. */
function withSection(near: Evidence[], asked: Asked, { report }: Kit): Statement[] {
  const section = headed(asked)
  const inSection = section
    ? report.sentences.filter((s) => s.section === section).map((s) => firstHit(s.statements, near))
    : []
  const rest = near.map((e) => e.statement).filter((s) => s.sentence.section !== section)
  return [...inSection, ...rest.slice(0, section ? 3 : MOST)].sort((a, b) => a.start - b.start)
}

/** The section whose heading names the one thing asked about. */
function headed({ question, evidence }: Asked): Section | undefined {
  const topics = question.contents.filter((c) => c.weight > 0.3 && c.text.length > 1)
  if (topics.length !== 1) return undefined
  const names = (section: Section | undefined) =>
    topics[0]!.alternatives.some((a) => a.length > 1 && standsInOrder(a, fold(section?.heading ?? '')))
  const timely = evidence.filter((e) => e.inTime && e.statement.tense !== 'definition')
  return timely.find((e) => names(e.statement.sentence.section))?.statement.sentence.section
}

function firstHit(statements: Statement[], near: Evidence[]): Statement {
  return near.find((e) => statements.includes(e.statement))?.statement ?? statements[0]!
}

/** 一是…；二是…: what 第二个 will point at. */
function enumerated(statements: Statement[], best: Statement): Item[] {
  const numbered = statements.find((s) => /一是.+二是/.test(s.sentence.text))
  if (numbered) {
    const parts = numbered.sentence.text
      .split(/(?=[一二三四五六七八九]是)/)
      .filter((part) => /^[一二三四五六七八九]是/.test(part))
    return parts.map((text) => ({ text, statement: numbered.id }))
  }
  if (new Set(statements.map((s) => s.sentence.id)).size === 1) return namedItems(best)
  return statements.map((s) => ({ text: s.text, statement: s.id }))
}
