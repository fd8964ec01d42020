import type { Json } from './json.js'
import { UPDATE_KINDS, type UpdateKind, USUAL_KINDS } from './update-kinds.js'

/** Something that happened, as the bot is to hear of it. */
export interface Entry {
  id: number
  /** The update as it goes over the wire; a second delivery has the same bytes. */
  json: string
  /** Updates of one chat go to a webhook one after the other. */
  queue: number
  /** It was delivered before. */
  again: boolean
}

/** What happened and was not confirmed yet. */
export interface Updates {
  /** Adds an update, unless the bot does not want this kind. */
  add: (kind: UpdateKind, payload: Json, queue: number) => number | undefined
  /** Delivers an update once more. */
  repeat: (id: number) => void
  /** What comes before the offset is confirmed by that and forgotten; a negative one keeps so many of the last. */
  confirm: (offset: number) => void
  /** What is to be delivered next. */
  take: (limit: number) => Entry[]
  pending: () => Entry[]
  /** Takes one out that was delivered. */
  done: (entry: Entry) => void
  clear: () => void
  /** Which kinds the bot wants from now on: an empty list stands for the usual ones. */
  want: (kinds: string[]) => void
  wanted: () => string[] | undefined
  /** Is called whenever there is something new. */
  onNews: (listener: () => void) => void
}

/** A queue of updates, empty at first. */
export function createUpdates(): Updates {
  const everything = new Map<number, Entry>()
  const listeners: (() => void)[] = []
  let pending: Entry[] = []
  let wanted: string[] | undefined
  let lastId = 815_000_000

  const queue = (entry: Entry) => {
    // A repeated one comes first: a poller takes the last one for how far it has come.
    if (entry.again) pending.unshift(entry)
    else pending.push(entry)
    for (const listener of listeners) listener()
  }

  return {
    add: (kind, payload, chat) => {
      const kinds: readonly string[] = wanted ?? USUAL_KINDS
      if (!kinds.includes(kind)) return undefined
      const id = ++lastId
      const entry = { id, json: JSON.stringify({ update_id: id, [kind]: payload }), queue: chat, again: false }
      everything.set(id, entry)
      queue(entry)
      return id
    },
    repeat: (id) => {
      const entry = everything.get(id)
      if (!entry) throw new Error(`there was no update ${id}`)
      queue({ ...entry, again: true })
    },
    confirm: (offset) => {
      if (offset < 0) pending = pending.slice(offset)
      else pending = pending.filter((entry) => entry.again || entry.id >= offset)
    },
    take: (limit) => {
      const taken = pending.slice(0, limit)
      pending = pending.filter((entry) => !(entry.again && taken.includes(entry)))
      return taken
    },
    pending: () => pending,
    done: (entry) => {
      pending = pending.filter((one) => one !== entry)
    },
    clear: () => {
      pending = []
    },
    want: (kinds) => {
      const known = kinds.filter((kind) => UPDATE_KINDS.includes(kind as UpdateKind))
      wanted = known.length > 0 ? known : undefined
    },
    wanted: () => wanted,
    onNews: (listener) => void listeners.push(listener),
  }
}
