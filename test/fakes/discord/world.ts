import { createIds, isId } from './ids.js'
import type { Json } from './json.js'

/** Somebody: a person, another bot, or the bot itself. */
export interface Person {
  id: string
  /** The id that the tests know this person by. */
  name: string
  bot: boolean
}

/** A text channel of the one guild, or a private chat. */
export interface Chat {
  id: string
  /** The id that the tests know this chat by. */
  name: string
  /** The other side of a private chat. */
  with: Person | undefined
}

/** A message as the server keeps it. */
export interface Posted {
  id: string
  chat: Chat
  author: Person
  type: number
  content: string
  embeds: Json[]
  components: Json[]
  attachments: Json[]
  flags: number
  /** People, roles and everybody, as far as they get a ping. */
  users: string[]
  roles: string[]
  everyone: boolean
  /** The message that it answers. */
  reference: string | undefined
  nonce: unknown
  /** The interaction that it answers. */
  interaction: { id: string; type: number; by: Person; name: string | undefined } | undefined
  /** Who alone sees it. */
  onlyTo: Person | undefined
  at: string
  editedAt: string | undefined
}

/** Who is there, where they meet, and what was said. */
export interface World {
  token: string
  bot: Person
  guildId: string
  owner: Person
  nextId: () => string
  person: (name: string, bot?: boolean) => Person
  personById: (id: string) => Person | undefined
  /** The chat of this name; makes it where there is none. */
  chat: (name: string, group: boolean, from: Person) => Chat
  chatByName: (name: string) => Chat | undefined
  chatById: (id: string) => Chat | undefined
  privateChat: (person: Person) => Chat
  groups: () => Chat[]
  messages: Map<string, Posted>
}

/** The world before anybody spoke. `onGroup` hears of every group that is new. */
export function createWorld(token: string, onGroup: (chat: Chat) => void): World {
  const nextId = createIds()
  const people = new Map<string, Person>()
  const chats = new Map<string, Chat>()
  const person = (name: string, bot = false) => found(people, name, () => ({ id: idFor(name), name, bot }))
  const idFor = (name: string) => (isId(name) ? name : nextId())
  const values = <T>(map: Map<string, T>) => [...new Set(map.values())]
  const privateChat = (other: Person, name = `dm-${other.name}`) => {
    const there = values(chats).find((chat) => chat.with === other)
    if (!there) return found(chats, name, () => ({ id: idFor(name), name, with: other }))
    // A private chat that the bot opened gets the name the tests give it later.
    if (there.name === `dm-${other.name}`) there.name = name
    chats.set(name, there)
    return there
  }
  const group = (name: string) =>
    found(chats, name, () => {
      const chat: Chat = { id: idFor(name), name, with: undefined }
      onGroup(chat)
      return chat
    })
  return {
    token,
    bot: person('the-bot', true),
    guildId: nextId(),
    owner: person('the-owner'),
    nextId,
    person,
    personById: (id) => values(people).find((p) => p.id === id),
    chat: (name, isGroup, from) => (isGroup ? group(name) : privateChat(from, name)),
    chatByName: (name) => chats.get(name),
    chatById: (id) => values(chats).find((chat) => chat.id === id),
    privateChat: (other) => privateChat(other),
    groups: () => values(chats).filter((chat) => !chat.with),
    messages: new Map(),
  }
}

function found<T>(map: Map<string, T>, key: string, make: () => T): T {
  const there = map.get(key)
  if (there) return there
  const made = make()
  map.set(key, made)
  return made
}
