import { badRequest } from './errors.js'
import { readInlineResults } from './inline.js'
import { boundedOf, type Call, flagOf, integerOf, rawOf, textOf } from './request.js'
import type { Asked, Stage } from './stage.js'
import { seenKeys } from './views.js'

/** Lets whoever pressed a button know, once. */
export function answerCallbackQuery(call: Call, { presses, seen }: Stage): true {
  const id = textOf(call, 'callback_query_id')
  const text = textOf(call, 'text')
  flagOf(call, 'show_alert')
  integerOf(call, 'cache_time')
  if (text.length > MOST_NOTICE) throw badRequest('MESSAGE_TOO_LONG')
  const url = textOf(call, 'url')
  if (url !== '' && !url.startsWith('https://t.me/')) throw badRequest('URL_INVALID')
  const { by, on } = answering(presses.get(id))
  if (text === '' || !on) return true
  // A notice that only whoever pressed gets to see.
  seen.push({
    ...seenKeys(on),
    id: `notice:${id}`,
    replyTo: seenKeys(on).id,
    text,
    buttons: [],
    onlyTo: by.name,
    edits: 0,
    raw: rawOf(call),
    atMs: performance.now(),
  })
  return true
}

/** Offers results to whoever asked inline, once. */
export function answerInlineQuery(call: Call, { inlineQueries }: Stage): true {
  readInlineResults(call)
  boundedOf(call, 'cache_time', 300, 0, 86_400 * 365)
  flagOf(call, 'is_personal')
  if (Buffer.byteLength(textOf(call, 'next_offset')) > 64) throw badRequest('NEXT_OFFSET_INVALID')
  const query = inlineQueries.get(textOf(call, 'inline_query_id'))
  answering(query)
  query?.settle(call)
  return true
}

/** The query that is answered, which can be done once. */
function answering(asked: Asked | undefined): Asked {
  if (!asked || asked.answered) {
    throw badRequest('query is too old and response timeout expired or query ID is invalid')
  }
  asked.answered = true
  return asked
}

const MOST_NOTICE = 200
