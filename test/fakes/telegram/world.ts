import type { Picture } from '../kit.js'
import type { Entity } from './html.js'
import type { Json } from './json.js'
import type { Markup } from './keyboard.js'

/** Somebody: a person, another bot, or the bot itself. */
export interface Person {
  id: number
  /** The id that the tests know this person by. */
  name: string
  bot: boolean
}

/** What somebody is in a chat. */
export type Role = 'creator' | 'administrator' | 'member' | 'left' | 'kicked'

/** A private chat, or a group. */
export interface Chat {
  id: number
  /** The id that the tests know this chat by. */
  name: string
  /** The other side of a private chat. */
  with: Person | undefined
  roles: Map<Person, Role>
  /** Topics by name, with the id of their thread; a group that has some is a forum. */
  topics: Map<string, number>
  messages: Map<number, Message>
  nextId: () => number
}

/** A message as the server keeps it. */
export interface Message {
  id: number
  chat: Chat
  from: Person
  date: number
  editedAt?: number
  text: string
  entities: Entity[]
  /** The text stands below what was attached. */
  caption: boolean
  /** Fields that come as they are: a voice, photo sizes, who joined. */
  extra: Json
  /** What people see with it. */
  picture?: Picture
  markup?: Markup | undefined
  replyTo?: Message | undefined
  quote?: string | undefined
  topic?: number | undefined
}

/** Who is there, where they meet, and what was said. */
export interface World {
  bot: Person
  botUsername: string
  person: (name: string, bot?: boolean) => Person
  personById: (id: number) => Person | undefined
  /** The chat of this name; makes it where there is none. */
  chat: (name: string, group: boolean, from: Person) => Chat
  chatByName: (name: string) => Chat | undefined
  chatById: (id: number) => Chat | undefined
  /** The thread of the topic with this name; makes it where there is none. */
  topic: (chat: Chat, name: string) => number
  post: (chat: Chat, from: Person, message: Partial<Message>) => Message
  /** The message that the tests know by this id. */
  messageByKey: (key: string) => Message | undefined
}

/** The id by which the tests know a message: its own is unique within a group only. */
export const keyOf = ({ chat, id }: Message): string => `${chat.id}:${id}`

/** The world before anybody spoke. */
export function createWorld(botId: number, botUsername: string): World {
  const people = new Map<string, Person>()
  const chats = new Map<string, Chat>()
  const bot: Person = { id: botId, name: botUsername, bot: true }
  people.set(botUsername, bot)
  const counter = (start: number) => {
    let last = start
    return () => ++last
  }
  const nextPerson = counter(400_000_000)
  const nextGroup = counter(2_100_000_000)
  // Private chats count their messages together, each group for itself.
  const nextPrivate = counter(1_000)

  const person = (name: string, isBot = false) =>
    found(people, name, () => ({ id: /^\d+$/.test(name) ? Number(name) : nextPerson(), name, bot: isBot }))
  const open = (name: string, id: number, other: Person | undefined, nextId: () => number): Chat => ({
    ...{ id, name, with: other, nextId },
    roles: new Map(),
    topics: new Map(),
    messages: new Map(),
  })
  const group = (name: string) => {
    const id = /^-\d+$/.test(name) ? Number(name) : Number(`-100${nextGroup()}`)
    const made = open(name, id, undefined, counter(0))
    made.roles.set(person(`owner of ${name}`), 'creator').set(bot, 'member')
    return made
  }
  const chat = (name: string, isGroup: boolean, from: Person) => {
    // The id of a private chat is the person's.
    const there = found(chats, name, () => (isGroup ? group(name) : open(name, from.id, from, nextPrivate)))
    const fits = isGroup ? there.with === undefined : there.with === from
    if (!fits) throw new Error(`chat ${name} is ${there.with ? `private, with ${there.with.name}` : 'a group'}`)
    if (!there.roles.has(from)) there.roles.set(from, 'member')
    return there
  }

  const post = (where: Chat, from: Person, message: Partial<Message>): Message => {
    const blank = { text: '', entities: [], caption: false, extra: {}, date: Math.floor(Date.now() / 1000) }
    const posted: Message = { ...blank, ...message, id: where.nextId(), chat: where, from }
    where.messages.set(posted.id, posted)
    return posted
  }
  const chatById = (id: number) => [...chats.values()].find((one) => one.id === id)

  return {
    bot,
    botUsername,
    person,
    personById: (id) => [...people.values()].find((one) => one.id === id),
    chat,
    chatByName: (name) => chats.get(name),
    chatById,
    topic: (where, name) =>
      found(where.topics, name, () => {
        const extra = { forum_topic_created: { name, icon_color: 7_322_096 } }
        return post(where, person(`owner of ${where.name}`), { extra }).id
      }),
    post,
    messageByKey: (key) => {
      const [chatId, id] = key.split(':').map(Number)
      return chatById(chatId as number)?.messages.get(id as number)
    },
  }
}

function found<T>(map: Map<string, T>, key: string, make: () => T): T {
  const there = map.get(key)
  if (there !== undefined) return there
  const made = make()
  map.set(key, made)
  return made
}
