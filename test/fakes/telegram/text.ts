import { badRequest } from './errors.js'
import { type Entity, parseHtml } from './html.js'
import { asInteger, asList, asObject, asText } from './json.js'
import { type Call, jsonOf, noteFields, textOf } from './request.js'

/** A text and how it looks. */
export interface Formatted {
  text: string
  entities: Entity[]
}

/** What the platform answers where a text does not fit. */
export interface TextRules {
  most: number
  tooLong: string
  /** Left out where the text may be missing. */
  missing?: string
}

/** A message of its own. */
export const MESSAGE_TEXT: TextRules = { most: 4096, tooLong: 'message is too long', missing: 'message text is empty' }
/** A message that is changed. */
export const EDITED_TEXT: TextRules = { ...MESSAGE_TEXT, tooLong: 'MESSAGE_TOO_LONG' }
/** A text below a picture. */
export const CAPTION: TextRules = { most: 1024, tooLong: 'message caption is too long' }

/** Reads a text of the request with its parse mode or entities. */
export function formattedOf(call: Call, name: string, entities: string, rules: TextRules): Formatted {
  const listed = jsonOf(call, entities, "can't parse entities JSON object")
  return readFormatted(call, textOf(call, name), textOf(call, 'parse_mode'), listed, rules)
}

/** Reads a text that stands anywhere. */
export function readFormatted(call: Call, raw: string, mode: string, listed: unknown, rules: TextRules): Formatted {
  if (raw === '' && rules.missing) throw badRequest(rules.missing)
  const parsed = mode === '' ? { text: raw, entities: readEntities(call, listed, raw) } : parse(call, raw, mode)
  const { text, entities } = trimmed(parsed)
  if (text === '' && rules.missing) throw badRequest('text must be non-empty')
  if (text.length > rules.most) throw badRequest(rules.tooLong)
  if (entities.length > MOST_ENTITIES) call.note(`more than ${MOST_ENTITIES} entities: the rest is dropped`)
  return { text, entities: entities.slice(0, MOST_ENTITIES) }
}

/** Takes down what is wrong with the options of a link's preview. */
export function checkPreview(call: Call, value: unknown): void {
  if (value === undefined) return
  if (!asObject(value)) throw badRequest("can't parse link preview options: Object expected")
  const flags = ['is_disabled', 'prefer_small_media', 'prefer_large_media', 'show_above_text']
  const types = Object.fromEntries(flags.map((flag) => [flag, 'boolean' as const]))
  noteFields(call, 'link_preview_options', value, { ...types, url: 'string' })
}

function parse(call: Call, raw: string, mode: string): Formatted {
  // The platform knows two sorts of Markdown besides; this server does not.
  if (mode.toLowerCase() !== 'html') throw badRequest('unsupported parse_mode')
  const { notes, ...formatted } = parseHtml(raw)
  for (const note of notes) call.note(note)
  return formatted
}

function readEntities(call: Call, listed: unknown, text: string): Entity[] {
  if (listed === undefined) return []
  const list = asList(listed)
  if (!list) throw badRequest("can't parse entities: expected an Array of MessageEntity")
  return list.flatMap((value) => {
    const object = asObject(value)
    if (!object) throw badRequest("can't parse MessageEntity: expected an Object")
    const offset = asInteger(object.offset)
    const length = asInteger(object.length)
    const type = asText(object.type) ?? ''
    if (offset === undefined || length === undefined) throw badRequest("can't parse MessageEntity: offset or length")
    if (!ENTITY_TYPES.includes(type)) throw badRequest("can't parse MessageEntity: Unsupported type specified")
    const outside = offset < 0 || length <= 0 || offset + length > text.length
    if (outside) call.note(`entity ${type} at ${offset}, ${length} long, is outside the text`)
    return outside ? [] : [{ ...object, type, offset, length }]
  })
}

/** The platform takes blanks off both ends of a text. */
function trimmed({ text, entities }: Formatted): Formatted {
  const lead = text.length - text.trimStart().length
  const body = text.trim()
  const moved = entities.map((entity) => {
    const start = Math.max(0, entity.offset - lead)
    const end = Math.min(body.length, entity.offset + entity.length - lead)
    return { ...entity, offset: start, length: end - start }
  })
  return { text: body, entities: moved.filter((entity) => entity.length > 0) }
}

const MOST_ENTITIES = 100

const ENTITY_TYPES = [
  ...['mention', 'hashtag', 'cashtag', 'bot_command', 'url', 'email', 'phone_number', 'bold', 'italic', 'underline'],
  ...['strikethrough', 'spoiler', 'blockquote', 'expandable_blockquote', 'code', 'pre', 'text_link', 'text_mention'],
  ...['custom_emoji'],
]
