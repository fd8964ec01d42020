import type { Pressed, Said } from '../kit.js'
import type { Board, Message } from './board.js'
import type { Press } from './cardview.js'
import type { Chat, Chats } from './chats.js'
import { eventFrame, type Frame, messageFrame } from './frames.js'
import type { Line } from './line.js'
import type { Fields } from './schema.js'
import type { Target, Targets } from './targets.js'

export interface World {
  botId: string
  botName: string
  board: Board
  chats: Chats
  targets: Targets
  line: Line
}

/** What people do in the chats. */
export interface People {
  say: (said: Said, pictured?: boolean) => Promise<string>
  press: (pressed: Pressed) => Promise<void>
  repeat: (id: string) => Promise<void>
  enter: (user: string, chat?: string) => Promise<void>
  feedback: (on: string, from: string, type: 1 | 2 | 3, content?: string) => Promise<void>
}

export function createPeople(world: World): People {
  const { botId, board, chats, targets, line } = world
  const said = new Map<string, { quote: Fields; delivery: string | undefined }>()

  return {
    say: (message, pictured = false) => {
      const chat = chats.of(message.from, message.chat, message.group)
      const content = pictured ? pictureOf(message) : contentOf(message)
      return send(
        chat,
        message.from,
        { ...content, ...quoteOf(message) },
        !chat.removed && isHeard(message, pictured),
        message.text,
      )
    },
    press: async ({ on, label, from }) => {
      const message = board.find(on)
      const press = message.view?.presses.find((one) => one.label === label)
      if (press === undefined) throw new Error(`no button ${label} below ${message.seen.text}`)
      if (press.kind === 'choice') choose(message, press, from)
      else if (press.kind === 'question') await ask(message, press.question, from)
      else
        await event(message.chat, from, 'template_card_event', clicked(message, press.key, from), {
          kind: 'card',
          message,
        })
    },
    repeat: async (id) => {
      const delivery = said.get(id)?.delivery
      if (delivery === undefined) throw new Error(`the bot was never handed ${id}`)
      await line.deliver(delivery)
    },
    enter: (user, chat = user) =>
      event(chats.of(user, chat, false), user, 'enter_chat', undefined, { kind: 'welcome' }),
    feedback: async (on, from, type, content) => {
      const message = board.find(on)
      if (message.feedback === undefined) throw new Error(`the bot asked for no feedback on ${message.seen.text}`)
      const detail = type === 2 ? { content: content ?? '', inaccurate_reason_list: [2] } : {}
      await event(message.chat, from, 'feedback_event', { id: message.feedback, type, ...detail }, { kind: 'none' })
    },
  }

  async function send(chat: Chat, from: string, body: Fields, heard: boolean, text: string): Promise<string> {
    const frame = messageFrame(botId, chat, from, body)
    const id = String(frame.body.msgid)
    const delivery = heard ? JSON.stringify(frame) : undefined
    const quote = body.msgtype === 'voice' ? { msgtype: 'voice', voice: body.voice } : asQuote(text)
    said.set(id, { quote, delivery })
    if (delivery === undefined) return id
    chat.open = true
    targets.add(frame, { kind: 'message', chat, about: id })
    await line.deliver(delivery)
    return id
  }

  async function ask(message: Message, question: string, from: string): Promise<void> {
    const { chat } = message
    const content = { msgtype: 'text', text: { content: chat.group ? addressed(question) : question } }
    await send(chat, from, content, true, question)
  }

  async function event(
    chat: Chat,
    from: string,
    type: string,
    detail: Fields | undefined,
    target: Pick<Target, 'kind' | 'message'>,
  ): Promise<void> {
    const named = detail === undefined ? {} : { [type]: detail }
    const frame: Frame = eventFrame(botId, chat, from, { eventtype: type, ...named })
    targets.add(frame, { ...target, chat, about: String(frame.body.msgid) })
    await line.deliver(JSON.stringify(frame))
  }

  function contentOf(message: Said): Fields {
    if (message.voice) return { msgtype: 'voice', voice: { content: message.text } }
    return {
      msgtype: 'text',
      text: { content: message.mention && message.group ? addressed(message.text) : message.text },
    }
  }

  function pictureOf(message: Said): Fields {
    // Addresses of pictures are good for five minutes only; these were never good.
    const image = { url: `${line.url.replace('ws:', 'http:')}/picture`, aeskey: 'A'.repeat(43) }
    if (message.text === '') return { msgtype: 'image', image }
    const text = { content: message.group ? addressed(message.text) : message.text }
    return {
      msgtype: 'mixed',
      mixed: {
        msg_item: [
          { msgtype: 'text', text },
          { msgtype: 'image', image },
        ],
      },
    }
  }

  function addressed(text: string): string {
    return `@${world.botName} ${text}`.trimEnd()
  }

  function quoteOf({ quotes, replyTo }: Said): Fields {
    if (quotes !== undefined) return { quote: asQuote(quotes) }
    if (replyTo === undefined) return {}
    return { quote: said.get(replyTo)?.quote ?? asQuote(board.find(replyTo).seen.text) }
  }
}

/** Bots hear no bots; in groups they hear who mentions them, and what is more than writing in private only. */
function isHeard(message: Said, pictured: boolean): boolean {
  if (message.bot) return false
  if (!message.group) return true
  return message.mention === true && !message.voice && !(pictured && message.text === '')
}

function asQuote(text: string): Fields {
  return { msgtype: 'text', text: { content: text } }
}

function choose(message: Message, press: Press & { kind: 'choice' }, from: string): void {
  const mine = chosenBy(message, from)
  const before = mine.get(press.question) ?? []
  const rest = before.filter((option) => option !== press.option)
  const toggled = rest.length < before.length ? rest : [...before, press.option]
  mine.set(press.question, press.many ? toggled : [press.option])
}

function chosenBy(message: Message, from: string): Map<string, string[]> {
  const mine = message.chosen.get(from) ?? new Map(message.view?.chosen)
  message.chosen.set(from, mine)
  return mine
}

function clicked(message: Message, key: string, from: string): Fields {
  const items = [...chosenBy(message, from)].map(([question, options]) => ({
    question_key: question,
    option_ids: { option_id: options },
  }))
  return {
    card_type: message.card?.card_type,
    event_key: key,
    task_id: message.card?.task_id,
    ...(items.length > 0 && { selected_items: { selected_item: items } }),
  }
}
