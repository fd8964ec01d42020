import type { Seen } from '../kit.js'
import { ApiError, badRequest, forbidden, tooMany } from './errors.js'
import { labelsOf } from './keyboard.js'
import type { Limits } from './limits.js'
import type { Photos } from './photos.js'
import { type Call, integerOf, rawOf, textOf } from './request.js'
import type { Formatted } from './text.js'
import type { Updates } from './updates.js'
import { kindOf, seenKeys } from './views.js'
import { type Chat, keyOf, type Message, type Person, type World } from './world.js'

/** All that the methods work on. */
export interface Stage {
  world: World
  updates: Updates
  limits: Limits
  seen: Seen[]
  /** Queries that the bot may answer, by id, with what becomes of the answer. */
  presses: Map<string, Asked>
  inlineQueries: Map<string, Asked & { settle: (call: Call) => void }>
  /** Commands that the bot offers, by scope and language. */
  commands: Map<string, unknown[]>
  photos: Photos
  /** Whether the bot hears in groups only what is meant for it. */
  privacy: boolean
}

/** A question of somebody that the bot can answer once. */
export interface Asked {
  by: Person
  on?: Message
  answered: boolean
}

/** The chat that the request names, where the bot may write to it. */
export function openChat(call: Call, { world }: Stage): Chat {
  // Somebody whom the bot met in a group: there is no chat with them before they write.
  const stranger = world.personById(Number(textOf(call, 'chat_id')))
  if (stranger && !world.chatById(stranger.id)) {
    throw new ApiError(403, "Forbidden: bot can't initiate conversation with a user")
  }
  const chat = chatOf(call, world)
  // Whoever blocked the bot takes nothing from it; what was said before stays within its reach.
  if (chat.with && chat.roles.get(world.bot) === 'kicked') throw forbidden('bot was blocked by the user')
  return chat
}

/** The chat that the request names, where the bot may look into it. */
export function chatOf(call: Call, world: World): Chat {
  const text = textOf(call, 'chat_id')
  if (text === '') throw badRequest('chat_id is empty')
  const chat = /^-?\d+$/.test(text) ? world.chatById(Number(text)) : undefined
  if (!chat) throw badRequest('chat not found')
  const role = chat.with ? undefined : chat.roles.get(world.bot)
  if (role === 'kicked') throw forbidden(`bot was kicked from the ${kindOf(chat)} chat`)
  if (role === 'left') throw forbidden(`bot is not a member of the ${kindOf(chat)} chat`)
  return chat
}

/** The message that the request names; `what` says what it is for. */
export function messageOf(call: Call, chat: Chat, what: string): Message {
  const id = integerOf(call, 'message_id') ?? 0
  const message = chat.messages.get(id)
  if (!message) throw badRequest(id > 0 ? `${what} not found` : 'message identifier is not specified')
  return message
}

/** Refuses one more message to the chat where the limits say so; counts it otherwise. */
export function passLimits({ limits }: Stage, chat: Chat): void {
  const seconds = limits.wait(chat.id, chat.with === undefined)
  if (seconds !== undefined) throw tooMany(seconds)
  limits.count(chat.id)
}

/** Shows a message of the bot to the people. */
export function show({ seen }: Stage, message: Message, call: Call): void {
  seen.push({
    ...seenKeys(message),
    text: message.text,
    ...(message.picture && { pictures: [message.picture] }),
    buttons: labelsOf(message.markup),
    edits: 0,
    raw: rawOf(call),
    atMs: performance.now(),
  })
}

/** Shows a changed message of the bot. */
export function showAgain({ seen }: Stage, message: Message, call: Call, formatted?: Formatted): void {
  Object.assign(message, formatted, { editedAt: Math.floor(Date.now() / 1000) })
  const shown = seen.find((one) => one.id === keyOf(message) && one.onlyTo === undefined)
  if (!shown) return
  Object.assign(shown, { text: message.text, buttons: labelsOf(message.markup), raw: rawOf(call) })
  shown.edits++
}
