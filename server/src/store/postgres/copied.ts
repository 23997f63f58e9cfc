import type { Value } from '../sql/statement.ts'
import type { Table } from './tables.ts'

/** How many rows of a table were copied. */
export interface CopiedTable {
  readonly table: string
  readonly rows: number
}

/** A copy that cannot be made; the words say what to do. */
export class CopyError extends Error {
  override readonly name = 'CopyError'
}

/** The columns of a table as SQL lists them, and the query of all its rows in the order in which both engines have them. */
export function queriesOf({ name, columns, key }: Table): { readonly list: string; readonly select: string } {
  const list = columns.map((column) => `"${column}"`).join(', ')
  const order = key.map((column) => `"${column}"`).join(', ')
  return { list, select: `SELECT ${list} FROM ${name} ORDER BY ${order}` }
}

/** A row as both sides' digests have it. */
export const lineOf = (values: readonly Value[]): string =>
  `${JSON.stringify(values.map((value) => (value instanceof Uint8Array ? [Buffer.from(value).toString('hex')] : value)))}\n`

/** @throws TypeError for what no column holds */
export function asValue(value: unknown): Value {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value
  if (value instanceof Uint8Array) return value
  throw new TypeError(`A column cannot hold ${typeof value}`)
}

/** What is said of a table that is not the same on both sides. */
export const notTheSame = (table: string): CopyError =>
  new CopyError(`The table ${table} has not arrived as it was. Nothing was copied.`)
