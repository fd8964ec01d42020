import type { Reply } from '../reply/model.js'
import { say } from '../reply/words.js'
import { blocksOf, parted } from './blocks.js'
import type { Button, Outgoing, Page, Picture } from './model.js'

/** What a button carries: its kind, the number of the reply it stands below, and which one it is. */
export interface Pressed {
  kind: Button['kind']
  reply: number
  index: number
}

const LETTERS: Record<Button['kind'], string> = { page: 'p', option: 'o', next: 'n' }
const DATA = /^([pon]):([0-9a-z]{1,11}):(\d{1,3})$/

/** What a button sent back, if it is one of ours. */
export function pressedOf(data: string): Pressed | undefined {
  const [, letter, reply, index] = DATA.exec(data) ?? []
  const kind = (Object.keys(LETTERS) as Button['kind'][]).find((k) => LETTERS[k] === letter)
  return kind ? { kind, reply: Number.parseInt(reply!, 36), index: Number(index) } : undefined
}

/**
 * One page of a reply, `longest` characters at most, with what can be pressed below it. `pages` are the reply and what follows it;
 * `id` is the number under which it is kept, without which nothing can be pressed. A page past the end is the last one.
 */
export function pageOf(pages: Reply[], index: number, longest: number, id?: number): Page {
  const all = pages.flatMap((reply) => parted(blocksOf(reply), longest).map((blocks) => ({ reply, blocks })))
  const at = Math.min(index, all.length - 1)
  const [page, count] = [all[at]!, all.length]
  const button = (kind: Button['kind'], label: string, n: number): Button => ({
    kind,
    label,
    data: `${LETTERS[kind]}:${id!.toString(36)}:${n}`,
  })
  if (id === undefined) return { ...page, buttons: [] }
  const [{ options, suggestions }] = pages as [Reply]
  return {
    ...page,
    ...(count > 1 ? { place: { page: at + 1, pages: count } } : {}),
    buttons: [
      ...(at > 0 ? [button('page', say('previousPage'), at - 1)] : []),
      ...(at < count - 1 ? [button('page', say('nextPage'), at + 1)] : []),
      ...options.map((option, i) => button('option', option, i)),
      ...(options.length ? [] : suggestions.map((question, i) => button('next', question, i))),
    ],
  }
}

/** A picture of the page, without its text. */
export function alone({ replaces: _, ...outgoing }: Outgoing, picture: Picture): Outgoing {
  return { ...outgoing, blocks: [], buttons: [], above: '', picture, nonce: `p${outgoing.nonce}`.slice(0, 25) }
}

/** The intent of what is no answer. */
export const NOTICE = 'notice'

/** A word of the bot's own about the conversation itself: not an answer, nothing to cite. */
export function noticeReply(text: string): Reply {
  const [headline] = text.split('\n') as [string]
  return { kind: 'chat', intent: NOTICE, headline, text, figures: [], citations: [], options: [], suggestions: [] }
}
