import type { Kysely, Selectable } from 'kysely'
import type { Subscription, Subscriptions } from '../digest/store.js'
import type { Tables } from './tables.js'

export function createSubscriptions(db: Kysely<Tables>): Subscriptions {
  return {
    async of({ platform, chat, thread }) {
      const rows = await db
        .selectFrom('subscriptions')
        .selectAll()
        .where('platform', '=', platform)
        .where('chat', '=', chat)
        .where('thread', '=', thread)
        .orderBy('id')
        .execute()
      return rows.map(subscriptionOf)
    },
    async active(platform) {
      const rows = await db
        .selectFrom('subscriptions')
        .selectAll()
        .where('platform', '=', platform)
        .where('active', '=', 1)
        .orderBy('id')
        .execute()
      return rows.map(subscriptionOf)
    },
    async all() {
      return (await db.selectFrom('subscriptions').selectAll().orderBy('id').execute()).map(subscriptionOf)
    },
    async put(subscription) {
      const { platform, chat, thread, digest, group, time, active, pausedUntil, plannedTo, report, position } =
        subscription
      const values = {
        grouped: Number(group),
        time,
        active: Number(active),
        paused_until: pausedUntil,
        planned_to: plannedTo,
      }
      await db
        .insertInto('subscriptions')
        .values({ platform, chat, thread, digest, ...values, report, position })
        // Where the rotation stands is the ledger's to say.
        .onConflict((conflict) => conflict.columns(['platform', 'chat', 'thread', 'digest']).doUpdateSet(values))
        .execute()
    },
  }
}

function subscriptionOf(row: Selectable<Tables['subscriptions']>): Subscription {
  const { grouped, active, paused_until, planned_to, ...rest } = row
  return { ...rest, group: grouped === 1, active: active === 1, pausedUntil: paused_until, plannedTo: planned_to }
}
