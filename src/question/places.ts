import { anyOf, type ReportLanguage } from '../knowledge/language.js'
import type { Entry, Lexicon } from '../knowledge/lexicon.js'
import type { ReportIndex } from '../search/index.js'
import type { Locked, Token } from './segment.js'

const PLACE_SUFFIX = /^\p{Script=Han}{1,6}(?:自治区|自治州|新区|开发区|区|县|市|旗|镇|乡|街道|省)$/u
/** 浙江大学, 北京银行: a place's name as part of an organisation's. */
const ORGANISATION = /^.{0,4}?(?:大学|学院|公司|集团|银行|医院|研究院|日报|新材料|科技|能源|实业|铝业|食品|机械|制造)/
const NICKNAME = /(?:^|[，。？！、和跟与比])(\p{Script=Han}[区县旗])(?!街道|镇|乡|村|城|级|域|外(?![贸资商])|内)/gu
const LONGEST_COUNTY = 8
const WIDER = /^全(?:市|省|国|自治区|盟|州)$/
const ENDING = /^(?:[区县旗市州盟省]|街道|镇|乡|社区|小区)$/

/** Tells the report's own place from others in a question. */
export function placeReader(index: ReportIndex, lexicon: Lexicon, { structure }: ReportLanguage) {
  const { level, placeAliases } = index.report
  const own = new Set([...placeAliases, ...levelWords(level)])
  const isOwn = (text: string) => own.has(text)
  const above = structure.levels.slice(0, Math.max(0, structure.levels.indexOf(level)))
  const alone = above.length ? new RegExp(`^全?(?:${anyOf(above)}|国家)[里上]?$`) : undefined

  /** 全市 in a district's report is not the district, nor is 自治区 before an indicator (自治区今年GDP). */
  const isWider = (text: string, next: Token[]) =>
    !own.has(text) && (WIDER.test(text) || (alone?.test(text) === true && next.length > 0 && opens(next)))

  /** A place that is not the report's own: known by a row, or by how its name ends. */
  const foreign = ({ entry, text, kind }: Token): string | undefined => {
    if (entry?.place && !own.has(entry.place) && !entry.cue && !entry.filler && !entry.indicator) return entry.place
    if (entry || !PLACE_SUFFIX.test(text) || isCommon(text)) return undefined
    return kind === 'unknown' || index.attests(text) ? text : undefined
  }

  /** 青山 + 区: a run of the report with a place's ending behind it is another place's name. */
  const join = (tokens: Token[]): Token[] => {
    const joined: Token[] = []
    for (const token of tokens.reduce(withSplitName, [])) {
      const last = joined.at(-1)
      const name = (last?.text ?? '') + token.text
      const isName =
        last &&
        name.length > 2 &&
        (last.kind === 'report' || last.kind === 'unknown') &&
        !own.has(name) &&
        !index.attests(name)
      if (isName && token.kind !== 'number' && ENDING.test(token.text))
        joined[joined.length - 1] = { text: name, kind: 'unknown' }
      else joined.push(token)
    }
    return joined.map((token, i) => {
      const next = joined.slice(i + 1)
      if (
        lexicon.ambiguousCounties.has(token.text) &&
        !isPrinted(token.text, joined[i - 1]?.text.at(-1)) &&
        opens(next)
      )
        return { text: token.text, kind: 'word', entry: { place: token.text } }
      const after = next.slice(0, 3).map((t) => t.text)
      return token.entry?.place && ORGANISATION.test(after.join('')) ? { text: token.text, kind: 'unknown' } : token
    })
  }

  /** 区财政 in a district's report is 财政. */
  const withoutLevel = (token: Token): Token => {
    const rest =
      level && !token.entry && token.text.length > 2 && token.text.startsWith(level)
        ? token.text.slice(level.length)
        : ''
    const entry = lexicon.entries.get(rest)
    return entry ? { text: rest, kind: 'word', entry } : token
  }
  const marks = level ? new RegExp(`(?:咱们?|我们?|本|全)${level.at(-1)}`, 'g') : undefined

  /** 咱区 stands for the report's place and is never cut; nor is the short name of a county that the report does not print. */
  const locked = (text: string): Locked[] => [
    ...[...(marks ? text.matchAll(marks) : [])].map((m) => lock(m[0], m.index, { filler: true })),
    ...[...text.matchAll(NICKNAME)].flatMap((m) => nicknameAt(m[1]!, m.index + m[0].length - 2)),
    ...countiesIn(text).map(({ name, from }) => lock(name, from, { place: name })),
  ]
  return { isOwn, isWider, foreign, join, withoutLevel, locked }

  /** 昆区: one character and the level, at the head of a phrase. */
  function nicknameAt(name: string, from: number): Locked[] {
    const isPlace =
      !own.has(name) && !lexicon.commonNouns.has(name) && !lexicon.entries.has(name) && !index.prints(name)
    return isPlace ? [lock(name, from, { place: name })] : []
  }

  function countiesIn(text: string): { name: string; from: number }[] {
    const found: { name: string; from: number }[] = []
    for (let from = 0; from < text.length; from++) {
      for (let to = Math.min(text.length, from + LONGEST_COUNTY); to > from + 1; to--) {
        const name = text.slice(from, to)
        const ending = ENDING.exec(text[to] ?? '')?.[0] ?? ''
        // 青山 may be a hill, 青山区 is no hill.
        const isCounty = lexicon.counties.has(name) || (ending !== '' && lexicon.ambiguousCounties.has(name))
        if (!isCounty) continue
        if (!own.has(name) && !own.has(name + ending) && !isPrinted(name + ending, text[from - 1]))
          found.push({ name: name + ending, from })
        break
      }
    }
    return found
  }

  /** Whether the report prints it for itself, or the question as the report does: 东山 only in 小东山 is not 东山. */
  function isPrinted(name: string, before: string | undefined): boolean {
    const around = index.before(name)
    return around.size > 1 || (around.size === 1 && (around.has('') || (before !== undefined && around.has(before))))
  }

  /** 高新园区 is no place; 青山区 is one, though 山区 is a common noun: a single rare character before it makes a name. */
  function isCommon(text: string): boolean {
    if (lexicon.commonNouns.has(text)) return true
    return [2, 3, 4].some((length) => {
      if (!lexicon.commonNouns.has(text.slice(-length))) return false
      const rest = text.slice(0, -length)
      return rest.length !== 1 || lexicon.particles.has(rest) || lexicon.lightCharacters.has(rest)
    })
  }
}

