import type { Static, TSchema } from 'typebox'
import { Check } from 'typebox/value'

/** Reads a column of JSON. @throws Error when it is not what was stored */
export function readJson<S extends TSchema>(schema: S, column: string): Static<S> {
  const value: unknown = JSON.parse(column)
  if (!Check(schema, value)) throw new Error('A column is not of the form in which it was stored.')
  return value
}
