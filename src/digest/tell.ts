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

/** Whether what it tells changes from one time to the next. */
export const isOfItsMoment = ({ content }: Digest): boolean => content === OF_ITS_MOMENT

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

/** Tells digests of the first report. The same item gives the same bytes. */
export interface Teller {
  /** How many items a rotation has. */
  count: (digest: Digest) => number
  /** The item at this position, counted on from round to round; undefined where the report has none. */
  tell: (digest: Digest, position: number, gaps?: Gap[]) => Telling | undefined
  /** Pages that were told, by their name. */
  again: (told: string) => Reply[] | undefined
}

export function createTeller({ first: bot }: Desk): Teller {
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

  return {
    count: (digest) => itemsOf(digest, []).length,
    tell(digest, position, gaps = []) {
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
    },
    again(told) {
      const [name = '', index] = told.split('/')
      const digest = digestOf(name)
      return digest && Number(index) < itemsOf(digest, []).length ? pagesOf(digest, Number(index), []) : undefined
    },
  }
}
