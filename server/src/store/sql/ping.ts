import { query, statement } from './statement.ts'
import { one, type Verb } from './transaction.ts'

const selectVersion = statement(() => query.selectFrom('schema_version').select('version'))

/** Reads a row; run as a write it also proves that a write can begin. */
export function* ping(): Verb<void> {
  yield* one(selectVersion, {})
}
