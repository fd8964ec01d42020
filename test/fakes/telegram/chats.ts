import { badRequest } from './errors.js'
import type { Json } from './json.js'
import { type Call, integerOf, textOf } from './request.js'
import { chatOf, openChat, type Stage } from './stage.js'
import { chatView, memberView } from './views.js'
import type { Chat, Person, World } from './world.js'

/** What a chat is. */
export function getChat(call: Call, { world }: Stage): Json {
  const gifts = { unlimited_gifts: false, limited_gifts: false, unique_gifts: false, premium_subscription: false }
  return { ...chatView(chatOf(call, world)), accent_color_id: 0, max_reaction_count: 11, accepted_gift_types: gifts }
}

/** What somebody is in a chat. */
export function getChatMember(call: Call, { world }: Stage): Json {
  const chat = chatOf(call, world)
  const person = world.personById(integerOf(call, 'user_id') ?? 0)
  if (!person) throw badRequest('user not found')
  return memberView(person, roleOf(chat, person, world), world)
}

/** Who leads a group. */
export function getChatAdministrators(call: Call, { world }: Stage): Json[] {
  const chat = chatOf(call, world)
  if (chat.with) throw badRequest('there are no administrators in the private chat')
  const admins = [...chat.roles].filter(([, role]) => role === 'creator' || role === 'administrator')
  // The list leaves out other bots.
  const named = admins.filter(([person]) => !person.bot || person === world.bot)
  return named.map(([person, role]) => memberView(person, role, world))
}

/** Tells the people what the bot is about; nothing of it stays. */
export function sendChatAction(call: Call, stage: Stage): true {
  if (!ACTIONS.includes(textOf(call, 'action'))) throw badRequest('wrong parameter action in request')
  const chat = openChat(call, stage)
  const thread = integerOf(call, 'message_thread_id')
  if (thread && ![...chat.topics.values()].includes(thread)) throw badRequest('message thread not found')
  return true
}

/** What somebody is in a chat; in a private one both are members. */
function roleOf(chat: Chat, person: Person, world: World) {
  const role = chat.roles.get(person)
  if (role) return role
  return chat.with && person === world.bot ? 'member' : 'left'
}

const ACTIONS = [
  ...['typing', 'upload_photo', 'record_video', 'upload_video', 'record_voice', 'upload_voice', 'upload_document'],
  ...['choose_sticker', 'find_location', 'record_video_note', 'upload_video_note'],
]
