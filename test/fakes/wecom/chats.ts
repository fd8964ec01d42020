/** A conversation of the bot: with one person, or in a group. */
export interface Chat {
  id: string
  group: boolean
  /** What the platform calls it: the person's id, or the group's. */
  address: string
  /** Somebody has written to the bot here, so it may write of its own accord. */
  open: boolean
  /** The bot was put out of it; it hears nothing there, and is told only when it sends. */
  removed: boolean
}

export interface Chats {
  /** The conversation that a person means; a person has one private chat with the bot. */
  of: (person: string, chat: string, group: boolean) => Chat
  /** The conversation that a push is addressed to; where no type is given a group comes before a person. */
  at: (address: unknown, type: unknown) => Chat | undefined
  /** The bot is put out of the conversation of this id. */
  remove: (chat: string) => void
}

export function createChats(): Chats {
  const groups = new Map<string, Chat>()
  const people = new Map<string, Chat>()

  return {
    of: (person, chat, group) => {
      const known = group ? groups : people
      const address = group ? chat : person
      const found = known.get(address)
      if (found !== undefined && found.id !== chat) throw new Error(`${person} has a private chat already: ${found.id}`)
      if (found !== undefined) return found
      const made = { id: chat, group, address, open: false, removed: false }
      known.set(address, made)
      return made
    },
    at: (address, type) => {
      const id = String(address)
      if (type === 1) return people.get(id)
      if (type === 2) return groups.get(id)
      return groups.get(id) ?? people.get(id)
    },
    remove: (chat) => {
      const found = [...groups.values(), ...people.values()].find(({ id }) => id === chat)
      if (found === undefined) throw new Error(`there is no chat ${chat}`)
      found.removed = true
    },
  }
}
