/** A reply of the bot that can be gone on from: by a button, by an answer to it, by a change of the message that it answered. */
export interface Sent {
  id: number
  platform: string
  /** The chat, and its thread where it has some. */
  place: string
  /** Id of the message that was answered. */
  asked: string
  /** Id of the bot's own message; empty until it is out. */
  message: string
  /** What was said, oldest first, up to the question that this reply answers. */
  turns: string[]
}

/**
 * What must outlive the process. Every method may be called again with the same result; times are milliseconds of the epoch.
 * An interface, since tests and the terminal keep it in memory.
 */
export interface Store {
  /**
   * Whether this delivery is ours to answer: not seen before, or seen by a process that died before it began to answer.
   * `body` is kept until then, so that it can be taken up again.
   */
  claim: (delivery: string, atMs: number, body?: string) => Promise<boolean>
  /** From here on the delivery is never answered again, whatever happens. */
  begin: (delivery: string) => Promise<void>
  /** Its answer surely did not go out, and will not by this process: the next one may take it up. */
  release: (delivery: string, body: string) => Promise<void>
  /** Bodies of deliveries whose names begin so, that an earlier process claimed after this time and did not begin to answer. */
  abandoned: (prefix: string, sinceMs: number) => Promise<string[]>
  /** Keeps a reply before it is sent; gives its number. */
  keep: (sent: Omit<Sent, 'id' | 'message'>, atMs: number) => Promise<number>
  /** The reply is out, as this message. */
  shown: (id: number, message: string) => Promise<void>
  byId: (id: number) => Promise<Sent | undefined>
  byAsked: (platform: string, place: string, asked: string) => Promise<Sent | undefined>
  byMessage: (platform: string, place: string, message: string) => Promise<Sent | undefined>
  /** Forgets what is older. */
  prune: (beforeMs: number) => Promise<void>
  close: () => Promise<void>
}
