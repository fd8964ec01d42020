import type { LinkState } from './model.js'

/** What is logged. `who` names people, and is kept only where the configuration says so. */
type Line = (fields: Record<string, unknown>, message: string, who?: Record<string, unknown>) => void
export type Log = Record<'debug' | 'info' | 'warn' | 'error', Line>

/** What is counted. */
export interface Meter {
  question: (platform: string, intent: string, kind: string, seconds: number) => void
  send: (platform: string, outcome: string) => void
  link: (platform: string, state: LinkState, reason?: string) => void
  feedback: (platform: string, good: boolean) => void
}

const nothing = () => undefined

/** For where nobody watches: the terminal. */
export const UNWATCHED: { log: Log; meter: Meter } = {
  log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
  meter: { question: nothing, send: nothing, link: nothing, feedback: nothing },
}
