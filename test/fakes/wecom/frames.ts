import { randomUUID } from 'node:crypto'
import type { Chat } from './chats.js'
import { type Fields, isFields } from './schema.js'

/** What goes over the line in either direction. */
export interface Frame {
  cmd: string
  headers: { req_id: string }
  body: Fields
}

/** Reads a frame of the bot; undefined where it is none. */
export function readFrame(text: string): Frame | undefined {
  let frame: unknown
  try {
    frame = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!isFields(frame) || typeof frame.cmd !== 'string' || !isFields(frame.headers)) return undefined
  const reqId = frame.headers.req_id
  if (typeof reqId !== 'string' || reqId === '' || Buffer.byteLength(reqId) > 256) return undefined
  return { cmd: frame.cmd, headers: { req_id: reqId }, body: isFields(frame.body) ? frame.body : {} }
}

/** Somebody's message, on its way to the bot; `content` is what the message type calls for. */
export function messageFrame(bot: string, chat: Chat, from: string, content: Fields): Frame {
  return frame('aibot_msg_callback', { ...origin(bot, chat), from: { userid: from }, ...content })
}

/** Something happened; `event` holds its type and, under the name of the type, the rest. */
export function eventFrame(bot: string, chat: Chat, from: string, event: Fields): Frame {
  return frame('aibot_event_callback', { ...origin(bot, chat), from: { userid: from }, msgtype: 'event', event })
}

/** Another connection of the same bot has subscribed. */
export function displacedFrame(bot: string): Frame {
  const event = { eventtype: 'disconnected_event' }
  return frame('aibot_event_callback', { ...identity(bot), msgtype: 'event', event })
}

function frame(cmd: string, body: Fields): Frame {
  return { cmd, headers: { req_id: randomUUID() }, body }
}

function origin(bot: string, chat: Chat): Fields {
  // Only groups have an id of their own; a private chat is known by the person.
  return { ...identity(bot), ...(chat.group && { chatid: chat.address }), chattype: chat.group ? 'group' : 'single' }
}

function identity(bot: string): Fields {
  // Ids are random: a bot that remembers what it has seen must not take one test's messages for another's.
  return { msgid: randomUUID(), create_time: Math.floor(Date.now() / 1000), aibotid: bot }
}
