import type { InlineKeyboardMarkup } from 'node-telegram-bot-api'
import type { Block } from '../../chat/blocks.js'
import type { Outgoing, Page } from '../../chat/model.js'
import { printable } from '../../message.js'
import { say } from '../../reply/words.js'

/** A longer quotation is folded until it is tapped. */
const LONG_QUOTE = 300

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text as it stands, in Telegram's HTML: nothing in it is markup. https://core.telegram.org/bots/api#html-style */
export function escapeHtml(text: string): string {
  return printable(text).replace(/[&<>"]/g, (mark) => ENTITIES[mark]!)
}

/** A page in Telegram's HTML: the headline bold, each quotation a block of its own, its place below it. */
export function htmlOf({ blocks, place, above }: Page & Pick<Outgoing, 'above'>): string {
  return [
    ...(above ? [`<i>${escapeHtml(above)}</i>`] : []),
    ...blocks.map(blockHtml),
    ...(place ? [`<i>${escapeHtml(say('page', place))}</i>`] : []),
  ].join('\n')
}

function blockHtml({ kind, text }: Block): string {
  const escaped = escapeHtml(text)
  if (kind === 'headline') return `<b>${escaped}</b>`
  if (kind === 'place') return `<i>${escaped}</i>`
  if (kind === 'line') return escaped
  return `<blockquote${text.length > LONG_QUOTE ? ' expandable' : ''}>${escaped}</blockquote>`
}

/** Pages side by side; readings and further questions, which are long, a row each. */
export function keyboardOf({ buttons }: Page): { reply_markup?: InlineKeyboardMarkup } {
  if (!buttons.length) return {}
  const keys = buttons.map(({ kind, label, data }) => ({ kind, key: { text: label, callback_data: data } }))
  const leaves = keys.filter(({ kind }) => kind === 'page').map(({ key }) => key)
  const rest = keys.filter(({ kind }) => kind !== 'page').map(({ key }) => [key])
  return { reply_markup: { inline_keyboard: leaves.length ? [leaves, ...rest] : rest } }
}
