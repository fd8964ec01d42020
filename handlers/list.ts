import { following, gather, gatheredDraft, withSection } from '../src/gather.js'
import { type Asked, focusOf, type Handler, type Kit } from '../src/handler.js'
import { type Draft, draft } from '../src/reply/draft.js'
import { factLine, namedItems } from '../src/reply/headline.js'
import { say } from '../src/reply/words.js'
import type { Statement } from '../src/report/model.js'
import type { Evidence } from '../src/search/evidence.js'

const SURE = 1.2
/** So many characters at a name's end tell the kind (音乐名片). */
const KIND = 2
/** So many names that end with the kind (音乐名片、运动名片) tell the things one by one. */
const FEWEST_NAMED = 2

const CALLED = /叫(?:什么|啥)/

/** Everything of one kind (去年有哪些项目投产). */
export const list: Handler = {
  name: 'list',
  handle: (asked, kit) => {
    const { cues } = asked.message
    const { mentions, text, wants } = asked.question
    // 那7个村是哪几个, 那3家企业叫什么: of what is counted already only the names can be asked.
    const asksNames = cues.has('names') || (mentions.length > 0 && (cues.has('list') || CALLED.test(text)))
    if (!(cues.has('list') || asksNames) || wants.length) return undefined
    const found = gather(asked, kit, true)
    if (!found) return undefined
    const { best, near, announced } = found
    if (asksNames && isMereCount(best.statement) && !namedBehind(best.statement, asked, kit))
      return withoutNames(best, asked, kit)
    if (!cues.has('list') && !cues.has('names')) return undefined
    const several = near.length > 1 ? withSection(found, kit) : near.map((e) => e.statement)
    const statements = announced.length ? announced : several
    // 新认定3家: the names stand in the sentences behind the number.
    const isBare = new Set(statements.map((s) => s.sentence)).size === 1 && namedItems(best.statement).length === 0
    const names = isBare ? following(best.statement, kit, true) : []
    return gatheredDraft('list', asked, kit, found, [...statements, ...names])
  },
}

/** 打造四张名片: the sentences behind the number may tell their names, if they speak of the same. */
function namedBehind(statement: Statement, { question }: Asked, kit: Kit): boolean {
  const thing = [...question.contents].sort((a, b) => b.weight - a.weight)[0]?.text ?? ''
  const kind = thing.slice(-KIND)
  if (!kind) return false
  const told = following(statement, kit, true)
    .map((s) => s.sentence.text)
    .join('')
  return told.split(kind).filter((rest) => /^[”、，。；]/.test(rest)).length >= FEWEST_NAMED
}

function isMereCount({ figures, text }: Statement): boolean {
  return (
    figures.some((f) => f.kind === 'count' || (f.dimension === 'people' && f.kind !== 'name')) && !/[、：]/.test(text)
  )
}

/** 31个老旧小区的名单: the report counts them and names none. */
function withoutNames({ statement }: Evidence, { question }: Asked, { report }: Kit): Draft {
  return draft({
    kind: 'not_found',
    intent: 'list',
    headline: say('noNames'),
    lines: [say('nearest') + factLine(report, statement, focusOf(question))],
    statements: [statement],
    figures: statement.figures.filter((f) => f.kind !== 'name' && f.kind !== 'date'),
    confidence: SURE,
  })
}
