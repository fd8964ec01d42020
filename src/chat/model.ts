import type { Reply } from '../reply/model.js'
import type { Block } from './blocks.js'

/** One thing that somebody said to the bot, as plain data. Ids are the platform's own, as strings. */
export interface Utterance {
  platform: string
  /** Names this delivery: the same one twice is the same delivery. */
  delivery: string
  chat: string
  /** A part of the chat with a conversation of its own (a topic, a thread). */
  thread?: string
  group: boolean
  person: string
  /** What the person is called; for logs, and only where they are told to keep names. */
  name?: string
  /** Id of the message that was said, or whose button was pressed. */
  message: string
  /** What was asked, without the mention of the bot. */
  text: string
  /** A command and what stands behind it: `text` is that argument. */
  command?: string
  /** The words of a message that this one points at; empty where the platform keeps them back. */
  quoted?: string
  /** Id of the bot's own message that this one answers. */
  answers?: string
  /** What the pressed button carries. */
  pressed?: string
  /** The message was said before and has been changed. */
  edited?: boolean
  /** Somebody sees that an answer is awaited: silence is none. */
  mustBeAnswered?: boolean
  /** A sound or a picture without words. */
  unreadable?: boolean
  /** What the adapter needs to answer; nobody else looks at it. */
  origin?: unknown
}

/** Who asks, and where. */
export type Asker = Pick<Utterance, 'platform' | 'chat' | 'person'>

export interface Button {
  /** `page` turns the page, `option` picks a reading, `next` asks on. */
  kind: 'page' | 'option' | 'next'
  label: string
  /** Comes back as `pressed`; at most 64 bytes. */
  data: string
}

/** One page of a reply, ready to be put into a platform's own form. */
export interface Page {
  reply: Reply
  blocks: Block[]
  /** Which page of how many; absent where there is one. */
  place?: { page: number; pages: number }
  buttons: Button[]
}

/** A page on its way to where the utterance came from. */
export interface Outgoing extends Page {
  to: Utterance
  /** A line above the answer: the question, where nobody typed it; where a digest stands in its round. */
  above?: string
  /** Id of the bot's message that this page takes the place of, where the platform can change messages. */
  replaces?: string
  /** The same for every try at sending this page; at most 25 characters. */
  nonce: string
  /** A word in passing, which the answer will follow. */
  passing?: boolean
  /** An earlier try may be shown already. */
  mayBeShown?: boolean
  /** Goes with the page, or by itself where there are no blocks. */
  picture?: Picture
}

/** A chart. The text says all that it shows. */
export interface Picture {
  png: Uint8Array
  /** The same for the same picture: a platform that keeps what was uploaded need not be sent it again. */
  name: string
  /** What it shows, for who cannot see it. */
  about: string
}

/** How many messages may go out in how long. */
export interface Limit {
  messages: number
  /** Milliseconds. */
  everyMs: number
}

/** `standby`: another process serves the platform. */
export type LinkState = 'standby' | 'connecting' | 'up' | 'down' | 'replaced' | 'rejected'

/** What an adapter is given when it connects. */
export interface Hooks {
  /** Hands in what was said. It returns at once; the answer comes by `send`. */
  receive: (utterance: Utterance) => void
  /** Answers outside any conversation, for previews: a page a reading, none where there is nothing to show. */
  preview: (text: string, asker: Asker) => Page[]
  /** Names of the report that go on from what was typed. */
  complete: (list: Completion, typed: string, asker: Asker) => string[]
  /** Tells how the line is; the reason is a sentence for whoever runs the bot. */
  link: (state: LinkState, reason?: string) => void
  /** Something came in that could not be read. */
  fault: (cause: unknown) => void
  /** Somebody found a reply good or bad; which one, where the platform tells. */
  feedback: (good: boolean, reply?: number) => void
  /** Aborted when nothing more is to be taken in. */
  signal: AbortSignal
}

export type Completion = 'indicators' | 'projects' | 'terms'

/** What is particular to a platform and can be told beforehand. */
export interface Traits {
  platform: string
  /** Longest page in characters. */
  page: number
  /** The pace that the platform allows: in a chat of one person, in a group, over all. */
  limits: { chat: Limit[]; group: Limit[]; overall: Limit[] }
  /** Absent where nothing can be sent that answers nobody. */
  push?: {
    /** Milliseconds for which a second message of the same nonce is known to be the first one. */
    remembersMs: number
    /** The only chats, by name, where the platform has no others. */
    chats?: string[]
  }
  /** How many characters of text go with a picture in one message; absent where no pictures are taken. */
  withPicture?: number
}

/** A chat platform. Whatever is particular to one stays behind these five. */
export interface Adapter {
  traits: Traits
  /** Connects, and stays connected by itself. Resolves once listening; throws a `YoujuError` where it never will. */
  connect: (hooks: Hooks) => Promise<void>
  /** Sends a page; gives the id of the message that shows it. Throws a `DeliveryError`. */
  send: (outgoing: Outgoing) => Promise<string>
  /** Whether who spoke may decide for the group; undefined where the platform does not tell. */
  manages: (utterance: Utterance) => Promise<boolean | undefined>
  /** Hangs up. */
  close: () => Promise<void>
}
