import type { Item } from '../reply/draft.js'
import type { Question } from './model.js'

/** What the conversation so far leaves for a question to lean on. */
export interface Conversation {
  last: Question | undefined
  /** What 第二个 can point at: the items that the last answer told. */
  items: Item[]
  /** The questions that the last reply offered. */
  options: string[]
  /** The sentence that the last answer cited first. */
  anchor: number | undefined
}

export const NEW_CONVERSATION: Conversation = { last: undefined, items: [], options: [], anchor: undefined }

/** An item or option pointed at, with its place in the list. */
export type Chosen = Item & { place: number }

const ORDINALS = '一二三四五六七八九'
const BARE = /^(?:就|要|选|那)?([一二三四五六七八九]|\d)(?:个|条|项|点|方面|家|种)?(?:呢|吧|的)?$/
const ORDINAL = /第([一二三四五六七八九\d])(?:个|条|项|点|方面|家|句|张|座|种)/
const LAST = /最后[一那](?:个|条|项|家)/

/** What 第二个, 最后一条 or, for options offered, a bare number points at. */
export function chosenFrom(text: string, { options, items }: Conversation): Chosen | undefined {
  const list = options.length ? options.map((option) => ({ text: option, statement: -1 })) : items
  if (!list.length) return undefined
  const digit = (ORDINAL.exec(text) ?? (options.length ? BARE.exec(text) : null))?.[1]
  const place = digit ? ORDINALS.indexOf(digit) + 1 || Number(digit) : LAST.test(text) ? list.length : 0
  const item = list[place - 1]
  return item && { ...item, place }
}
