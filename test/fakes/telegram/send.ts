import { badRequest } from './errors.js'
import { asInteger, asObject, asText, type Json } from './json.js'
import { markupOf } from './keyboard.js'
import { photoOf } from './photos.js'
import { type Call, type FieldType, flagOf, integerOf, jsonOf, noteFields } from './request.js'
import { openChat, passLimits, type Stage, show } from './stage.js'
import { CAPTION, checkPreview, type Formatted, formattedOf, MESSAGE_TEXT } from './text.js'
import { messageView } from './views.js'
import type { Chat, Message } from './world.js'

/** Sends a text. */
export function sendMessage(call: Call, stage: Stage): Json {
  const formatted = formattedOf(call, 'text', 'entities', MESSAGE_TEXT)
  checkPreview(call, jsonOf(call, 'link_preview_options', "can't parse link preview options JSON object"))
  return send(call, stage, formatted)
}

/** Sends a picture, with or without a text below it. */
export function sendPhoto(call: Call, stage: Stage): Json {
  const { picture, sizes } = photoOf(call, stage.photos)
  const formatted = formattedOf(call, 'caption', 'caption_entities', CAPTION)
  for (const flag of ['show_caption_above_media', 'has_spoiler']) flagOf(call, flag)
  return send(call, stage, formatted, { caption: true, extra: { photo: sizes }, picture })
}

function send(call: Call, stage: Stage, formatted: Formatted, attached: Partial<Message> = {}): Json {
  const markup = markupOf(call)
  for (const flag of ['disable_notification', 'protect_content']) flagOf(call, flag)
  const chat = openChat(call, stage)
  const { replyTo, quote } = replyOf(call, chat)
  // An answer goes where the message stands that it answers.
  const topic = topicOf(call, chat) ?? replyTo?.topic
  passLimits(stage, chat)
  const parts = { ...formatted, ...attached, markup, replyTo, quote, topic }
  const message = stage.world.post(chat, stage.world.bot, parts)
  show(stage, message, call)
  return messageView(message, stage.world)
}

function replyOf(call: Call, chat: Chat): { replyTo?: Message; quote?: string | undefined } {
  const value = jsonOf(call, 'reply_parameters', "can't parse reply parameters JSON object")
  if (value === undefined) return {}
  const object = asObject(value)
  if (!object) throw badRequest('object expected as reply parameters')
  noteFields(call, 'reply_parameters', object, REPLY)
  const id = asInteger(object.message_id)
  if (object.message_id === undefined) throw badRequest(`can't parse reply parameters: Can't find field "message_id"`)
  const elsewhere = object.chat_id !== undefined && String(object.chat_id) !== String(chat.id)
  if (elsewhere) throw badRequest('chat not found')
  const replyTo = chat.messages.get(id ?? 0)
  if (!replyTo && object.allow_sending_without_reply !== true) throw badRequest('message to be replied not found')
  if (!replyTo) return {}
  const quote = asText(object.quote)
  if (quote !== undefined && !replyTo.text.includes(quote)) throw badRequest('QUOTE_TEXT_INVALID')
  return { replyTo, quote }
}

function topicOf(call: Call, chat: Chat): number | undefined {
  const thread = integerOf(call, 'message_thread_id')
  if (!thread) return undefined
  if (![...chat.topics.values()].includes(thread)) throw badRequest('message thread not found')
  return thread
}

const REPLY: Record<string, FieldType> = {
  message_id: 'integer',
  chat_id: 'id',
  allow_sending_without_reply: 'boolean',
  quote: 'string',
  quote_parse_mode: 'string',
  quote_entities: 'array',
  quote_position: 'integer',
}
