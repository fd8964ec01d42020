import type { Desk, Turn } from '../desk.js'

/** How long a conversation is leant on after its last word, and how many are kept. */
export const KEPT_MS = 10 * 60_000
const MOST_KEPT = 2000
/** What of a conversation is kept to be gone on from: so many of the last messages, of so many characters together. */
const MOST_TURNS = 6
const LONGEST_TURNS = 2000

/** What was said so far, and the answer to the last of it. */
export interface Thread {
  turns: string[]
  turn: Turn | undefined
  /** Which page of that answer was shown last. */
  index: number
}

/** The threads of conversation, one a person and chat. */
export interface Memory {
  of: (key: string) => Thread | undefined
  set: (key: string, thread: Thread) => void
  /** The thread as it stood after these messages: they are asked again, which gives the same answers. */
  replayed: (turns: string[]) => Thread
  size: () => number
}

export const NEW_THREAD: Thread = { turns: [], turn: undefined, index: 0 }

export function createMemory(desk: Desk, clock: () => number): Memory {
  const kept = new Map<string, Thread & { atMs: number }>()
  return {
    of(key) {
      const thread = kept.get(key)
      if (thread && thread.atMs > clock() - KEPT_MS) return thread
      kept.delete(key)
      return undefined
    },
    set(key, thread) {
      kept.delete(key)
      kept.set(key, { ...thread, atMs: clock() })
      for (const [oldest, { atMs }] of kept) {
        if (kept.size <= MOST_KEPT && atMs > clock() - KEPT_MS) break
        kept.delete(oldest)
      }
    },
    replayed: (turns) => ({
      ...NEW_THREAD,
      turns,
      turn: turns.reduce<Turn | undefined>((before, text) => desk.answer(text, before), undefined),
    }),
    size: () => kept.size,
  }
}

/** The messages with one more, of which the oldest are let go; the last always stays. */
export function withTurn(turns: string[], text: string): string[] {
  const kept = [...turns, text].slice(-MOST_TURNS)
  while (kept.length > 1 && kept.join('').length > LONGEST_TURNS) kept.shift()
  return kept
}
