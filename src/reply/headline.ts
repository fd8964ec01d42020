import { anyOf } from '../knowledge/language.js'
import { STAGES } from '../knowledge/stages.js'
import { pairsOf } from '../pairs.js'
import type { Figure, Report, Statement } from '../report/model.js'
import type { Item } from './draft.js'

const LONGEST = 34
/** Items that each have a figure are told apart even in a short statement. */
const LONGEST_PARALLEL = 12
/** Joined by 和, a side shorter than this is no item of its own. */
const SHORTEST = 8
/** A year measures nothing. */
const MEASURED = /\d(?!\d*年)/

const STAGE_ONLY = new RegExp(`^(?:${anyOf(STAGES.flatMap((s) => s.words))})[，；。]*$`)
/** Words that name a kind and nothing of it. */
export const GENERIC = /^(?:项目|企业|公司|工程|工作|村|户|家|项|个)$/
/** Whom something is given to, with its number. */
const FOR_WHOM = /^(?:为|向|给)[^，、]*\d[^，、]*?(?=提供|发放|解决|送去|兑现|落实)/
const STAGE = new RegExp(`(?:已|均|都|全部|正)*(?:${anyOf(STAGES.flatMap((s) => s.words))})[^、]*$`)

/**
 * The statement as one line with its year spelled out: 2024年：一般公共预算收入完成12.39亿元，同比增长12.1%（预计）.
 * The words stay the report's own; a hedge that stands at the head of its sentence is put behind.
 */
export function factLine(
  report: Report,
  statement: Statement,
  focus: string[] = [],
  longest = LONGEST,
  figure?: Figure,
): string {
  const text =
    (figure && pairedText(statement, figure, focus)) ??
    narrowed(asksOnly(statement, figure).replace(/[，；。：、]+$/, ''), focus, longest, figure?.text)
  const hedges = [
    ...new Set(statement.figures.filter((f) => text.includes(f.text)).flatMap((f) => f.qualifiers)),
  ].filter((q) => !text.includes(q))
  return timeLabel(report, statement, text) + text + (hedges.length ? `（${hedges.join('、')}）` : '')
}

/**
 * The statement without what stands about the figure asked for and measures something else: what follows a rate
 * (同比增长40%，完成年度计划的116.1%), whom it is for (为577家企业提供1万余个就业岗位).
 */
function asksOnly({ text, figures, from }: Statement, figure: Figure | undefined): string {
  if (!figure || figures.length < 2) return text
  const end = text.indexOf('，', figure.to - from)
  const isRate = figure.kind === 'growth' || figure.kind === 'points'
  const kept = isRate && end > 0 ? text.slice(0, end) : text
  const lead = FOR_WHOM.exec(kept)?.[0].length ?? 0
  return lead > 0 && lead <= figure.from - from ? `……${kept.slice(lead)}` : kept
}

/** Of 果蔬育苗能力、蔬菜产量分别突破3亿株、48万吨 the one pair that is asked about: 蔬菜产量突破48万吨. */
function pairedText(statement: Statement, figure: Figure, focus: string[]): string | undefined {
  const rivals = statement.figures.filter((f) => f !== figure && f.metric && f.metric !== figure.metric)
  if (!statement.text.includes('分别') || !rivals.length) return undefined
  const named = (f: Figure) => focus.filter((word) => f.metric.toLowerCase().includes(word)).length
  if (rivals.some((r) => named(r) >= named(figure))) return undefined
  const lead = figure.qualifiers.filter((q) => statement.text.slice(0, figure.to - statement.from).includes(q))
  const trail = figure.qualifiers.filter((q) => !lead.includes(q))
  return `${figure.metric}${lead.join('')}${figure.text}${trail.join('')}`
}

function timeLabel(report: Report, statement: Statement, text: string): string {
  const year = statement.years.at(-1)
  if (statement.tense === 'definition' || year === undefined) return ''
  const isPlan = statement.tense === 'plan' && year >= report.planYear
  if (text.includes(`${year}年`)) return isPlan && !/目标|计划|力争/.test(text) ? '计划：' : ''
  return isPlan ? `${year}年计划：` : `${year}年：`
}

