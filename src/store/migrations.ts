import { type CreateTableBuilder, type Kysely, type Migration, Migrator, sql } from 'kysely'

/** What the two databases write in different words. */
export interface Dialect {
  /** A number that the database gives. */
  serial: 'integer' | 'serial'
  isFile: boolean
}

// biome-ignore lint/suspicious/noExplicitAny: columns are named by text.
type Table = CreateTableBuilder<string, any>
type Steps = Record<string, Migration>
// biome-ignore lint/suspicious/noExplicitAny: a migration sees tables as they were then, not as they are now.
type Db = Kysely<any>

/** Brings a database up to date. Safe where several processes start at once: the migrator locks it. */
export async function migrate(db: Db, dialect: Dialect): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => stepsFor(dialect) } })
  const { error } = await migrator.migrateToLatest()
  if (error) throw error
}

function stepsFor({ serial, isFile }: Dialect): Steps {
  const table = (db: Db, name: string, more: (table: Table) => Table) =>
    more(
      db.schema
        .createTable(name)
        .ifNotExists()
        .addColumn('id', serial, (id) => (isFile ? id.primaryKey().autoIncrement() : id.primaryKey())),
    ).execute()
  const addText = (db: Db, name: string, column: string, value: string) =>
    db.schema
      .alterTable(name)
      .addColumn(column, 'text', (c) => c.notNull().defaultTo(value))
      .execute()

  return {
    // Files of the first versions have these two tables, the very first without `body`, and no note of it.
    '1 deliveries and replies': {
      async up(db: Db) {
        await db.schema
          .createTable('deliveries')
          .ifNotExists()
          .addColumn('id', 'text', (c) => c.primaryKey())
          .addColumn('begun', 'integer', (c) => c.notNull().defaultTo(0))
          .addColumn('at', 'bigint', (c) => c.notNull())
          .execute()
        const tables = await db.introspection.getTables()
        const deliveries = tables.find(({ name }) => name === 'deliveries')
        if (!deliveries?.columns.some(({ name }) => name === 'body')) await addText(db, 'deliveries', 'body', '')
        await table(db, 'replies', (t) =>
          texts(t, ['platform', 'place', 'asked', 'message', 'turns']).addColumn('at', 'bigint', (c) => c.notNull()),
        )
        for (const column of ['asked', 'message'])
          await db.schema
            .createIndex(`replies_${column}`)
            .ifNotExists()
            .on('replies')
            .columns(['platform', 'place', column])
            .execute()
      },
    },
    '2 conversations and voices': {
      async up(db: Db) {
        await addText(db, 'replies', 'person', '')
        await addText(db, 'replies', 'choices', '[]')
        await addText(db, 'replies', 'told', '')
        await db.schema
          .createIndex('replies_person')
          .on('replies')
          .columns(['platform', 'place', 'person', 'at'])
          .execute()
        await table(db, 'unanswered', (t) =>
          texts(t, ['platform', 'question', 'folded']).addColumn('at', 'bigint', (c) => c.notNull()),
        )
        await db.schema.createIndex('unanswered_at').on('unanswered').column('at').execute()
        await table(db, 'feedback', (t) =>
          texts(t, ['platform'])
            .addColumn('good', 'integer', (c) => c.notNull())
            .addColumn('reply', 'integer')
            .addColumn('at', 'bigint', (c) => c.notNull()),
        )
      },
    },
    '3 digests': {
      async up(db: Db) {
        await table(db, 'subscriptions', (t) =>
          numbers(texts(t, ['platform', 'chat', 'thread', 'digest', 'time', 'report']), [
            'grouped',
            'active',
            'paused_until',
            'planned_to',
            'position',
          ]).addUniqueConstraint('subscriptions_once', ['platform', 'chat', 'thread', 'digest']),
        )
        await table(db, 'ledger', (t) =>
          numbers(texts(t, ['digest', 'platform', 'chat', 'thread', 'state', 'owner', 'report', 'message', 'reason']), [
            'grouped',
            'due',
            'entered',
            'begun',
            'next',
            'settled',
            'attempts',
            'doubtful',
            'position',
            'told',
          ]).addUniqueConstraint('ledger_once', ['digest', 'platform', 'chat', 'thread', 'due']),
        )
        await db.schema.createIndex('ledger_state').on('ledger').columns(['platform', 'state', 'next']).execute()
        await sql`create index ledger_open on ledger (state) where state in ('failed', 'unknown', 'missed')`.execute(db)
      },
    },
  }
}

function texts(table: Table, names: string[]): Table {
  return names.reduce((t, name) => t.addColumn(name, 'text', (c) => c.notNull().defaultTo('')), table)
}

function numbers(table: Table, names: string[]): Table {
  return names.reduce((t, name) => t.addColumn(name, 'bigint', (c) => c.notNull().defaultTo(0)), table)
}
