/** What must outlive the process. Every method may be called again with the same result; times are milliseconds of the epoch. */
export interface Store {
  inbox: Inbox
  replies: Replies
  voices: Voices
  /** Forgets what is older. */
  prune: (beforeMs: number) => Promise<void>
  close: () => Promise<void>
}

/** Deliveries that came in, each answered once. */
export interface Inbox {
  /**
   * Whether this delivery is ours to answer: not seen before, or seen by a process that died before it began to answer.
   * `body` is kept until then, so that it can be taken up again.
   */
  claim: (delivery: string, atMs: number, body?: string) => Promise<boolean>
  /** From here on the delivery is never answered again, whatever happens. False where somebody else has begun on it. */
  begin: (delivery: string) => Promise<boolean>
  /** Its answer surely did not go out, and will not by this process: the next one may take it up. */
  release: (delivery: string, body: string) => Promise<void>
  /** Bodies of deliveries whose names begin so, that an earlier process claimed after this time and did not begin to answer. */
  abandoned: (prefix: string, sinceMs: number) => Promise<string[]>
}

/** A reply of the bot that can be gone on from: by a button, by an answer to it, by a change of the message that it answered. */
export interface Sent {
  id: number
  platform: string
  /** The chat, and its thread where it has some. */
  place: string
  /** Who asked; empty where nobody did. */
  person: string
  /** Id of the message that was answered. */
  asked: string
  /** Id of the bot's own message; empty until it is out. */
  message: string
  /** What was said, oldest first, up to the question that this reply answers. */
  turns: string[]
  /** What its buttons ask, in order, without those that turn pages. */
  choices: string[]
  /** What was told without a question, by the name it can be told by again; empty for an answer. */
  told: string
}

/** What a reply is looked for by: all that is given must be so. Of several, the last one is meant. */
export type Sought = Pick<Sent, 'platform' | 'place'> & Partial<Pick<Sent, 'asked' | 'message' | 'person'>>

export interface Replies {
  /** Keeps a reply before it is sent; gives its number. Undefined where it could not be kept: nobody goes on from it. */
  keep: (sent: Omit<Sent, 'id' | 'message'>, atMs: number) => Promise<number | undefined>
  /** The reply is out, as this message. */
  shown: (id: number, message: string) => Promise<void>
  byId: (id: number) => Promise<Sent | undefined>
  last: (sought: Sought, sinceMs?: number) => Promise<Sent | undefined>
}

/** A question that found no answer, and how often it was asked. */
export interface Gap {
  question: string
  times: number
}

/** What people said of the answers. Nothing here tells who it was. */
export interface Voices {
  unanswered: (platform: string, question: string, atMs: number) => Promise<void>
  /** Questions that found no answer since then, the most frequent first, the latest wording of each. */
  gaps: (sinceMs: number, most: number) => Promise<Gap[]>
  /** Somebody found a reply good or bad; its number, where the platform tells which. */
  feedback: (platform: string, good: boolean, atMs: number, reply?: number) => Promise<void>
}
