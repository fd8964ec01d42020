/**
 * The conformance kit: one chat platform, as the people in its chats and the faults of its servers see it.
 * Each fake is a server on the loopback address that the platform's official client talks to; nothing of the bot is imported here.
 */
export interface FakePlatform {
  /** The variables that point the bot at this server. */
  env: Record<string, string>
  /** Somebody sends a message; gives its id back once the server has handed it to the bot's connection (or queued it). */
  say: (said: Said) => Promise<string>
  /** Somebody presses the button with this label below a message of the bot. Fails where there is no such button. */
  press: (pressed: Pressed) => Promise<void>
  /** Somebody changes a message that was sent. Absent where the platform has no such thing. */
  edit?: (id: string, text: string) => Promise<void>
  /** The same delivery again, byte for byte, as a platform does when it missed our receipt. */
  repeat: (id: string) => Promise<void>
  /** What people see: every message of the bot that the server accepted, oldest first; an edited one stands in its last state. */
  seen: Seen[]
  /** The next request of this sort meets the fault. Faults wait in line, one request each. */
  inject: (fault: Fault) => void
  /** Somebody becomes an administrator of a group, whether they have spoken there or not. Absent where groups have none. */
  promote?: (person: string, chat: string) => void
  /** The bot is put out of a group, or blocked by the other side of a private chat: it can no longer write there. */
  remove?: (chat: string) => void
  /** How many times the bot's client has connected (or begun to poll). */
  connections: () => number
  /** Everything that broke a rule of the platform (too long, bad markup, over the limit, unknown method): empty in a clean run. */
  violations: string[]
  /** Takes the platform's own rate limits off, for load tests; they are on at first. */
  unlimited: () => void
  stop: () => Promise<void>
}

export interface Said {
  /** The text as the person typed it, without the mention. */
  text: string
  /** Id of a chat; the same id is the same chat. */
  chat: string
  group: boolean
  /** Id of the person. */
  from: string
  /** The message mentions the bot (in a private chat it need not). */
  mention?: boolean
  /** The message answers this message of the bot, or of somebody: an id. */
  replyTo?: string
  /** The message quotes this text (WeCom's quote; a replied-to message of somebody else elsewhere). */
  quotes?: string
  /** The sender is another bot. */
  bot?: boolean
  /** The message was spoken; platforms that turn speech to text deliver it so. */
  voice?: boolean
}

export interface Pressed {
  /** Id of the bot's message. */
  on: string
  label: string
  from: string
}

export interface Seen {
  id: string
  chat: string
  /** The message that it answers, where the platform says so. */
  replyTo: string | undefined
  /** What a person reads, markup taken off, quotations and card rows included, one after the other. */
  text: string
  /** What people see with it, in order. Absent where there are none. */
  pictures?: Picture[]
  /** Labels of what can be pressed, in order. */
  buttons: string[]
  /** The person it is shown to alone (a private answer to a press), where it is. */
  onlyTo?: string
  /** Times it was changed after it was first seen. */
  edits: number
  /** The last request that made it what it is, as the server got it. */
  raw: unknown
  /** When it was first seen, milliseconds of performance.now(). */
  atMs: number
}

/** A picture: its weight in bytes, and its size in pixels. */
export interface Picture {
  bytes: number
  width: number
  height: number
}

/** What can go wrong, named after what the bot's side lives through. */
export type Fault =
  /** The message is accepted and shown, but the answer never arrives. */
  | { kind: 'lostAck' }
  /** The server answers 502 (or closes, where there are no statuses); `accepted` says whether the message was shown all the same. */
  | { kind: 'badGateway'; accepted: boolean }
  /** Too many requests; try again after so long. Nothing is shown. */
  | { kind: 'rateLimited'; retryAfterMs: number }
  /** The connection is cut before the request is read. Nothing is shown. */
  | { kind: 'dropped' }
  /** The answer comes late. */
  | { kind: 'slow'; delayMs: number }
  /** The server refuses the message as not sendable (expired stream, message to be edited is gone, chat not found). */
  | { kind: 'refused'; code: string }
  /** At once, not at a request: another connection of the same bot takes over (a 409 where the bot polls). */
  | { kind: 'replaced' }
  /** At once: the socket is cut (where the bot polls: the poll in flight). */
  | { kind: 'disconnected' }
  /** At once and from now on: the token is no longer good. */
  | { kind: 'revoked' }
