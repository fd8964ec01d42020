import type { Block } from '../../chat/blocks.js'
import type { Outgoing } from '../../chat/model.js'
import { printable } from '../../message.js'
import { say } from '../../reply/words.js'

/** Characters that could begin markup or a mention. WeCom's Markdown knows no escape, so their full-width forms stand in for them. */
const LIVE = /[<>[\]*_`\\]|~(?=~)|^#/gm
const FULL_WIDTH = 0xfee0

/** Text as it stands: nothing in it is markup, a link or a mention. */
export function plain(text: string): string {
  return printable(text).replace(LIVE, (mark) => String.fromCharCode(mark.charCodeAt(0) + FULL_WIDTH))
}

/** A page in WeCom's Markdown: the headline bold, quotations and their places as quotations. */
export function markdownOf({
  blocks,
  place,
  above,
  buttons,
}: Pick<Outgoing, 'blocks' | 'place' | 'above' | 'buttons'>): string {
  const next = buttons.filter(({ kind }) => kind === 'next').map(({ label }) => label)
  return [
    ...(above ? [plain(above)] : []),
    ...blocks.map(blockMarkdown),
    ...(next.length ? [plain(say('next', { question: next.join('／') }))] : []),
    ...(place ? [say('page', place)] : []),
  ].join('\n\n')
}

function blockMarkdown({ kind, text }: Block): string {
  const safe = plain(text)
  if (kind === 'headline') return `**${safe}**`
  return kind === 'line' ? safe : `> ${safe}`
}

/** The greeting: only text is taken there. */
export function textOf({ blocks }: Pick<Outgoing, 'blocks'>): string {
  return blocks.map(({ text }) => printable(text)).join('\n')
}
