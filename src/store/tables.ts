import type { Generated } from 'kysely'
import type { State } from '../digest/store.js'

/** Rows as they lie in the database. Times are milliseconds of the epoch; what is true is 1; JSON where a column holds a list. */
export interface Tables {
  deliveries: { id: string; begun: number; at: number; body: string }
  replies: {
    id: Generated<number>
    platform: string
    place: string
    person: string
    asked: string
    message: string
    turns: string
    choices: string
    told: string
    at: number
  }
  unanswered: { id: Generated<number>; platform: string; question: string; folded: string; at: number }
  feedback: { id: Generated<number>; platform: string; good: number; reply: number | null; at: number }
  subscriptions: {
    id: Generated<number>
    platform: string
    chat: string
    thread: string
    grouped: number
    digest: string
    time: string
    active: number
    paused_until: number
    planned_to: number
    report: string
    position: number
  }
  ledger: {
    id: Generated<number>
    digest: string
    platform: string
    chat: string
    thread: string
    grouped: number
    due: number
    state: State
    entered: number
    begun: number
    next: number
    settled: number
    attempts: number
    doubtful: number
    owner: string
    report: string
    position: number
    message: string
    reason: string
    told: number
  }
}
