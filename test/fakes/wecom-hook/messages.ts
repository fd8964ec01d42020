import { createHash } from 'node:crypto'
import type { Picture } from '../kit.js'
import { type Refusal, refusal } from '../wecom/errors.js'
import { plain } from '../wecom/markdown.js'
import { fromBase64, readPicture } from '../wecom/pictures.js'
import { bytes, type Check, type Findings, isBlank, isFields, listOf, record, words } from '../wecom/schema.js'

/** What people see of a message that was taken. */
export interface Shown {
  text: string
  pictures?: Picture[]
  raw: unknown
  /** What the platform lets through though it is not shown as it was meant. */
  noted: string[]
}

/** Reads the body of a request as the webhook does, or says why nothing of it is shown. */
export function readMessage(body: string): Shown | Refusal {
  const message = parsed(body)
  if (message === undefined) return refusal(40008, 'Warning: wrong json format')
  const type = isFields(message) ? String(message.msgtype) : ''
  const check = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined
  if (!isFields(message) || check === undefined) return refusal(40008, `msgtype ${type}`)
  const found: Findings = { refused: [], noted: [] }
  check(message[type], type, found)
  const [refused] = found.refused
  return refused ?? { ...shownOf(type, message[type]), raw: message, noted: found.noted }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

function shownOf(type: string, part: unknown): Pick<Shown, 'text' | 'pictures'> {
  if (!isFields(part)) return { text: '' }
  const picture = readPicture(fromBase64(part.base64) ?? Buffer.alloc(0))
  if (picture !== undefined) return { text: '', pictures: [picture] }
  const content = String(part.content)
  return { text: type === 'text' ? content : plain(content) }
}

/** Text of at most so many bytes: one more, and the whole message is refused. */
function written(most: number, fields: Record<string, Check>, unseen: [RegExp, string][]): Check {
  return record({ content: bytes(most), ...fields }, [], (part, at, found) => {
    if (!isFields(part)) return
    if (isBlank(part.content)) found.refused.unshift(refusal(44004, `${at}.content`))
    for (const [pattern, what] of unseen)
      if (pattern.test(String(part.content))) found.noted.push(`${at}: ${what} is shown as it is written`)
  })
}

const image = record({ base64: words(), md5: bytes(32) }, ['base64', 'md5'], (part, at, found) => {
  if (!isFields(part)) return
  const raw = fromBase64(part.base64) ?? Buffer.alloc(0)
  if (readPicture(raw) === undefined) found.refused.push(refusal(40123, `${at}.base64`))
  if (raw.length > LARGEST) found.refused.push(refusal(40009, `${raw.length} bytes`))
  if (createHash('md5').update(raw).digest('hex') !== part.md5) found.refused.push(refusal(301019, `${at}.md5`))
})

const LARGEST = 2 * 1024 * 1024
const WHOM = listOf(words(), 1000)

/** The two kinds of Markdown know different things. */
const TYPES: Record<string, Check> = {
  text: written(2048, { mentioned_list: WHOM, mentioned_mobile_list: WHOM }, []),
  markdown: written(4096, {}, [
    [/^\s*\|.*\|\s*$/m, 'a table'],
    [/^```/m, 'a block of code'],
    [/!\[[^\]]*\]\(/, 'a picture'],
  ]),
  markdown_v2: written(4096, {}, [
    [/<@[^<>\s]+>/, 'a mention'],
    [/<font\b/, 'a colour'],
  ]),
  image,
}
