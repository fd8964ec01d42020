import type { Seen } from '../kit.js'
import type { Gateway } from './gateway.js'
import { INTENT } from './intents.js'
import type { Json } from './json.js'
import { channelPayload, readBy } from './payloads.js'
import { picturesIn } from './pictures.js'
import { labelsOf, readable } from './text.js'
import type { Chat, Posted, World } from './world.js'

/** Where messages hang: what is put up here the bot hears of, and people see what the bot wrote. */
export interface Board {
  /** Puts a message up. `raw` is the request that made it, `replyTo` what people see it answer. */
  post: (message: Posted, raw: unknown, replyTo?: string) => void
  /** A message has changed. */
  changed: (message: Posted, raw: unknown, replyTo?: string) => void
  remove: (message: Posted) => void
  /** Puts up a message that was there before the bot came, so that it is not told of it. */
  recall: (message: Posted) => void
  /** A channel is new, has changed or is gone. */
  announce: (chat: Chat, event?: 'CHANNEL_CREATE' | 'CHANNEL_UPDATE' | 'CHANNEL_DELETE') => void
  seen: Seen[]
}

export function createBoard(world: World, gateway: Gateway): Board {
  const seen: Seen[] = []
  const tell = (event: string, message: Posted, body: (copy: Posted, intents: number) => Json) => {
    const copy = { ...message }
    const wanted = message.chat.with ? INTENT.directMessages : INTENT.guildMessages
    // Neither what one person alone sees comes over the gateway, nor what the bot was shut out of.
    if (message.onlyTo || message.chat.access !== 'open') return
    gateway.dispatch(event, keyOf(event, message), (intents) => (intents & wanted ? body(copy, intents) : undefined))
  }
  const whole = (copy: Posted, intents: number) => readBy(world, copy, intents, true)
  const show = (message: Posted, raw: unknown, replyTo: string | undefined) => {
    if (message.author !== world.bot || message.flags & LOADING) return
    const there = seen.find(({ id }) => id === message.id)
    const { id, chat, content, embeds, components, onlyTo } = message
    const pictures = picturesIn(message.attachments)
    const shown = pictures.length > 0 && { pictures }
    const now = { text: readable(content, embeds), ...shown, buttons: labelsOf(components), raw }
    delete there?.pictures
    if (there) Object.assign(there, now, { edits: there.edits + 1 })
    else {
      const only = onlyTo && { onlyTo: onlyTo.name }
      seen.push({ id, chat: chat.name, replyTo, ...now, ...only, edits: 0, atMs: performance.now() })
    }
  }
  return {
    post: (message, raw, replyTo) => {
      world.messages.set(message.id, message)
      show(message, raw, replyTo)
      tell('MESSAGE_CREATE', message, whole)
    },
    changed: (message, raw, replyTo) => {
      show(message, raw, replyTo)
      tell('MESSAGE_UPDATE', message, whole)
    },
    remove: (message) => {
      world.messages.delete(message.id)
      const at = seen.findIndex(({ id }) => id === message.id)
      if (at >= 0) seen.splice(at, 1)
      const { id, chat } = message
      tell('MESSAGE_DELETE', message, () => ({
        id,
        channel_id: chat.id,
        ...(!chat.with && { guild_id: world.guildId }),
      }))
    },
    recall: (message) => void world.messages.set(message.id, message),
    announce: (chat, event = 'CHANNEL_CREATE') =>
      gateway.dispatch(event, `${event} ${chat.id}`, (intents) =>
        intents & INTENT.guilds ? channelPayload(world, chat) : undefined,
      ),
    seen,
  }
}

/** A message without anything in it yet. */
export function blank(world: World, chat: Chat, author: Posted['author']): Posted {
  return {
    id: world.nextId(),
    chat,
    author,
    type: 0,
    content: '',
    embeds: [],
    components: [],
    attachments: [],
    flags: 0,
    users: [],
    roles: [],
    everyone: false,
    reference: undefined,
    nonce: undefined,
    interaction: undefined,
    onlyTo: undefined,
    at: stamp(),
    editedAt: undefined,
  }
}

/** Now, as the platform writes it. */
export const stamp = (): string => new Date().toISOString().replace('Z', '000+00:00')

/** Set while people see that the bot is thinking. */
export const LOADING = 1 << 7
/** Set on what one person alone sees. */
export const EPHEMERAL = 1 << 6

/** The first delivery of a message is what may be repeated. */
const keyOf = (event: string, { id }: Posted) => (event === 'MESSAGE_CREATE' ? id : `${event} ${id}`)
