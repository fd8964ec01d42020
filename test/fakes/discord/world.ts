import { createIds, isId } from './ids.js'
import type { Json } from './json.js'
import { RIGHT, type Right } from './permissions.js'

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
  /** Whether the bot may write there, was removed, or there is no such channel any more. */
  access: 'open' | 'taken' | 'gone'
}

/** A role of the guild, with the one right that it gives. */
export interface Role {
  id: string
  right: Right
  permissions: bigint
  people: Set<Person>
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
  roles: Role[]
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
  const open = (name: string, other: Person | undefined): Chat => ({
    id: idFor(name),
    name,
    with: other,
    access: 'open',
  })
  const values = <T>(map: Map<string, T>) => [...new Set(map.values())]
  const privateChat = (other: Person, name = `dm-${other.name}`) => {
    const there = values(chats).find((chat) => chat.with === other)
    if (!there) return found(chats, name, () => open(name, other))
    // A private chat that the bot opened gets the name the tests give it later.
    if (there.name === `dm-${other.name}`) there.name = name
    chats.set(name, there)
    return there
  }
  const group = (name: string) =>
    found(chats, name, () => {
      const chat = open(name, undefined)
      onGroup(chat)
      return chat
    })
  return {
    token,
    bot: person('the-bot', true),
    guildId: nextId(),
    owner: person('the-owner'),
    roles: Object.entries(RIGHT).map(([right, permissions]) => ({
      ...{ id: nextId(), right: right as Right, permissions },
      people: new Set(),
    })),
    nextId,
    person,
    personById: (id) => values(people).find((p) => p.id === id),
    chat: (name, isGroup, from) => {
      const chat = isGroup ? group(name) : privateChat(from, name)
      if (chat.access === 'gone') throw new Error(`channel ${name} is deleted`)
      return chat
    },
    chatByName: (name) => chats.get(name),
    chatById: (id) => values(chats).find((chat) => chat.id === id),
    privateChat: (other) => privateChat(other),
    groups: () => values(chats).filter((chat) => !chat.with && chat.access !== 'gone'),
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
