import { answerCallbackQuery, answerInlineQuery } from './answers.js'
import { deleteMessage, editMessageReplyMarkup, editMessageText } from './change.js'
import { getChat, getChatAdministrators, getChatMember, sendChatAction } from './chats.js'
import { deleteMyCommands, getMe, getMyCommands, setMyCommands } from './profile.js'
import type { Call } from './request.js'
import { sendMessage, sendPhoto } from './send.js'
import type { Stage } from './stage.js'

/** A method of the platform: the fields that it has, and what it does with them. */
export interface Method {
  name: string
  fields: readonly string[]
  run: (call: Call, stage: Stage) => unknown
}

/** The method of this name, in whatever case it is written; nothing where this server has none. */
export function methodNamed(name: string): Method | undefined {
  return METHODS.find((method) => method.name.toLowerCase() === name.toLowerCase())
}

/** Whether people see what a call of this method makes: faults that are injected wait for these. */
export const isShown = (method: Method): boolean => /^(send|edit)/.test(method.name) && method.name !== 'sendChatAction'

/** The server sees to these itself, with more than the stage. */
const elsewhere = () => {
  throw new Error('this method is the connection’s own')
}

const SENDING = [
  ...['chat_id', 'message_thread_id', 'parse_mode', 'disable_notification', 'protect_content', 'reply_parameters'],
  ...['reply_markup'],
]
const EDITING = ['chat_id', 'message_id', 'inline_message_id', 'reply_markup']
const SCOPE = ['scope', 'language_code']
const PHOTO = ['photo', 'caption', 'caption_entities', 'show_caption_above_media', 'has_spoiler']
const HOOK = ['url', 'certificate', 'ip_address', 'max_connections', 'allowed_updates', 'drop_pending_updates']

const METHODS: Method[] = [
  { name: 'getUpdates', fields: ['offset', 'limit', 'timeout', 'allowed_updates'], run: elsewhere },
  { name: 'setWebhook', fields: [...HOOK, 'secret_token'], run: elsewhere },
  { name: 'deleteWebhook', fields: ['drop_pending_updates'], run: elsewhere },
  { name: 'getWebhookInfo', fields: [], run: elsewhere },
  { name: 'getMe', fields: [], run: getMe },
  { name: 'setMyCommands', fields: ['commands', ...SCOPE], run: setMyCommands },
  { name: 'getMyCommands', fields: SCOPE, run: getMyCommands },
  { name: 'deleteMyCommands', fields: SCOPE, run: deleteMyCommands },
  { name: 'sendMessage', fields: [...SENDING, 'text', 'entities', 'link_preview_options'], run: sendMessage },
  { name: 'sendPhoto', fields: [...SENDING, ...PHOTO], run: sendPhoto },
  { name: 'sendChatAction', fields: ['chat_id', 'message_thread_id', 'action'], run: sendChatAction },
  {
    name: 'editMessageText',
    fields: [...EDITING, 'text', 'parse_mode', 'entities', 'link_preview_options'],
    run: editMessageText,
  },
  { name: 'editMessageReplyMarkup', fields: EDITING, run: editMessageReplyMarkup },
  { name: 'deleteMessage', fields: ['chat_id', 'message_id'], run: deleteMessage },
  {
    name: 'answerCallbackQuery',
    fields: ['callback_query_id', 'text', 'show_alert', 'url', 'cache_time'],
    run: answerCallbackQuery,
  },
  {
    name: 'answerInlineQuery',
    fields: ['inline_query_id', 'results', 'cache_time', 'is_personal', 'next_offset', 'button'],
    run: answerInlineQuery,
  },
  { name: 'getChat', fields: ['chat_id'], run: getChat },
  { name: 'getChatMember', fields: ['chat_id', 'user_id'], run: getChatMember },
  { name: 'getChatAdministrators', fields: ['chat_id'], run: getChatAdministrators },
]