/** A long enumeration is told by the items in question and how it ends: 青禾…散热器……等一批项目当年签约、当年开工. */
function narrowed(text: string, focus: string[], longest: number, figure = ''): string {
  const items = itemsOf(text)
  const parallel = items.length > 1 && items.every((item) => /\d/.test(item))
  if (text.length <= (parallel ? Math.min(longest, LONGEST_PARALLEL) : longest) || /分别/.test(text)) return text
  const telling = focus.filter((f) => f.length > 0 && !GENERIC.test(f))
  const words = telling.length ? telling : focus
  const counts = hitsOf(items, words)
  const most = Math.max(...counts)
  const named = counts.flatMap((count, i) => (count === most && count > 0 ? [i] : []))
  const measured = named.filter((i) => figure && items[i]!.includes(figure))
  const hits = measured.length ? measured : named
  if (items.length < 2 || hits.length === 0 || hits.length === items.length) return text
  if (parallel && hits.length === 1 && isGoverning(items, words)) return text
  if (namesAll(items.at(-1)!, telling)) return text
  const [first, last] = [hits[0]!, hits.at(-1)!]
  const head = items
    .slice(first, last + 1)
    .join('')
    .replace(/、$/, '')
  return `${first > 0 ? '……' : ''}${head}${last < items.length - 1 ? endingOf(items.slice(last + 1).join(''), head) : ''}`
}

/** 春节、元宵节系列活动、南海龙舟赛等活动: 活动 behind 等 is said of all. */
function namesAll(last: string, words: string[]): boolean {
  const etc = last.lastIndexOf('等')
  return etc >= 0 && words.some((w) => last.slice(etc).includes(w))
}

/** 盘活土地220亩、厂房1万平方米: 盘活, the only word asked for, is said of both. */
function isGoverning(items: string[], words: string[]): boolean {
  const held = words.filter((w) => items[0]!.includes(w))
  if (!held.length || !held.every((w) => items[0]!.startsWith(w))) return false
  return !hitsOf(items, words.flatMap(pairsOf)).some((count, i) => count > 0 && i > 0)
}

/** How many of the words each item holds; where that tells none apart, how many of their pairs of characters. */
function hitsOf(items: string[], words: string[]): number[] {
  const count = (parts: string[]) => items.map((item) => parts.filter((w) => item.toLowerCase().includes(w)).length)
  const whole = count(words)
  if (whole.some((c) => c !== whole[0])) return whole
  return count(words.flatMap(pairsOf))
}

/** The things that a statement enumerates: 青禾食品、远山电力2家企业. */
export function namedItems(statement: Statement): Item[] {
  const parted = itemsOf(statement.text).map((item) => item.replace(/[、，；。]+$/, ''))
  const items = [...parted.slice(0, -1), ...lastTwo(parted.at(-1)!, parted[0]!)]
  return items.length < 2 ? [] : items.map((text) => ({ text, statement: statement.id }))
}

/** 医疗高地和文化高地 behind 教育高地 are two things of one kind. */
function lastTwo(last: string, first: string): string[] {
  const pair = last.split(/[和及]/)
  return pair.length === 2 && pair.every((p) => p.length > 2 && p.slice(-2) === first.slice(-2)) ? pair : [last]
}

/** What is said of all the items: 等一批项目当年签约, 已全部完工. Items that tell a stage of their own share none. */
function endingOf(rest: string, head: string): string {
  const etc = rest.lastIndexOf('等')
  if (etc >= 0) return `……${rest.slice(etc)}`
  const stage = STAGE.test(head) ? undefined : STAGE.exec(rest)
  return stage ? `……${stage[0]}` : ''
}

/** 150万只…工厂和年产500万件…生产线: two measured things joined by 和 are two items. */
function twoMeasured(item: string): string[] {
  const at = item.indexOf('和')
  const [one, other] = [item.slice(0, at), item.slice(at)]
  return at > 0 && MEASURED.test(one) && MEASURED.test(other) && one.length > SHORTEST && other.length > SHORTEST
    ? [one, other]
    : [item]
}

/** Items of an enumeration; a bare number (30个、44.27万平方米) or stage (当年签约、当年开工) goes with the item before it. */
export function itemsOf(text: string): string[] {
  const items: string[] = []
  let depth = 0
  let open = ''
  for (const char of text) {
    if ('“（《'.includes(char)) depth++
    if ('”）》'.includes(char)) depth--
    open += char
    if (char === '、' && depth === 0) {
      items.push(open)
      open = ''
    }
  }
  items.push(open)
  return items.flatMap(twoMeasured).reduce<string[]>((joined, item) => {
    if (joined.length && (/^[\d.]+[^、]{0,6}、?$/.test(item) || STAGE_ONLY.test(item)))
      joined[joined.length - 1] += item
    else joined.push(item)
    return joined
  }, [])
}
