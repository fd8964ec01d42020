import { attachmentsOf } from './attachments.js'
import { EPHEMERAL } from './board.js'
import type { Upload } from './body.js'
import { apiError } from './errors.js'
import { createForm, type Path } from './form.js'
import { asNumber, asObjects, asText, type Json } from './json.js'
import { pingsOf, pingsReplied } from './mentions.js'
import { checkMessage } from './message-checks.js'
import { illustrated } from './pictures.js'
import type { Posted, World } from './world.js'

/** What a request wants written, and on what. */
export interface Draft {
  body: Json
  files: Upload[]
  /** Where the message stands in the body: below `data`, in an answer to an interaction. */
  path?: Path
  /** Which flags may be set here. */
  flags: number
  /** The message answers an interaction. */
  webhook: boolean
}

/** Writes what bots ask for onto messages, once it is checked. */
export interface Writer {
  write: (message: Posted, draft: Draft) => void
  /** Every mention that was let through as a ping. */
  mentions: string[]
}

export function createWriter(world: World, violations: string[]): Writer {
  const mentions: string[] = []
  const ping = (message: Posted, body: Json, webhook: boolean) => {
    const pings = pingsOf(message.content, body.allowed_mentions, { group: !message.chat.with, webhook })
    const replied = message.reference === undefined ? undefined : world.messages.get(message.reference)?.author
    const pinged = replied && !webhook && pingsReplied(body) ? [replied.id] : []
    message.users = [...new Set([...pings.users, ...pinged])]
    message.roles = pings.roles
    message.everyone = pings.everyone
    mentions.push(...pings.raw)
  }
  const write: Writer['write'] = (message, { body, files, path = [], flags, webhook }) => {
    const carried = { body, uploads: files, earlier: message.attachments }
    checkMessage(carried, path)
    const next = { ...message }
    if ('content' in body) next.content = (asText(body.content) ?? '').trim()
    if ('attachments' in body || files.length > 0) next.attachments = attachmentsOf(world, carried, violations)
    if ('embeds' in body) {
      const embeds = asObjects(body.embeds).map((embed) => ({ ...embed, type: 'rich' }))
      next.embeds = illustrated(embeds, next.attachments, (what) => void violations.push(what))
    }
    if ('components' in body) next.components = numbered(asObjects(body.components))
    if (next.content === '' && next.embeds.length + next.components.length + next.attachments.length === 0) {
      throw apiError(50006)
    }
    const asked = asNumber(body.flags)
    const misplaced = asked & ~flags & ~message.flags
    if (misplaced !== 0) violations.push(`flags ${misplaced} cannot be set here`)
    if ('flags' in body) next.flags = (message.flags & ~flags) | (asked & flags) | (message.flags & EPHEMERAL)
    if ('content' in body) ping(next, body, webhook)
    Object.assign(message, next)
  }
  return { write, mentions }
}

/** Checks that a message may answer this one, and gives its id; nothing, where it may be missing. */
export function referenced(world: World, message: Posted, body: Json): string | undefined {
  const reference = body.message_reference as Json | undefined
  if (!reference) return undefined
  const form = createForm()
  if ((reference.type ?? 0) !== 0) form.fault(['message_reference', 'type'], 'FAKE_UNSUPPORTED', 'Only replies here')
  const target = world.messages.get(String(reference.message_id))
  const there = target && target.chat === message.chat && !target.onlyTo
  if (!there && reference.fail_if_not_exists !== false) {
    form.fault(['message_reference'], 'REPLIES_UNKNOWN_MESSAGE', 'Unknown message')
  }
  form.done()
  return there ? target.id : undefined
}

/** Every component has a number; those that were sent without one get theirs in order. */
function numbered(rows: Json[]): Json[] {
  let next = 1
  return rows.map((row) => ({
    ...row,
    id: next++,
    components: asObjects(row.components).map((part) => ({ ...part, id: next++ })),
  }))
}
