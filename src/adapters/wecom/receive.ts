import type { BaseMessage, EventMessage, QuoteContent, WsFrame } from '@wecom/aibot-node-sdk'
import type { Utterance } from '../../chat/model.js'

export type Frame = WsFrame<BaseMessage | EventMessage>

/** How an utterance can be answered: what kind of frame brought it. */
export interface Origin {
  frame: Frame
  kind: 'message' | 'welcome' | 'press'
}

/** What a message says. In a group only those that mention the bot arrive; what is spoken arrives as text. */
export function utteranceOf(frame: WsFrame<BaseMessage>): Utterance | undefined {
  const body = frame.body
  if (!body) return undefined
  const text = wordsOf(body as Words)
  const quoted = body.quote && wordsOf(body.quote)
  return {
    ...whereOf(body),
    delivery: `message:${body.msgid}`,
    message: body.msgid,
    text: withoutMentions(text ?? ''),
    ...(quoted ? { quoted } : {}),
    ...(text === undefined ? { unreadable: true } : {}),
    origin: { frame, kind: 'message' } satisfies Origin,
  }
}

/** Somebody opens the chat for the first time today: the greeting is asked for. */
export function entranceOf(frame: WsFrame<EventMessage>): Utterance | undefined {
  const body = frame.body
  if (!body) return undefined
  const origin: Origin = { frame, kind: 'welcome' }
  return { ...whereOf(body), delivery: `event:${body.msgid}`, message: body.msgid, text: '', origin }
}

/** Somebody presses a button of a card. */
export function pressOf(frame: WsFrame<EventMessage>): Utterance | undefined {
  const body = frame.body
  // The client's types have the fields one level up from where the server puts them.
  const event = body?.event as { template_card_event?: CardEvent } & CardEvent
  const { event_key: pressed, task_id: task } = event?.template_card_event ?? event ?? {}
  if (!body || !pressed || !task) return undefined
  const origin: Origin = { frame, kind: 'press' }
  return { ...whereOf(body), delivery: `event:${body.msgid}`, message: task, text: '', pressed, origin }
}

interface CardEvent {
  event_key?: string
  task_id?: string
}

function whereOf({ chatid, chattype, from }: Pick<BaseMessage, 'chatid' | 'from'> & { chattype?: string }) {
  const group = chattype === 'group'
  return { platform: 'wecom', chat: group && chatid ? chatid : from.userid, group, person: from.userid }
}

/** Mentions stand before or behind what is said. */
function withoutMentions(text: string): string {
  const words = text.trim().split(/\s+/)
  const from = words.findIndex((word) => !word.startsWith('@'))
  const to = words.findLastIndex((word) => !word.startsWith('@'))
  const [first, last] = [words[from], words[to]]
  if (first === undefined || last === undefined) return ''
  // The white space between is what was typed.
  return text.slice(text.indexOf(first), text.lastIndexOf(last) + last.length)
}

type Words = { [K in 'text' | 'voice' | 'mixed']?: QuoteContent[K] | undefined }

function wordsOf({ text, voice, mixed }: Words): string | undefined {
  const parts = mixed?.msg_item.flatMap((item) => item.text?.content ?? []).join(' ')
  return text?.content ?? voice?.content ?? (parts || undefined)
}
