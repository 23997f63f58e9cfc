import { sql } from 'kysely'
import type { Instant } from '../contract/store.ts'
import type { Schema } from './schema.ts'
import { type Placeholder, query, queryOfAny, type Statement, statement, type Value } from './statement.ts'

/** Rows of which time is up, and how many of them at most. */
export type Bounds = { before: Instant; limit: number }

/** Rows that go when they have been kept for long enough. */
export interface Sweep {
  readonly table: keyof Schema
  /** The column of the instant from which they are kept. */
  readonly due: string
  /** For how long after it, in milliseconds. */
  readonly kept: number
  readonly remove: Statement<Bounds, unknown>
}

/** Counts the rows that are due, no further than the limit. */
export const countDue = (table: keyof Schema, due: string): Statement<Bounds, { count: number }> =>
  statement((p: Placeholder<Bounds>) => {
    const rows = sql<{
      one: number
    }>`(select 1 as one from ${sql.table(table)} where ${sql.ref(due)} <= ${p('before')} limit ${p('limit')})`
    return query.selectFrom(rows.as('due')).select(({ fn }) => fn.countAll<number>().as('count'))
  })

/**
 * Rows that go by an instant of their own.
 * @param key the columns by which one is found
 * @param due the column of the instant from which they are kept
 * @param kept for how long after it, in milliseconds
 */
export function expiring(table: keyof Schema, key: readonly string[], due: string, kept: number): Sweep {
  const remove = statement((p: Placeholder<Bounds>) => {
    const rows = queryOfAny.selectFrom(table).select(key).where(due, '<=', p('before')).limit(p('limit'))
    const [first = '', ...more] = key
    const found = more.length === 0 ? first : sql<Value>`(${sql.join(key.map((column) => sql.ref(column)))})`
    return queryOfAny.deleteFrom(table).where(found, 'in', rows)
  })
  return { table, due, kept, remove }
}
