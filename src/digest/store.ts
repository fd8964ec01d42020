/** Where a digest goes: a chat, or a thread of it. */
export interface Target {
  platform: string
  chat: string
  /** Empty where the chat has none. */
  thread: string
  group: boolean
}

/** A digest that a chat wants. It stays when it is ended, so that its rotation goes on where it was. */
export interface Subscription extends Target {
  id: number
  digest: string
  /** HH:MM where the chat chose a time of its own; else empty. */
  time: string
  active: boolean
  /** Nothing is due before this. */
  pausedUntil: number
  /** All due times up to this are in the ledger. */
  plannedTo: number
  /** The report that `position` counts in. */
  report: string
  /** How many items of the rotation have been told. */
  position: number
}

export interface Subscriptions {
  /** Those of one chat, ended ones too. */
  of: (target: Target) => Promise<Subscription[]>
  /** All that are active on a platform. */
  active: (platform: string) => Promise<Subscription[]>
  /** All of them, ended ones too. */
  all: () => Promise<Subscription[]>
  /** Makes it or changes it: one a chat and digest. */
  put: (subscription: Omit<Subscription, 'id'>) => Promise<void>
}

/**
 * `due`: to be sent, for the first time or again. `sending`: somebody has it in hand. `sent`: the platform has told its id.
 * `failed`: surely not there. `unknown`: it may be there. `missed`: its time went by while nobody could send it.
 */
export type State = 'due' | 'sending' | 'sent' | 'failed' | 'unknown' | 'missed'
export const STATES: State[] = ['due', 'sending', 'sent', 'failed', 'unknown', 'missed']

/** A digest, a chat and a due time. Times are milliseconds of the epoch. */
export interface Entry extends Target {
  id: number
  digest: string
  due: number
  state: State
  /** When it was entered: long after it was due where nobody ran at that time. */
  entered: number
  /** When it was first in hand, when it may be tried again, and when it came into its state. */
  begun: number
  next: number
  settled: number
  attempts: number
  /** An earlier try may be shown already. */
  doubtful: boolean
  /** Who has or had it in hand. */
  owner: string
  /** Which item of the rotation it tells, of which report. */
  report: string
  position: number
  /** The platform's id of the message. */
  message: string
  /** Why it is not sent. */
  reason: string
  /** The office has been told of it. */
  told: boolean
}

/** A row that is to be sent, and how far its rotation is; `wanted` is false where the subscription has been ended or paused. */
export interface Due extends Entry {
  wanted: boolean
  rotation: { report: string; position: number }
}

/** A due time as it is planned. */
export type Planned = Pick<Entry, 'digest' | 'due' | 'state'> & { subscription: Subscription }

/** What became of a try. `next`: not before then, where it is due again. */
export type Settled = Pick<Entry, 'state'> & Partial<Pick<Entry, 'message' | 'reason' | 'next' | 'doubtful' | 'told'>>

/** One row a digest, chat and due time. */
export interface Ledger {
  /** Enters due times, each once whoever enters them, and notes that the subscriptions are planned up to then. All of it or nothing. */
  enter: (planned: Planned[], subscriptions: Subscription[], toMs: number, atMs: number) => Promise<void>
  /** Takes a row that is due in hand: `due` → `sending`, with the item that it tells. False where somebody else has it, or had. */
  begin: (entry: Entry, owner: string, atMs: number) => Promise<boolean>
  /** What became of a row that this owner has in hand, or had until it was taken for dead. What was told, or may have been, is not told next time. */
  settle: (entry: Entry, owner: string, settled: Settled, atMs: number) => Promise<void>
  /** A human's decision: it is due again, as if it had never been sent. */
  again: (id: number, atMs: number) => Promise<boolean>
  rows: LedgerRows
}

export interface LedgerRows {
  /** What can be tried now, the longest due first, each with its subscription as it now is. */
  due: (platform: string, atMs: number, most: number) => Promise<Due[]>
  /** What others have in hand, or had when they died. */
  ofOthers: (platform: string, owner: string) => Promise<Entry[]>
  /** The last ones that match, newest first. */
  last: (
    sought: Partial<Pick<Entry, 'id' | 'digest' | 'platform' | 'chat' | 'thread' | 'state' | 'told'>>,
    most: number,
  ) => Promise<Entry[]>
  /** What did not arrive, or may not have, and the office has not been told of; the oldest first. */
  untold: (most: number) => Promise<Entry[]>
  /** The office has been told of these. */
  markTold: (ids: number[]) => Promise<void>
}
