import { type Generated, type Kysely, sql } from 'kysely'

/** Rows as they lie in the database. Times are milliseconds of the epoch. */
export interface Tables {
  deliveries: { id: string; begun: number; at: number; body: string }
  replies: {
    id: Generated<number>
    platform: string
    place: string
    asked: string
    message: string
    turns: string
    at: number
  }
}

/** Brings a database up to date: each step runs once, and may be met half done. */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('deliveries')
    .ifNotExists()
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('begun', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute()
  // Columns that came later.
  const tables = await db.introspection.getTables()
  const has = (table: string, column: string) =>
    tables.some(({ name, columns }) => name === table && columns.some((each) => each.name === column))
  if (!has('deliveries', 'body'))
    await db.schema
      .alterTable('deliveries')
      .addColumn('body', 'text', (column) => column.notNull().defaultTo(''))
      .execute()
  await db.schema
    .createTable('replies')
    .ifNotExists()
    .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('place', 'text', (column) => column.notNull())
    .addColumn('asked', 'text', (column) => column.notNull())
    .addColumn('message', 'text', (column) => column.notNull().defaultTo(''))
    .addColumn('turns', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute()
  for (const column of ['asked', 'message'] as const)
    await sql`create index if not exists ${sql.raw(`replies_${column}`)} on replies (platform, place, ${sql.ref(column)})`.execute(
      db,
    )
}
