import type { Json } from './json.js'
import { type Chat, keyOf, type Message, type Person, type Role, type World } from './world.js'

/** A person as the bot gets to know them. */
export function userView(person: Person, world: World): Json {
  const isSelf = person === world.bot
  return {
    id: person.id,
    is_bot: person.bot,
    first_name: person.name,
    ...(isSelf && { username: world.botUsername }),
    ...(!person.bot && { language_code: 'zh-hans' }),
  }
}

/** What sort of chat it is: the numbers of supergroups are thirteen digits long, those of basic groups shorter. */
export function kindOf(chat: Chat): 'private' | 'group' | 'supergroup' {
  if (chat.with) return 'private'
  return chat.id > -1_000_000_000_000 ? 'group' : 'supergroup'
}

/** A chat as the bot gets to know it. */
export function chatView(chat: Chat): Json {
  const type = kindOf(chat)
  if (chat.with) return { id: chat.id, first_name: chat.with.name, type }
  return { id: chat.id, title: chat.name, ...(chat.topics.size > 0 && { is_forum: true }), type }
}

/** A message as the bot gets it; the one that it answers is whole, but without the one which that answered. */
export function messageView(message: Message, world: World, deep = true): Json {
  const { chat, replyTo, text, entities, caption, markup } = message
  const shown = entities.map((entity) => {
    const mentioned = entity.user && world.personById(entity.user.id)
    return mentioned ? { ...entity, user: userView(mentioned, world) } : entity
  })
  return {
    message_id: message.id,
    ...threadView(message),
    from: userView(message.from, world),
    chat: chatView(chat),
    date: message.date,
    ...(message.editedAt !== undefined && { edit_date: message.editedAt }),
    ...(deep && replyTo && { reply_to_message: messageView(replyTo, world, false) }),
    ...(message.quote !== undefined && { quote: quoteView(message) }),
    ...message.extra,
    ...(text !== '' && { [caption ? 'caption' : 'text']: text }),
    ...(shown.length > 0 && { [caption ? 'caption_entities' : 'entities']: shown }),
    // Only buttons below a message belong to it; a keyboard for typing does not.
    ...(markup?.kind === 'inline' && { reply_markup: { inline_keyboard: markup.rows } }),
  }
}

/** Somebody as a member of a chat. */
export function memberView(person: Person, role: Role, world: World): Json {
  const user = userView(person, world)
  if (role === 'administrator') return { user, status: role, can_be_edited: false, ...RIGHTS }
  if (role === 'creator') return { user, status: role, is_anonymous: false }
  return { user, status: role, ...(role === 'kicked' && { until_date: 0 }) }
}

/** Where the message stands in the list of what people see. */
export const seenKeys = (message: Message) => ({
  id: keyOf(message),
  chat: message.chat.name,
  replyTo: message.replyTo && keyOf(message.replyTo),
})

/**
 * In a supergroup without topics an answer carries the first message of its line as thread, though nothing can be
 * sent to that thread: bots that hand it back are refused.
 */
function threadView({ chat, topic, replyTo }: Message): Json {
  if (topic !== undefined) return { message_thread_id: topic, is_topic_message: true }
  if (kindOf(chat) !== 'supergroup' || !replyTo || chat.topics.size > 0) return {}
  let first = replyTo
  while (first.replyTo) first = first.replyTo
  return { message_thread_id: first.id }
}

function quoteView({ quote = '', replyTo }: Message): Json {
  return { text: quote, position: Math.max(0, replyTo?.text.indexOf(quote) ?? 0), is_manual: true }
}

const RIGHTS = {
  is_anonymous: false,
  can_manage_chat: true,
  can_delete_messages: true,
  can_manage_video_chats: false,
  can_restrict_members: false,
  can_promote_members: false,
  can_change_info: false,
  can_invite_users: true,
  can_pin_messages: true,
  can_manage_topics: true,
}
