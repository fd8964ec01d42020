import { badRequest } from './errors.js'
import { asList, asObject, asText, type Json } from './json.js'
import { labelsOf, readMarkup } from './keyboard.js'
import { type Call, type FieldType, jsonOf, noteFields, requiredText } from './request.js'
import { checkPreview, MESSAGE_TEXT, readFormatted } from './text.js'

/** One of the results that people choose from. */
export interface InlineResult {
  id: string
  title: string
  description: string | undefined
  /** The message that choosing it sends, markup taken off. */
  text: string
  buttons: string[]
  raw: Json
}

/** Reads what the bot answered an inline query with, as strictly as the platform. */
export function readInlineResults(call: Call): InlineResult[] {
  const value = jsonOf(call, 'results', "can't parse JSON encoded inline query results") ?? []
  const list = asList(value)
  if (!list) throw badRequest('expected an Array of inline query results')
  if (list.length > MOST_RESULTS) throw badRequest('too many inline query results specified')
  const results = list.map((item) => readResult(call, item))
  if (new Set(results.map((result) => result.id)).size < results.length) throw badRequest('RESULT_ID_DUPLICATE')
  return results
}

function readResult(call: Call, value: unknown): InlineResult {
  const refuse = (why: string) => badRequest(`can't parse inline query result: ${why}`)
  const raw = asObject(value)
  if (!raw) throw refuse('Inline query result must be an object')
  const type = requiredText(raw, 'type', refuse)
  const id = requiredText(raw, 'id', refuse)
  const bytes = Buffer.byteLength(id)
  if (bytes < 1 || bytes > 64) throw badRequest('RESULT_ID_INVALID')
  // The platform has nineteen more; this server does not.
  if (type !== 'article') throw refuse(`Unsupported type "${type}"`)
  const title = requiredText(raw, 'title', refuse)
  if (title === '') throw badRequest('RESULT_TITLE_EMPTY')
  noteFields(call, `result ${id}`, raw, ARTICLE)
  const content = asObject(raw.input_message_content)
  if (!content) throw refuse(`Can't find field "message_text"`)
  noteFields(call, `content of ${id}`, content, CONTENT)
  const written = asText(content.message_text) ?? ''
  if (written === '') throw refuse('Input message content is not specified')
  const { text } = readFormatted(call, written, asText(content.parse_mode) ?? '', content.entities, MESSAGE_TEXT)
  checkPreview(call, content.link_preview_options)
  const markup = raw.reply_markup === undefined ? undefined : readMarkup(call, raw.reply_markup, true)
  return { id, title, description: asText(raw.description), text, buttons: labelsOf(markup), raw }
}

const MOST_RESULTS = 50

const ARTICLE: Record<string, FieldType> = {
  type: 'string',
  id: 'string',
  title: 'string',
  input_message_content: 'object',
  reply_markup: 'object',
  url: 'string',
  description: 'string',
  thumbnail_url: 'string',
  thumbnail_width: 'integer',
  thumbnail_height: 'integer',
}

const CONTENT: Record<string, FieldType> = {
  message_text: 'string',
  parse_mode: 'string',
  entities: 'array',
  link_preview_options: 'object',
}
