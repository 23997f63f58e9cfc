import { Type } from 'typebox'
import type { Reason } from '../../contract/store.ts'
import { readJson } from '../read-json.ts'

const Column = Type.Tuple([
  Type.String(),
  Type.Array(Type.Union([Type.String(), Type.Number(), Type.Boolean()])),
])

/** A reason in one column. */
export const toReasonColumn = (reason: Reason | null): string | null =>
  reason === null ? null : JSON.stringify([reason.code, reason.values])

/** A reason as it was stored. Before there were codes it was in words, which never began as JSON does. */
export function toReason(column: string | null): Reason | null {
  if (column === null) return null
  if (!column.startsWith('["')) return { code: column, values: [] }
  const [code, values] = readJson(Column, column)
  return { code, values }
}
