import type { InlineQueryResultArticle } from 'node-telegram-bot-api'
import type { Page } from '../../chat/model.js'
import { htmlOf } from './render.js'

/** What can be picked below an inline query: each stands in the chat with its quotation, as if it were asked there. */
export function inlineResultsOf(pages: Page[]): InlineQueryResultArticle[] {
  return pages.map((page, i) => ({
    type: 'article',
    id: String(i),
    title: page.reply.headline,
    description: page.blocks.find(({ kind }) => kind === 'place')?.text ?? '',
    input_message_content: {
      message_text: htmlOf(page),
      parse_mode: 'HTML',
      link_preview_options: { is_disabled: true },
    },
  }))
}
