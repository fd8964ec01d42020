import { randomUUID } from 'node:crypto'
import type { Picture, Seen } from '../kit.js'
import { type CardView, viewCard } from './cardview.js'
import type { Chat } from './chats.js'
import type { Frame } from './frames.js'
import { linksIn, mentionsIn, plain } from './markdown.js'
import type { Fields } from './schema.js'

/** A message of the bot that people see. */
export interface Message {
  seen: Seen
  chat: Chat
  /** The text in Markdown, as it stands now. */
  markdown: string
  card: Fields | undefined
  view: CardView | undefined
  /** What the bot wants to be told with the judgement of a reader. */
  feedback: string | undefined
  /** What people have chosen on the card and not yet submitted, by person and question. */
  chosen: Map<string, Map<string, string[]>>
}

export interface Content {
  markdown?: string | undefined
  /** The text is no Markdown and is shown as it is. */
  literal?: boolean
  card?: Fields | undefined
  /** The message is this picture. */
  picture?: Picture | undefined
  feedback?: string | undefined
}

/** All that the bot has shown. */
export interface Board {
  seen: Seen[]
  mentions: string[]
  links: string[]
  find: (id: string) => Message
  post: (chat: Chat, replyTo: string | undefined, frame: Frame, content: Content) => Message
  /** Text and card are replaced where new ones come, and stay where none comes. */
  change: (message: Message, frame: Frame, content: Content) => void
}

export function createBoard(): Board {
  const messages = new Map<string, Message>()
  const board: Board = { seen: [], mentions: [], links: [], find, post, change }
  return board

  function find(id: string): Message {
    const message = messages.get(id)
    if (message === undefined) throw new Error(`there is no message ${id} of the bot`)
    return message
  }

  function post(chat: Chat, replyTo: string | undefined, frame: Frame, content: Content): Message {
    const atMs = performance.now()
    const shown = { id: randomUUID(), chat: chat.id, replyTo, text: '', buttons: [], edits: 0, raw: frame, atMs }
    const seen: Seen = content.picture === undefined ? shown : { ...shown, pictures: [content.picture] }
    const blank = { card: undefined, view: undefined, feedback: content.feedback, chosen: new Map() }
    const message: Message = { seen, chat, markdown: '', ...blank }
    messages.set(seen.id, message)
    board.seen.push(seen)
    draw(message, frame, content)
    return message
  }

  function change(message: Message, frame: Frame, content: Content): void {
    message.seen.edits += 1
    draw(message, frame, content)
  }

  function draw(message: Message, frame: Frame, content: Content): void {
    const { markdown = message.markdown, card } = content
    // A stream says the same again with every frame: only what is new in it rings or can be clicked anew.
    board.mentions.push(...added(mentionsIn(message.markdown), mentionsIn(markdown)))
    board.links.push(...added(linksIn(message.markdown), linksIn(markdown)))
    message.markdown = markdown
    if (card !== undefined) {
      message.card = card
      message.view = viewCard(card)
      message.chosen.clear()
    }
    message.seen.raw = frame
    message.seen.text = [content.literal ? markdown : plain(markdown), message.view?.text]
      .filter((text) => text)
      .join('\n')
    message.seen.buttons = message.view?.presses.map(({ label }) => label) ?? []
  }
}

function added(before: string[], after: string[]): string[] {
  const rest = [...before]
  return after.filter((one) => {
    const at = rest.indexOf(one)
    if (at >= 0) rest.splice(at, 1)
    return at < 0
  })
}
