import type { Board } from './board.js'
import type { Right } from './permissions.js'
import type { Chat, World } from './world.js'

/** What those who run the guild do with it. */
export interface Guild {
  promote: (person: string, chat: string) => void
  remove: (chat: string) => void
  /** Somebody gets a right in the guild: managing it, or all there are. */
  grant: (person: string, right: Right) => void
  /** The channel is no more. */
  deleteChannel: (chat: string) => void
}

/** The one guild: who leads it leads all its channels. */
export function createGuild(world: World, board: Board): Guild {
  const grant: Guild['grant'] = (name, right) => {
    world.roles.find((role) => role.right === right)?.people.add(world.person(name))
  }
  const chatNamed = (name: string): Chat => {
    const chat = world.chatByName(name)
    if (!chat) throw new Error(`there is no chat ${name}`)
    return chat
  }
  return {
    grant,
    promote: (person, name) => {
      if (world.chat(name, true, world.person(person)).with) throw new Error(`chat ${name} is private`)
      grant(person, 'ADMINISTRATOR')
    },
    remove: (name) => {
      const chat = chatNamed(name)
      chat.access = 'taken'
      if (!chat.with) board.announce(chat, 'CHANNEL_UPDATE')
    },
    deleteChannel: (name) => {
      const chat = chatNamed(name)
      if (chat.with) throw new Error(`chat ${name} is private`)
      chat.access = 'gone'
      board.announce(chat, 'CHANNEL_DELETE')
    },
  }
}