/** What follows asks of a place: an indicator, after a year or not, or nothing more (青山呢). */
function opens(next: Token[]): boolean {
  const first = next.find((t) => t.kind !== 'year' && !t.entry?.period && !t.entry?.filler)
  return !first || first.entry?.indicator !== undefined
}

function lock(text: string, from: number, entry: Entry): Locked {
  return { from, to: from + text.length, token: { text, kind: 'word', entry }, soft: true }
}

/** 昆都仑区: a name that a word of grammar seems to cut (都) is put together again. */
function withSplitName(tokens: Token[], token: Token): Token[] {
  const [first, second] = tokens.slice(-2)
  const isCut =
    first?.kind === 'unknown' &&
    first.text.length === 1 &&
    second?.text.length === 1 &&
    (second.kind === 'unknown' || second.entry?.filler)
  if (!isCut || token.kind !== 'unknown' || !PLACE_SUFFIX.test(token.text)) return [...tokens, token]
  return [...tokens.slice(0, -2), { text: first.text + second.text + token.text, kind: 'unknown' }]
}

/** 全区, 我区, 区里 … in a district's report mean the district; 全市 does not. */
function levelWords(level: string): string[] {
  const letter = level === '自治区' ? '区' : level
  if (!letter) return []
  const before = ['全', '我', '我们', '咱', '咱们', '本'].map((word) => word + letter)
  return [...before, ...['里', '内', '上'].map((word) => letter + word), `全${level}`]
}
