import { SchemaTooNew, StoreUnavailable } from '../contract/errors.ts'
import { migrations } from './migrations.ts'
import { query, statement } from './statement.ts'
import { one, type Verb } from './transaction.ts'

/** The schema versions before and after; 0 is an empty database, and a `from` above `to` one of newer software, left as it is. */
export interface Migrated {
  readonly from: number
  readonly to: number
}

/**
 * The lowest schema version that software has to know to work on the schema of this one. A migration that only adds leaves
 * it, and so does one that corrects rows; one that takes away or changes what software from before reads or writes raises
 * it to its own number.
 */
export const worksFrom = 39

/** Why this software cannot work on a schema, of which it knows the versions up to `known`; null when it can. */
export function misfitOf(version: number, itWorksFrom: number, known = migrations.length): string | null {
  if (version < known)
    return `The database has schema version ${version}, and this software needs ${known}: start it anew, or run stagedoor migrate`
  if (itWorksFrom > known)
    return `The database has schema version ${version}, on which only software works that knows version ${itWorksFrom}; this one knows versions up to ${known}`
  return null
}

/**
 * The version of a database that is about to be migrated.
 * @param row the row of `schema_version`, which of an older database lacks what newer ones say
 * @throws SchemaTooNew for one on which this software cannot work
 */
export function versionOf(row: unknown): number {
  const version = numberOf(row, 'version')
  const misfit = misfitOf(Math.max(version, migrations.length), numberOf(row, 'works_from'))
  if (misfit !== null) throw new SchemaTooNew(misfit)
  return version
}

/** What the row of `schema_version` says once all migrations were made. */
export const newest = { version: migrations.length, worksFrom } as const

/** @throws SchemaTooNew for a database that has more than this software could copy */
export function checkKnown({ from, to }: Migrated): void {
  if (from > to)
    throw new SchemaTooNew(
      `The database has schema version ${from}, and this software knows what there is to copy up to ${to}. Use the newer one`,
    )
}

const select = statement(() => query.selectFrom('schema_version').select(['version', 'works_from']))

/** Looks whether the schema is still one that this software works on. */
export function* checkSchema(): Verb<void> {
  const row = yield* one(select, {})
  const misfit = misfitOf(row?.version ?? 0, row?.works_from ?? 0)
  if (misfit !== null) throw new StoreUnavailable(misfit)
}

// A row of SQLite has no prototype.
function numberOf(row: unknown, column: string): number {
  const value: unknown = typeof row === 'object' && row !== null ? Reflect.get(row, column) : undefined
  return Number(value ?? 0)
}
