import type { Said } from '../kit.js'
import type { Entity } from './html.js'
import type { Chat, Message, World } from './world.js'

/** What the person types: the mention stands before a text and behind a command. */
export function typed({ text, mention, group }: Said, username: string): string {
  if (!mention || !group) return text
  const [, command, rest = ''] = /^(\/\w+)(\s[\s\S]*)?$/.exec(text) ?? []
  if (command !== undefined) return `${command}@${username}${rest}`
  return text === '' ? `@${username}` : `@${username} ${text}`
}

/** What the platform finds in a text that people typed. */
export function entitiesIn(text: string): Entity[] {
  const command = /^\/\w{1,64}(@\w+)?/.exec(text)?.[0]
  const entities: Entity[] = command === undefined ? [] : [{ type: 'bot_command', offset: 0, length: command.length }]
  for (const { index, 0: found } of text.matchAll(/(?<![\w/@])@\w{3,32}\b/g)) {
    entities.push({ type: 'mention', offset: index, length: found.length })
  }
  for (const { index, 0: found } of text.matchAll(/\bhttps?:\/\/[^\s，。]+/g)) {
    entities.push({ type: 'url', offset: index, length: found.length })
  }
  return entities.sort((a, b) => a.offset - b.offset)
}

/** Whether the bot gets to hear the message: in groups, only what is meant for it, unless it may hear all. */
export function isHeard(message: Message, world: World, privacy: boolean): boolean {
  const { chat, text, entities, replyTo } = message
  const role = chat.roles.get(world.bot)
  if (role === 'left' || role === 'kicked') return false
  if (chat.with || !privacy || role === 'administrator') return true
  if (replyTo?.from === world.bot) return true
  return entities.some(({ type, offset, length }) => {
    const word = text.slice(offset, offset + length).toLowerCase()
    const meant = word.split('@')[1]
    if (type === 'bot_command') return meant === undefined || meant === world.botUsername.toLowerCase()
    return type === 'mention' && meant === world.botUsername.toLowerCase()
  })
}

/** The message that the person answers: the one named, or one of somebody else that says what is quoted. */
export function answered(said: Said, chat: Chat, world: World): Partial<Message> {
  if (said.replyTo !== undefined) {
    const replyTo = world.messageByKey(said.replyTo)
    if (!replyTo) throw new Error(`there is no message ${said.replyTo}`)
    return { replyTo, quote: said.quotes }
  }
  if (said.quotes === undefined) return {}
  const somebody = world.person(`somebody in ${said.chat}`)
  return { replyTo: world.post(chat, somebody, { text: said.quotes, entities: entitiesIn(said.quotes) }) }
}
