import { createHash } from 'node:crypto'
import type { Picture } from '../kit.js'
import type { Content } from './board.js'
import { checkCard } from './cards.js'
import { fromBase64, readPicture } from './pictures.js'
import {
  bytes,
  type Check,
  type Fields,
  type Findings,
  flag,
  isFields,
  listOf,
  oneOf,
  record,
  words,
  wrong,
} from './schema.js'

/** Checks the body of a request by its message type; undefined where the type does not exist. */
export function checkBody(body: Fields, types: string[], envelope: Record<string, Check>): Findings | undefined {
  const type = String(body.msgtype)
  if (!types.includes(type) || !Object.hasOwn(PARTS, type)) return undefined
  const parts = PARTS[type] ?? {}
  const found: Findings = { refused: [], noted: [] }
  // In the combined type the card may come with any of the frames, or with none.
  const required = Object.keys(parts).filter((name) => type !== 'stream_with_template_card' || name === 'stream')
  const fields = { msgtype: oneOf(type), ...envelope, ...parts }
  record(fields, [...Object.keys(envelope).filter((name) => name === 'chatid'), ...required])(body, 'body', found)
  return found
}

/** Checks the body of a card update. */
export function checkUpdate(body: Fields): Findings {
  const found: Findings = { refused: [], noted: [] }
  const fields = {
    response_type: oneOf('update_template_card'),
    userids: listOf(words(), 1000, 1),
    template_card: card,
  }
  record(fields, ['response_type', 'template_card'])(body, 'body', found)
  return found
}

/** What people see of a body that passed the check; `picture` is that of its media id. */
export function contentOf(body: Fields, picture?: Picture): Content {
  const written = [body.stream, body.markdown, body.text].find(isFields)
  const card = isFields(body.template_card) ? body.template_card : undefined
  const judged = [written?.feedback, card?.feedback].find(isFields)
  return {
    ...(typeof written?.content === 'string' && { markdown: written.content }),
    literal: body.msgtype === 'text',
    card,
    picture,
    feedback: typeof judged?.id === 'string' ? judged.id : undefined,
  }
}

const LONGEST = bytes(20_480)
const card: Check = (value, at, found) => {
  checkCard(value, at, found)
}
const feedback = record({ id: bytes(256) }, ['id'])
const markdown = record({ content: LONGEST, feedback }, ['content'])
const text = record({ content: LONGEST }, ['content'])
const inline = record({ base64: words(), md5: bytes(32) }, ['base64', 'md5'], pictureIsWhole)
const item = record({ msgtype: oneOf('image'), image: inline }, ['msgtype', 'image'])
const stream = record(
  { id: bytes(256), finish: flag, content: LONGEST, msg_item: listOf(item, 10, 1), feedback },
  ['id'],
  (value, at, found) => {
    if (isFields(value) && value.msg_item !== undefined && value.finish !== true)
      wrong(found, `${at}.msg_item`, 'goes with finish only')
  },
)

const PARTS: Record<string, Record<string, Check>> = {
  text: { text },
  markdown: { markdown },
  image: { image: record({ media_id: words() }, ['media_id']) },
  stream: { stream },
  template_card: { template_card: card },
  stream_with_template_card: { stream, template_card: card },
}

function pictureIsWhole(value: unknown, at: string, found: Findings): void {
  if (!isFields(value)) return
  const raw = fromBase64(value.base64) ?? Buffer.alloc(0)
  if (readPicture(raw) === undefined) wrong(found, `${at}.base64`, 'must be a JPG or PNG')
  if (raw.length > 10 * 1024 * 1024) wrong(found, `${at}.base64`, 'exceed max length 10M')
  if (createHash('md5').update(raw).digest('hex') !== value.md5) wrong(found, `${at}.md5`, 'does not fit the image')
}
