import { unparsable } from './errors.js'

/** A start tag as it was written. */
export interface StartTag {
  name: string
  attributes: Map<string, string>
  /** Where the text goes on. */
  next: number
}

/** Reads the start tag that begins here. */
export function readStartTag(html: string, begin: number): StartTag {
  const nameEnd = skip(html, begin + 1, (char) => !isSpace(char) && char !== '>')
  if (nameEnd >= html.length) throw unparsable(`Unclosed start tag at byte offset ${bytes(html, begin)}`)
  const name = html.slice(begin + 1, nameEnd).toLowerCase()
  const where = `"${name}" at byte offset ${bytes(html, begin)}`
  if (!TAGS.has(name)) throw unparsable(`Unsupported start tag ${where}`)
  const attributes = new Map<string, string>()
  let at = skip(html, nameEnd, isSpace)
  while (html[at] !== '>') {
    const end = skip(html, at, (char) => !isSpace(char) && char !== '=' && char !== '>')
    if (end === at) throw unparsable(`Empty attribute name in the tag ${where}`)
    const attribute = html.slice(at, end)
    at = skip(html, end, isSpace)
    let value = ''
    if (html[at] === '=') {
      at = skip(html, at + 1, isSpace)
      if (at < html.length) [value, at] = readValue(html, at)
      else throw unparsable(`Unclosed start tag ${where}`)
      if (at >= html.length) throw unparsable(`Unclosed start tag at byte offset ${bytes(html, begin)}`)
    }
    if (at >= html.length) throw unparsable(`Unclosed start tag ${where}`)
    attributes.set(attribute, value)
    at = skip(html, at, isSpace)
  }
  if (name === 'span' && attributes.get('class') !== 'tg-spoiler') {
    throw unparsable(`Tag "span" must have class "tg-spoiler" at byte offset ${bytes(html, begin)}`)
  }
  return { name, attributes, next: at + 1 }
}

/** Reads the end tag that begins here, which must close the tag named; gives where the text goes on. */
export function readEndTag(html: string, begin: number, open: string | undefined): number {
  if (open === undefined) throw unparsable(`Unexpected end tag at byte offset ${bytes(html, begin)}`)
  const nameEnd = skip(html, begin + 2, (char) => !isSpace(char) && char !== '>')
  const name = html.slice(begin + 2, nameEnd).toLowerCase()
  const at = skip(html, nameEnd, isSpace)
  if (html[at] !== '>') throw unparsable(`Unclosed end tag at byte offset ${bytes(html, begin)}`)
  // An end tag without a name closes whatever is open.
  if (name !== '' && name !== open) {
    throw unparsable(
      `Unmatched end tag at byte offset ${bytes(html, begin)}, expected "</${open}>", found "</${name}>"`,
    )
  }
  return at + 1
}

/** The character that the entity here stands for; nothing where the platform knows no such entity and shows it as typed. */
export function decodeEntity(html: string, begin: number): { char: string; next: number } | undefined {
  const [entity, hex, decimal, name] = ENTITY.exec(html.slice(begin, begin + 64)) ?? []
  if (entity === undefined) return undefined
  const next = begin + entity.length
  if (name !== undefined) return NAMED[name] === undefined ? undefined : { char: NAMED[name], next }
  const code = Number.parseInt(hex ?? decimal ?? '', hex === undefined ? 10 : 16)
  const readable = code > 0 && code < 0x10ffff && entity.replace(';', '').length < 10
  return readable ? { char: String.fromCodePoint(code), next } : undefined
}

function readValue(html: string, begin: number): [value: string, next: number] {
  const quote = html[begin]
  if (quote !== '"' && quote !== "'") {
    const end = skip(html, begin, (char) => /[a-z0-9.-]/i.test(char))
    if (end < html.length && !isSpace(html[end] as string) && html[end] !== '>') {
      throw unparsable(`Unexpected end of name token at byte offset ${bytes(html, begin)}`)
    }
    return [html.slice(begin, end).toLowerCase(), end]
  }
  let value = ''
  let at = begin + 1
  while (at < html.length && html[at] !== quote) {
    const decoded = html[at] === '&' ? decodeEntity(html, at) : undefined
    value += decoded?.char ?? html[at]
    at = decoded?.next ?? at + 1
  }
  return [value, at + 1]
}

function skip(html: string, from: number, over: (char: string) => boolean): number {
  let at = from
  while (at < html.length && over(html[at] as string)) at++
  return at
}

const isSpace = (char: string) => ' \t\r\n\v'.includes(char)

/** The platform counts bytes of UTF-8 where it says what is wrong. */
const bytes = (html: string, at: number) => Buffer.byteLength(html.slice(0, at))

const ENTITY = /^&(?:#x([0-9a-fA-F]*)|#(\d*)|([a-zA-Z]*));?/

const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' }

const TAGS = new Set('a b strong i em s strike del u ins tg-spoiler tg-emoji span pre code blockquote'.split(' '))
