import type { FakePlatform, Said } from '../kit.js'
import { type Board, blank, stamp } from './board.js'
import type { Gateway } from './gateway.js'
import { COMPONENT, type Interactions } from './interactions.js'
import { mentioned } from './mentions.js'
import { type Pressable, pressables } from './text.js'
import type { Chat, Posted, World } from './world.js'

/** What people do in chats: write, change what they wrote, press buttons. */
export type People = Required<Pick<FakePlatform, 'say' | 'edit' | 'press'>>

export function createPeople(world: World, board: Board, gateway: Gateway, interactions: Interactions): People {
  /** A message of somebody else that was there before, for whoever quotes it. */
  const older = (chat: Chat, text: string): Posted => {
    const message = { ...blank(world, chat, world.person('somebody-else')), content: text }
    board.recall(message)
    return message
  }
  const answeredBy = ({ replyTo, quotes }: Said, chat: Chat): Posted | undefined => {
    if (replyTo === undefined) return quotes === undefined ? undefined : older(chat, quotes)
    const message = world.messages.get(replyTo)
    if (!message) throw new Error(`no message ${replyTo} to reply to`)
    return message
  }

  return {
    say: async (said) => {
      await gateway.begun
      const from = world.person(said.from, said.bot)
      const chat = world.chat(said.chat, said.group, from)
      const target = answeredBy(said, chat)
      const message = blank(world, chat, from)
      if (said.voice) Object.assign(message, spoken(world))
      else message.content = said.mention ? `<@${world.bot.id}> ${said.text}` : said.text
      if (target) Object.assign(message, { type: REPLY, reference: target.id })
      // Whoever replies pings the other, unless they switch it off.
      message.users = [...new Set([...mentioned(message.content), ...(target ? [target.author.id] : [])])]
      board.post(message, undefined)
      return message.id
    },
    edit: async (id, text) => {
      const message = world.messages.get(id)
      if (!message) throw new Error(`no message ${id} to edit`)
      const prefix = `<@${world.bot.id}> `
      message.content = message.content.startsWith(prefix) ? prefix + text : text
      message.editedAt = stamp()
      board.changed(message, undefined)
    },
    press: async ({ on, label, from }) => {
      const message = world.messages.get(on)
      const found = message && pressables(message.components).find((part) => part.label === label)
      if (!message || !found) throw new Error(`no button ${label} on ${on}`)
      const by = world.person(from)
      if (found.customId === undefined) throw new Error(`${label} opens a link: nobody hears of it`)
      if (message.onlyTo && message.onlyTo !== by) throw new Error(`${from} does not see ${on}`)
      interactions.open({ type: COMPONENT, chat: message.chat, by, pressed: message, data: dataOf(found) })
    },
  }
}

function dataOf({ customId, componentType, value }: Pressable) {
  return { id: 1, custom_id: customId, component_type: componentType, ...(value !== undefined && { values: [value] }) }
}

/** The platform does not turn speech to text: a recording comes, and no words. */
function spoken(world: World): Partial<Posted> {
  const id = world.nextId()
  const url = `https://cdn.example/attachments/${id}/voice-message.ogg`
  const file = { id, filename: 'voice-message.ogg', size: 4096, content_type: 'audio/ogg', url, proxy_url: url }
  return { flags: VOICE, attachments: [{ ...file, duration_secs: 2.5, waveform: 'AAAA' }] }
}

const REPLY = 19
const VOICE = 1 << 13
