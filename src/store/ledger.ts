import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Entry, Ledger, LedgerRows, Settled } from '../digest/store.js'
import type { Tables } from './tables.js'

/** Rows that one statement inserts: each has some columns, and a statement takes some thousand values. */
const A_BATCH = 500
/** States in which an item has been told, or may have been. */
const TOLD = new Set<Settled['state']>(['sent', 'unknown'])

export function createLedger(db: Kysely<Tables>): Ledger {
  return {
    async enter(planned, subscriptions, toMs, atMs) {
      await db.transaction().execute(async (trx) => {
        const rows = planned.map(({ subscription: { platform, chat, thread, group }, digest, due, state }) => ({
          ...{ platform, chat, thread, digest, due, state },
          ...{ grouped: Number(group), entered: atMs, next: due, settled: state === 'due' ? 0 : atMs },
          ...EMPTY,
        }))
        for (const batch of batches(rows))
          await trx
            .insertInto('ledger')
            .values(batch)
            .onConflict((conflict) => conflict.doNothing())
            .execute()
        for (const batch of batches(subscriptions.map(({ id }) => id)))
          await trx
            .updateTable('subscriptions')
            .set({ planned_to: toMs })
            .where('id', 'in', batch)
            // A clock that was set back does not take back what is planned.
            .where('planned_to', '<', toMs)
            .execute()
      })
    },
    async begin(entry, owner, atMs) {
      const { numUpdatedRows } = await db
        .updateTable('ledger')
        .set(({ eb }) => ({
          state: 'sending',
          owner,
          attempts: eb('attempts', '+', 1),
          begun: entry.begun || atMs,
          report: entry.report,
          position: entry.position,
        }))
        .where('id', '=', entry.id)
        .where('state', '=', 'due')
        .executeTakeFirst()
      if (numUpdatedRows > 0) return true
      // Done before, and the answer was lost.
      const row = await db.selectFrom('ledger').select(['owner', 'state']).where('id', '=', entry.id).executeTakeFirst()
      return row?.state === 'sending' && row.owner === owner
    },
    async settle(entry, owner, { state, message = '', reason = '', next = 0, doubtful = false, told = false }, atMs) {
      await db.transaction().execute(async (trx) => {
        const { numUpdatedRows } = await trx
          .updateTable('ledger')
          .set({
            state,
            message,
            reason,
            next,
            doubtful: Number(doubtful),
            settled: state === 'due' ? 0 : atMs,
            told: Number(told),
          })
          .where('id', '=', entry.id)
          .where('owner', '=', owner)
          // Its owner was taken for dead, and is not: it knows best.
          .where('state', 'in', ['sending', 'unknown', 'due'])
          .executeTakeFirst()
        if (numUpdatedRows > 0 && TOLD.has(state)) await turn(trx, entry)
      })
    },
    async again(id, atMs) {
      const { numUpdatedRows } = await db
        .updateTable('ledger')
        .set({
          state: 'due',
          owner: '',
          begun: 0,
          next: atMs,
          entered: atMs,
          attempts: 0,
          doubtful: 0,
          told: 0,
          reason: '',
          message: '',
        })
        .where('id', '=', id)
        .where('state', 'not in', ['due', 'sending'])
        .executeTakeFirst()
      return numUpdatedRows > 0
    },
    rows: ledgerRows(db),
  }
}

/** What a row begins with. */
const EMPTY = {
  begun: 0,
  attempts: 0,
  doubtful: 0,
  owner: '',
  report: '',
  position: 0,
  message: '',
  reason: '',
  told: 0,
}

/** The item was told, or may have been: the next one is the next. */
async function turn(trx: Transaction<Tables>, { platform, chat, thread, digest, report, position }: Entry) {
  await trx
    .updateTable('subscriptions')
    .set({ report, position: position + 1 })
    .where('platform', '=', platform)
    .where('chat', '=', chat)
    .where('thread', '=', thread)
    .where('digest', '=', digest)
    .where((eb) => eb.or([eb('report', '!=', report), eb('position', '<', position + 1)]))
    .execute()
}

function ledgerRows(db: Kysely<Tables>): LedgerRows {
  return {
    async due(platform, atMs, most) {
      const rows = await db
        .selectFrom('ledger as l')
        .leftJoin('subscriptions as s', (join) =>
          join
            .onRef('s.platform', '=', 'l.platform')
            .onRef('s.chat', '=', 'l.chat')
            .onRef('s.thread', '=', 'l.thread')
            .onRef('s.digest', '=', 'l.digest'),
        )
        .selectAll('l')
        .select(['s.active', 's.paused_until as pausedUntil', 's.report as toldReport', 's.position as toldPosition'])
        .where('l.platform', '=', platform)
        .where('l.state', '=', 'due')
        .where('l.next', '<=', atMs)
        .orderBy('l.due')
        .orderBy('l.id')
        .limit(most)
        .execute()
      return rows.map(({ active, pausedUntil, toldReport, toldPosition, ...row }) => ({
        ...entryOf(row),
        wanted: active === 1 && (pausedUntil ?? 0) <= atMs,
        rotation: { report: toldReport ?? '', position: toldPosition ?? 0 },
      }))
    },
    async ofOthers(platform, owner) {
      const rows = await db
        .selectFrom('ledger')
        .selectAll()
        .where('platform', '=', platform)
        .where('state', '=', 'sending')
        .where('owner', '!=', owner)
        .execute()
      return rows.map(entryOf)
    },
    async last(sought, most) {
      let query = db.selectFrom('ledger').selectAll()
      for (const [column, value] of Object.entries(sought))
        query = query.where(column as keyof Tables['ledger'], '=', typeof value === 'boolean' ? Number(value) : value)
      const rows = await query.orderBy('due', 'desc').orderBy('id', 'desc').limit(most).execute()
      return rows.map(entryOf)
    },
    async untold(most) {
      const rows = await db
        .selectFrom('ledger')
        .selectAll()
        .where('state', 'in', ['failed', 'unknown', 'missed'])
        .where('told', '=', 0)
        .orderBy('due')
        .orderBy('id')
        .limit(most)
        .execute()
      return rows.map(entryOf)
    },
    async markTold(ids) {
      for (const batch of batches(ids))
        await db.updateTable('ledger').set({ told: 1 }).where('id', 'in', batch).execute()
    },
  }
}

function entryOf({ grouped, doubtful, told, ...row }: Selectable<Tables['ledger']>): Entry {
  return { ...row, group: grouped === 1, doubtful: doubtful === 1, told: told === 1 }
}

function batches<T>(all: T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / A_BATCH) }, (_, i) => all.slice(i * A_BATCH, (i + 1) * A_BATCH))
}
