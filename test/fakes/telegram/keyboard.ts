import { badRequest } from './errors.js'
import { asList, asObject, type Json } from './json.js'
import { checkedLink } from './links.js'
import { type Call, type FieldType, jsonOf, noteFields, requiredText } from './request.js'

/** What people can press: below the message, or instead of typing. */
export interface Markup {
  kind: 'inline' | 'reply' | 'other'
  rows: Json[][]
}

/** Reads the request's keyboard, as strictly as the platform; a message that is changed can have an inline one only. */
export function markupOf(call: Call, inlineOnly = false): Markup | undefined {
  const value = jsonOf(call, 'reply_markup', "can't parse reply keyboard markup JSON object")
  if (value === undefined) return undefined
  return readMarkup(call, value, inlineOnly)
}

/** Reads a keyboard that stands anywhere. */
export function readMarkup(call: Call, value: unknown, inlineOnly: boolean): Markup | undefined {
  const object = asObject(value)
  if (!object) throw badRequest('object expected as reply markup')
  const kinds = KINDS.filter((kind) => object[kind] !== undefined)
  if (kinds.length !== 1) call.note(`reply_markup must have exactly one of ${KINDS.join(', ')}`)
  if (object.inline_keyboard === undefined) {
    if (inlineOnly) throw badRequest('inline keyboard expected')
    const rows = object.keyboard === undefined ? [] : rowsOf(object.keyboard, 'keyboard').map((row) => row.map(typed))
    return kinds.length === 0 ? undefined : { kind: object.keyboard ? 'reply' : 'other', rows }
  }
  const rows = rowsOf(object.inline_keyboard, 'inline_keyboard')
    .map((row) => row.map((button) => inlineButton(call, button)))
    .filter((row) => row.length > 0)
  if (rows.flat().length > MOST_BUTTONS) throw badRequest('reply markup is too long')
  if (rows.some((row) => row.length > MOST_IN_ROW)) call.note(`a row has more than ${MOST_IN_ROW} buttons`)
  noteFields(call, 'reply_markup', object, { inline_keyboard: 'array' })
  return rows.length > 0 ? { kind: 'inline', rows } : undefined
}

/** What stands on the buttons, in order. */
export const labelsOf = (markup: Markup | undefined): string[] =>
  (markup?.rows ?? []).flat().map((button) => String(button.text))

function rowsOf(value: unknown, name: string): unknown[][] {
  const rows = asList(value)?.map(asList)
  if (!rows || rows.includes(undefined)) {
    const owner = name === 'inline_keyboard' ? ' of the InlineKeyboardMarkup' : ''
    throw badRequest(`field "${name}"${owner} must be an Array of Arrays`)
  }
  return rows as unknown[][]
}

function inlineButton(call: Call, value: unknown): Json {
  const refuse = (why: string) => badRequest(`can't parse inline keyboard button: ${why}`)
  const button = asObject(value)
  if (!button) throw refuse('InlineKeyboardButton must be an Object')
  const text = requiredText(button, 'text', refuse)
  if (text.trim() === '') throw badRequest('inline keyboard button text must be non-empty')
  noteFields(call, `button "${text}"`, button, BUTTON)
  const does = Object.keys(button).filter((name) => !LOOKS.includes(name))
  if (does.length === 0) throw refuse('Text buttons are unallowed in the inline keyboard')
  if (does.length > 1) call.note(`button "${text}" must have one of ${does.join(', ')}`)
  if (button.url !== undefined) checkUrl(requiredText(button, 'url', refuse))
  else if (button.callback_data !== undefined) {
    const data = requiredText(button, 'callback_data', refuse)
    if (data === '') throw refuse('Text buttons are unallowed in the inline keyboard')
    if (Buffer.byteLength(data) > 64) throw badRequest('BUTTON_DATA_INVALID')
  }
  return button
}

function checkUrl(url: string): void {
  if (checkedLink(url) === undefined) {
    throw badRequest(`inline keyboard button URL '${url}' is invalid: Wrong HTTP URL`)
  }
}

function typed(value: unknown): Json {
  if (typeof value === 'string') return { text: value }
  const button = asObject(value)
  if (!button) throw badRequest("can't parse keyboard button: KeyboardButton must be a String or an Object")
  requiredText(button, 'text', (why) => badRequest(`can't parse keyboard button: ${why}`))
  return button
}

const KINDS = ['inline_keyboard', 'keyboard', 'remove_keyboard', 'force_reply']
const MOST_BUTTONS = 100
const MOST_IN_ROW = 8

/** Fields that say how a button looks, not what it does. */
const LOOKS = ['text', 'style', 'icon_custom_emoji_id']

const BUTTON: Record<string, FieldType> = {
  text: 'string',
  style: 'string',
  icon_custom_emoji_id: 'string',
  url: 'string',
  callback_data: 'string',
  switch_inline_query: 'string',
  switch_inline_query_current_chat: 'string',
  switch_inline_query_chosen_chat: 'object',
  copy_text: 'object',
  web_app: 'object',
  login_url: 'object',
}
