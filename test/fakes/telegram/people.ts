import type { Pressed, Said } from '../kit.js'
import { answered, entitiesIn, isHeard, typed } from './incoming.js'
import { type InlineResult, readInlineResults } from './inline.js'
import { asText, type Json } from './json.js'
import { createMembers, type Members } from './members.js'
import type { Call } from './request.js'
import type { Stage } from './stage.js'
import type { UpdateKind } from './update-kinds.js'
import { messageView, userView } from './views.js'
import { keyOf, type Message } from './world.js'

/** Somebody sends a message, in a topic of the group where one is named. */
export interface TelegramSaid extends Said {
  thread?: string
}

/** What the people in the chats do. */
export interface People extends Members {
  say: (said: TelegramSaid) => Promise<string>
  press: (pressed: Pressed) => Promise<void>
  edit: (id: string, text: string) => Promise<void>
  repeat: (id: string) => Promise<void>
  inline: (from: string, query: string, withinMs?: number) => Promise<InlineResult[]>
}

/** The people of a server; each of them is there as soon as they are named. */
export function createPeople(stage: Stage): People {
  const { world, updates } = stage
  const { bot, botUsername } = world
  /** The last update about a message, by its key. */
  const delivered = new Map<string, number>()
  let lastQuery = 4_900_000_000_000_000_000n
  const nextQuery = () => String(++lastQuery)

  const deliver = (kind: UpdateKind, payload: Json, queue: number, key?: string) => {
    const id = updates.add(kind, payload, queue)
    if (id !== undefined && key !== undefined) delivered.set(key, id)
  }
  const tell = (message: Message, kind: UpdateKind = 'message') =>
    deliver(kind, messageView(message, world), message.chat.id, keyOf(message))

  return {
    say: async (said) => {
      const from = world.person(said.from, said.bot)
      const chat = world.chat(said.chat, said.group, from)
      const topic = said.thread === undefined ? undefined : world.topic(chat, said.thread)
      const reply = answered(said, chat, world)
      // A spoken message has no text; where it mentions the bot, the mention stands below it.
      const text = typed(said.voice ? { ...said, text: '' } : said, botUsername)
      const extra = said.voice ? { voice: voiceOf(said.text) } : {}
      const parts = { text, entities: entitiesIn(text), caption: said.voice === true, extra, topic, ...reply }
      const message = world.post(chat, from, parts)
      if (isHeard(message, world, stage.privacy)) tell(message)
      return keyOf(message)
    },
    press: async ({ on, label, from }) => {
      const message = world.messageByKey(on)
      if (message?.from !== bot) throw new Error(`there is no message ${on} of the bot`)
      const buttons = message.markup?.kind === 'inline' ? message.markup.rows.flat() : []
      const button = buttons.find((one) => one.text === label)
      const data = asText(button?.callback_data)
      if (data === undefined) throw new Error(`${on} has ${button ? 'no callback behind' : 'no button'} "${label}"`)
      const id = nextQuery()
      const by = world.person(from)
      stage.presses.set(id, { by, on: message, answered: false })
      const about = { id, from: userView(by, world), message: messageView(message, world) }
      deliver('callback_query', { ...about, chat_instance: String(-message.chat.id), data }, message.chat.id)
    },
    edit: async (id, text) => {
      const message = world.messageByKey(id)
      if (!message || message.from === bot) throw new Error(`there is no message ${id} of somebody`)
      const mention = message.text.includes(`@${botUsername}`)
      const now = typed({ text, mention, group: !message.chat.with, chat: '', from: '' }, botUsername)
      Object.assign(message, { text: now, entities: entitiesIn(now), editedAt: Math.floor(Date.now() / 1000) })
      if (isHeard(message, world, stage.privacy)) tell(message, 'edited_message')
    },
    repeat: async (id) => {
      const update = delivered.get(id)
      if (update === undefined) throw new Error(`message ${id} was never delivered`)
      updates.repeat(update)
    },
    inline: (from, query, withinMs = 5_000) => {
      const id = nextQuery()
      const by = world.person(from)
      return new Promise((resolve, reject) => {
        const late = () => reject(new Error(`the inline query "${query}" was not answered`))
        const timer = setTimeout(late, withinMs).unref()
        const settle = (call: Call) => {
          clearTimeout(timer)
          resolve(readInlineResults({ ...call, note: () => {} }))
        }
        stage.inlineQueries.set(id, { by, answered: false, settle })
        deliver('inline_query', { id, from: userView(by, world), query, offset: '', chat_type: 'sender' }, by.id)
      })
    },
    ...createMembers(stage, { deliver, tell }),
  }
}

function voiceOf(spoken: string): Json {
  const duration = Math.max(1, Math.ceil(spoken.length / 4))
  return { duration, mime_type: 'audio/ogg', file_id: `voice-${spoken.length}`, file_unique_id: `V${spoken.length}` }
}
