import { dueTimes, nextDue } from './calendar.js'
import { catchUpMs, digestOf, scheduleOf } from './rows.js'
import type { Ledger, Planned, Subscription, Subscriptions } from './store.js'

/** Others may have changed the subscriptions: looked at so often at least. */
const LOOK_MS = 30_000
/** Of a long time that nobody ran, so many due times of a subscription are entered as missed. */
const MOST_MISSED = 31
const DAY_MS = 24 * 60 * 60_000

export interface PlannerParts {
  platform: string
  subscriptions: Subscriptions
  ledger: Ledger
  clock: () => number
}

/** Enters what has become due into the ledger, each due time once. */
export interface Planner {
  plan: () => Promise<void>
  /** The subscriptions have been changed: the next look is a whole one. */
  changed: () => void
}

export function createPlanner({ platform, subscriptions, ledger, clock }: PlannerParts): Planner {
  let [lookedMs, nextMs] = [Number.NEGATIVE_INFINITY, 0]

  return {
    async plan() {
      const now = clock()
      // A clock that was set back looks like one that stands still for a while.
      if (now < nextMs && Math.abs(now - lookedMs) < LOOK_MS) return
      const wanted = await subscriptions.active(platform)
      const groups = groupsOf(wanted)
      const planned = groups.flatMap((group) => plannedOf(group, now))
      const due = new Set(planned.map(({ subscription }) => subscription))
      if (planned.length) await ledger.enter(planned, [...due], now, now)
      nextMs = Math.min(now + DAY_MS, ...groups.map(([first]) => nextOf(first!, now)))
      lookedMs = now
    },
    changed() {
      lookedMs = Number.NEGATIVE_INFINITY
    },
  }
}

/** Subscriptions whose due times are the same: most of thousands. */
function groupsOf(subscriptions: Subscription[]): Subscription[][] {
  const groups = new Map<string, Subscription[]>()
  for (const subscription of subscriptions) {
    const { digest, time, plannedTo, pausedUntil } = subscription
    const key = [digest, time, plannedTo, pausedUntil].join('|')
    const group = groups.get(key) ?? []
    group.push(subscription)
    groups.set(key, group)
  }
  return [...groups.values()]
}

/** Due times of subscriptions that have all of them in common. Of several that are past, only the last one is still sent. */
function plannedOf(group: Subscription[], now: number): Planned[] {
  const [{ digest: name, time, plannedTo, pausedUntil }] = group as [Subscription]
  const digest = digestOf(name)
  if (!digest || plannedTo >= now) return []
  const times = dueTimes(scheduleOf(digest, time), plannedTo, now).filter((due) => due >= pausedUntil)
  return times.slice(-MOST_MISSED).flatMap((due) => {
    const state = due === times.at(-1) && now - due <= catchUpMs(digest) ? 'due' : 'missed'
    return group.map((subscription) => ({ subscription, digest: name, due, state }) as const)
  })
}

function nextOf({ digest: name, time }: Subscription, now: number): number {
  const digest = digestOf(name)
  return (digest && nextDue(scheduleOf(digest, time), now)) ?? Number.POSITIVE_INFINITY
}
