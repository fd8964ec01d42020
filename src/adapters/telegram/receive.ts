import type { CallbackQuery, Message, MessageEntity, Update, User } from 'node-telegram-bot-api'
import type { Utterance } from '../../chat/model.js'
import { commandOf } from '../../chat/rows.js'

/** The bot as Telegram knows it. */
export type Self = Pick<User, 'id' | 'username'>

/** What an update says to the bot; undefined where it is not spoken to: a group talks among itself, another bot talks, a channel posts. */
export function utteranceOf(update: Update, self: Self): Utterance | undefined {
  if ('callback_query' in update) return ofPress(update, update.callback_query)
  const edited = 'edited_message' in update ? update.edited_message : undefined
  const message = 'message' in update ? update.message : edited
  if (!message?.from || message.from.is_bot || message.via_bot) return undefined
  const heard = heardIn(message, self)
  if (!heard) return undefined
  const { reply_to_message: answered } = message
  const isOwn = answered?.from?.id === self.id
  const quoted = message.quote?.text ?? textOf(answered)
  return {
    ...whereOf(message, message.from),
    delivery: `update:${update.update_id}`,
    ...heard,
    ...(isOwn ? { answers: String(answered!.message_id) } : {}),
    ...(quoted ? { quoted } : {}),
    ...(edited ? { edited: true } : {}),
  }
}

function ofPress(update: Update, { from, data, message }: CallbackQuery): Utterance | undefined {
  if (!message || data === undefined) return undefined
  const place = { chat: message.chat, message_id: message.message_id, ...threadOf(message as Message) }
  return {
    ...whereOf(place, from),
    delivery: `update:${update.update_id}`,
    text: '',
    pressed: data,
  }
}

type Place = Pick<Message, 'chat' | 'message_id' | 'message_thread_id' | 'is_topic_message'>

function whereOf(message: Place, from: User) {
  return {
    platform: 'telegram',
    chat: String(message.chat.id),
    group: message.chat.type !== 'private',
    person: String(from.id),
    name: [from.first_name, from.last_name].filter(Boolean).join(' '),
    message: String(message.message_id),
    ...(message.is_topic_message && message.message_thread_id ? { thread: String(message.message_thread_id) } : {}),
  }
}

function threadOf({ message_thread_id, is_topic_message }: Message) {
  return message_thread_id && is_topic_message ? { message_thread_id, is_topic_message } : {}
}

/** The words that are meant for the bot: in a group those of a mention, a command or an answer to it. */
function heardIn(message: Message, self: Self): Pick<Utterance, 'text' | 'command' | 'unreadable'> | undefined {
  const text = textOf(message)
  const isPrivate = message.chat.type === 'private'
  if (text === undefined) return isPrivate && isContent(message) ? { text: '', unreadable: true } : undefined
  const named = commandIn(text, self)
  if (named) {
    const { command, argument, addressee } = named
    const isOurs = addressee === 'us' || (addressee === 'anybody' && (isPrivate || commandOf(command) !== undefined))
    return isOurs ? { command, text: argument } : undefined
  }
  const name = new RegExp(`(?<![\\w./@-])@${self.username ?? ''}(?![\\w-]|\\.\\w)`, 'gi')
  // A bot without a user name is mentioned by a link on its name.
  const linked = (message.entities ?? message.caption_entities ?? []).filter((entity) => entity.user?.id === self.id)
  const isAnswer = message.reply_to_message?.from?.id === self.id
  const isNamed = Boolean(self.username) && text.search(name) >= 0
  if (!isPrivate && !isNamed && !linked.length && !isAnswer) return undefined
  return { text: (self.username ? without(text, linked).replace(name, ' ') : without(text, linked)).trim() }
}

const COMMAND = /^\/([A-Za-z0-9_]{1,32})(?:@(\w+))?(?:\s+([\s\S]*))?$/

function commandIn(text: string, self: Self) {
  const [, name, addressee, argument = ''] = COMMAND.exec(text) ?? []
  if (!name) return undefined
  const isUs = addressee?.toLowerCase() === self.username?.toLowerCase()
  return {
    command: name.toLowerCase(),
    argument,
    addressee: addressee === undefined ? 'anybody' : isUs ? 'us' : 'another',
  } as const
}

function textOf(message: Message | undefined): string | undefined {
  return message?.text ?? message?.caption
}

function without(text: string, entities: MessageEntity[]): string {
  return [...entities]
    .sort((a, b) => b.offset - a.offset)
    .reduce((rest, { offset, length }) => `${rest.slice(0, offset)} ${rest.slice(offset + length)}`, text)
    .trim()
}

/** Somebody's words in another form; people who join, pins and the like are none. */
function isContent(message: Message): boolean {
  return Boolean(
    message.voice ?? message.audio ?? message.photo ?? message.video ?? message.document ?? message.sticker,
  )
}
