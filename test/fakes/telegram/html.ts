import { unparsable } from './errors.js'
import { decodeEntity, readEndTag, readStartTag, type StartTag } from './html-tags.js'
import { checkedLink, userOfLink } from './links.js'

/** A stretch of text that looks or behaves differently; offsets count UTF-16 units. */
export interface Entity {
  type: string
  offset: number
  length: number
  url?: string
  language?: string
  custom_emoji_id?: string
  user?: { id: number }
}

/** A text as people read it. */
export interface Parsed {
  text: string
  entities: Entity[]
  /** What the platform lets through though it breaks the documented rules or is not seen as meant. */
  notes: string[]
}

/** Reads a text of parse mode HTML, as strictly as the platform. */
export function parseHtml(html: string): Parsed {
  const parsed: Parsed = { text: '', entities: [], notes: [] }
  const open: Open[] = []
  let at = 0
  while (at < html.length) {
    const char = html[at] as string
    if (char === '<' && html[at + 1] === '/') {
      const end = readEndTag(html, at, open.at(-1)?.name)
      close(open.pop() as Open, parsed)
      at = end
    } else if (char === '<') {
      const tag = readStartTag(html, at)
      parsed.notes.push(...nestingNotes(tag.name, open))
      open.push({ ...tag, offset: parsed.text.length })
      at = tag.next
    } else {
      const decoded = char === '&' ? decodeEntity(html, at) : undefined
      if (decoded === undefined && '&>'.includes(char)) parsed.notes.push(`"${char}" is not escaped`)
      parsed.text += decoded?.char ?? char
      at = decoded?.next ?? at + 1
    }
  }
  const unclosed = open.at(-1)
  if (unclosed) throw unparsable(`Can't find end tag corresponding to start tag "${unclosed.name}"`)
  if (/\p{Surrogate}/u.test(parsed.text)) throw unparsable(BAD_UNICODE)
  for (const entity of parsed.entities) if (entity.type === 'code') delete entity.language
  parsed.entities.sort((a, b) => a.offset - b.offset || b.length - a.length)
  return parsed
}

type Open = StartTag & { offset: number }

function close({ name, attributes, offset }: Open, { text, entities, notes }: Parsed): void {
  const length = text.length - offset
  if (length === 0) return
  const last = entities.at(-1)
  const around = last?.offset === offset && last.length === length ? last : undefined
  const language = /^language-(.+)/.exec(attributes.get('class') ?? '')?.[1]
  if (name === 'a') {
    const href = attributes.get('href') || text.slice(offset)
    const user = userOfLink(href)
    const url = checkedLink(href)
    if (user !== undefined) entities.push({ type: 'text_mention', offset, length, user: { id: user } })
    else if (url) entities.push({ type: 'text_link', offset, length, url })
    else notes.push(`the link to "${href}" is dropped: it is no address`)
  } else if (name === 'pre' && around?.type === 'code' && around.language) {
    around.type = 'pre'
  } else if (name === 'code' && around?.type === 'pre' && language) {
    around.language = language
  } else if (name === 'tg-emoji') {
    const id = attributes.get('emoji-id') ?? ''
    if (!/^\d+$/.test(id)) throw unparsable('Invalid custom emoji identifier specified')
    entities.push({ type: 'custom_emoji', offset, length, custom_emoji_id: id })
  } else {
    const type = name === 'blockquote' && attributes.has('expandable') ? 'expandable_blockquote' : TYPES[name]
    entities.push({ type: type as string, offset, length, ...(name === 'code' && language && { language }) })
  }
}

/** The platform drops what must not be nested without a word; a bot should not count on it. */
function nestingNotes(name: string, open: Open[]): string[] {
  const outer = open.map((tag) => tag.name)
  const fixed = outer.find((tag) => tag === 'pre' || tag === 'code')
  if (fixed && !(name === 'code' && fixed === 'pre') && !(name === 'pre' && fixed === 'code')) {
    return [`<${name}> inside <${fixed}> is dropped`]
  }
  return outer.includes(name) ? [`<${name}> inside <${name}> is dropped`] : []
}

const BAD_UNICODE =
  'Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units'

const TYPES: Record<string, string> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  span: 'spoiler',
  'tg-spoiler': 'spoiler',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
}
