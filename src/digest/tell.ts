import type { Gap } from '../chat/store.js'
import type { Desk } from '../desk.js'
import type { Reply } from '../reply/model.js'
import { say } from '../reply/words.js'
import { CONTENTS, type Item } from './contents/index.js'
import { type Digest, digestOf } from './rows.js'

/** Items that are kept as they were told. */
const MOST_KEPT = 100
/** A digest with gaps is of its moment: it cannot be told again by its name. */
const OF_ITS_MOMENT = 'unanswered'

/** What was asked so long ago at most, and so many of it, is told. */
const GAPS_MS = 7 * 24 * 60 * 60_000
const MOST_GAPS = 10
const START: { report: string; position: number } = { report: '', position: 0 }

/** Whether what it tells changes from one time to the next. */
const isOfItsMoment = ({ content }: Digest): boolean => content === OF_ITS_MOMENT

/** A digest, ready to be sent. */
export interface Telling {
  pages: Reply[]
  /** What it is and how far the rotation is: 每日一项 · 第 12 / 46 个项目. */
  above: string
  /** The name that it can be told by again; empty where it cannot. */
  told: string
  report: string
  /** Which item of the rotation it tells: those before are passed over where they cannot be told. */
  position: number
}

/** How far a rotation is: the report that the position counts in. */
export type Rotation = Pick<Telling, 'report' | 'position'>

/** Tells digests of the first report. The same item gives the same bytes. */
export interface Teller {
  /** How many items a rotation has. */
  count: (digest: Digest) => number
  /** The item at this position, counted on from round to round; undefined where the report has none. */
  tell: (digest: Digest, position: number, gaps?: Gap[]) => Telling | undefined
  /** The item that comes next where a rotation is so far; another report begins its own at the beginning. */
  next: (digest: Digest, rotation: Rotation | undefined, nowMs: number) => Promise<Telling | undefined>
  /** Pages that were told, by their name. */
  again: (told: string) => Reply[] | undefined
}

export function createTeller(
  { first: bot }: Desk,
  gapsSince: (sinceMs: number, most: number) => Promise<Gap[]>,
): Teller {
  const rotations = new Map<string, Item[]>()
  const kept = new Map<string, Reply[]>()

  function itemsOf(digest: Digest, gaps: Gap[]): Item[] {
    const { content } = digest
    const items = rotations.get(content) ?? CONTENTS.get(content)!.items(bot.report, gaps)
    if (!isOfItsMoment(digest)) rotations.set(content, items)
    return items
  }

  function pagesOf(digest: Digest, index: number, gaps: Gap[]): Reply[] {
    if (isOfItsMoment(digest))
      return bot.tell(itemsOf(digest, gaps)[index]!(), gaps.map(({ question }) => question).join('\n'))
    const key = `${digest.content}/${index}`
    const pages = kept.get(key) ?? bot.tell(itemsOf(digest, gaps)[index]!())
    kept.delete(key)
    kept.set(key, pages)
    if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value!)
    return pages
  }

  function tell(digest: Digest, position: number, gaps: Gap[] = []): Telling | undefined {
    const total = itemsOf(digest, gaps).length
    for (let at = position; at < position + total; at++) {
      const pages = pagesOf(digest, at % total, gaps)
      // What the gate held back is not told; the next one is.
      if (pages.some(({ kind }) => kind === 'not_found')) continue
      const { title, counter } = digest
      const above = total > 1 ? say('digestAbove', { title, n: (at % total) + 1, total, counter }) : title
      const told = isOfItsMoment(digest) ? '' : `${digest.name}/${at % total}`
      return { pages, above, told, report: bot.report.id, position: at }
    }
    return undefined
  }

  async function next(digest: Digest, { report, position }: Rotation = START, nowMs: number) {
    const gaps = isOfItsMoment(digest) ? await gapsSince(nowMs - GAPS_MS, MOST_GAPS) : []
    return tell(digest, report && report !== bot.report.id ? 0 : position, gaps)
  }

  return {
    next,
    count: (digest) => itemsOf(digest, []).length,
    tell,
    again(told) {
      const [name = '', index] = told.split('/')
      const digest = digestOf(name)
      return digest && Number(index) < itemsOf(digest, []).length ? pagesOf(digest, Number(index), []) : undefined
    },
  }
}
