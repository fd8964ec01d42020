import type { Json } from './json.js'
import type { Stage } from './stage.js'
import type { UpdateKind } from './update-kinds.js'
import { chatView, memberView, userView } from './views.js'
import type { Chat, Message, Person, Role } from './world.js'

/** How somebody's standing in a chat changes. */
export interface Standing {
  chat: string
  group: boolean
  status: Role
  /** Who changes it. */
  by: string
}

/** Who comes, goes, and has a say in the chats. */
export interface Members {
  memberJoin: (chat: string, person: string) => Promise<void>
  myChatMember: (standing: Standing) => Promise<void>
  role: (chat: string, person: string, role: Role) => void
  promote: (person: string, chat: string) => void
  remove: (chat: string) => void
}

/** How the bot is told of it. */
export interface Telling {
  deliver: (kind: UpdateKind, payload: Json, queue: number) => void
  tell: (message: Message) => void
}

/** The members of the chats of a server. */
export function createMembers({ world }: Stage, { deliver, tell }: Telling): Members {
  const { bot } = world
  const chatNamed = (name: string): Chat => {
    const chat = world.chatByName(name)
    if (!chat) throw new Error(`there is no chat ${name}`)
    return chat
  }
  const groupNamed = (name: string): Chat => {
    const chat = chatNamed(name)
    if (chat.with) throw new Error(`chat ${name} is private`)
    return chat
  }
  const isIn = (role: Role) => role !== 'left' && role !== 'kicked'
  /** Gives somebody this standing, and tells the bot of it. */
  const stand = (chat: Chat, by: Person, who: Person, is: Role, was = chat.roles.get(who) ?? 'left') => {
    chat.roles.set(who, is)
    const members = { old_chat_member: memberView(who, was, world), new_chat_member: memberView(who, is, world) }
    const date = Math.floor(Date.now() / 1000)
    const kind = who === bot ? 'my_chat_member' : 'chat_member'
    deliver(kind, { chat: chatView(chat), from: userView(by, world), date, ...members }, chat.id)
  }

  return {
    memberJoin: async (name, personName) => {
      const chat = groupNamed(name)
      const person = world.person(personName)
      tell(world.post(chat, person, { extra: joined(person) }))
      stand(chat, person, person, 'member')
    },
    myChatMember: async ({ chat: name, group, status, by: byName }) => {
      const by = world.person(byName)
      const isNew = world.chatByName(name) === undefined
      const chat = world.chat(name, group, by)
      const was = isNew && group ? 'left' : (chat.roles.get(bot) ?? 'member')
      stand(chat, by, bot, status, was)
      if (group && !isIn(was) && isIn(status)) tell(world.post(chat, by, { extra: joined(bot) }))
    },
    role: (chat, person, role) => void groupNamed(chat).roles.set(world.person(person), role),
    promote: (personName, name) => {
      const person = world.person(personName)
      const chat = world.chat(name, true, person)
      if (chat.roles.get(person) === 'creator') return
      // How others stand in a group is told to its administrators only.
      if (chat.roles.get(bot) === 'administrator') stand(chat, ownerOf(chat), person, 'administrator')
      else chat.roles.set(person, 'administrator')
    },
    remove: (name) => {
      const chat = chatNamed(name)
      stand(chat, chat.with ?? ownerOf(chat), bot, 'kicked', chat.roles.get(bot) ?? 'member')
    },
  }

  function ownerOf(chat: Chat): Person {
    return [...chat.roles].find(([, role]) => role === 'creator')?.[0] ?? world.person(`owner of ${chat.name}`)
  }

  function joined(person: Person): Json {
    return { new_chat_members: [userView(person, world)] }
  }
}
