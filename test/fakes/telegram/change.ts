import { badRequest } from './errors.js'
import { asObject, type Json } from './json.js'
import { type Markup, markupOf } from './keyboard.js'
import { type Call, jsonOf, textOf } from './request.js'
import { chatOf, messageOf, openChat, type Stage, showAgain } from './stage.js'
import { checkPreview, EDITED_TEXT, formattedOf } from './text.js'
import { messageView } from './views.js'
import { keyOf, type Message } from './world.js'

/** Changes the text of a message of the bot, and its buttons. */
export function editMessageText(call: Call, stage: Stage): Json {
  const formatted = formattedOf(call, 'text', 'entities', EDITED_TEXT)
  checkPreview(call, jsonOf(call, 'link_preview_options', "can't parse link preview options JSON object"))
  const markup = markupOf(call, true)
  const message = editable(call, stage)
  if (message.caption) throw badRequest('there is no text in the message to edit')
  const { text, entities } = message
  const isSame = text === formatted.text && isEqual(entities, formatted.entities) && isSameMarkup(message, markup)
  if (isSame) throw badRequest(NOT_MODIFIED)
  // Buttons that are not sent along are gone.
  message.markup = markup
  showAgain(stage, message, call, formatted)
  return messageView(message, stage.world)
}

/** Changes the buttons below a message of the bot. */
export function editMessageReplyMarkup(call: Call, stage: Stage): Json {
  const markup = markupOf(call, true)
  const message = editable(call, stage)
  if (isSameMarkup(message, markup)) throw badRequest(NOT_MODIFIED)
  message.markup = markup
  showAgain(stage, message, call)
  return messageView(message, stage.world)
}

/** Takes a message away, so that nobody sees it any more. */
export function deleteMessage(call: Call, { world, seen }: Stage): true {
  const chat = chatOf(call, world)
  const message = messageOf(call, chat, 'message to delete')
  const mayDelete = message.from === world.bot || chat.with || chat.roles.get(world.bot) === 'administrator'
  if (!mayDelete) throw badRequest("message can't be deleted")
  chat.messages.delete(message.id)
  const at = seen.findIndex((one) => one.id === keyOf(message))
  if (at >= 0) seen.splice(at, 1)
  return true
}

function editable(call: Call, stage: Stage): Message {
  if (textOf(call, 'inline_message_id') !== '') throw badRequest('MESSAGE_ID_INVALID')
  const message = messageOf(call, openChat(call, stage), 'message to edit')
  if (message.from !== stage.world.bot) throw badRequest("message can't be edited")
  return message
}

const isSameMarkup = (message: Message, markup: Markup | undefined) =>
  isEqual(message.markup?.kind === 'inline' ? message.markup.rows : [], markup?.rows ?? [])

/** Whether two values are written the same, whatever the order of their fields. */
function isEqual(one: unknown, other: unknown): boolean {
  return written(one) === written(other)
}

const written = (value: unknown) =>
  JSON.stringify(value, (_, inner: unknown) => {
    const object = asObject(inner)
    return object ? Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1))) : inner
  })

const NOT_MODIFIED =
  'message is not modified: specified new message content and reply markup are exactly the same as a current ' +
  'content and reply markup of the message'
