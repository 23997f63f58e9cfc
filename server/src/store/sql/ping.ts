import { checkSchema } from './schema-version.ts'
import { query, statement } from './statement.ts'
import { change, type Verb } from './transaction.ts'

const write = statement(() =>
  query
    .insertInto('write_probe')
    .values((set) => ({ id: set.lit(1), count: set.lit(1) }))
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((set) => ({ count: set('write_probe.count', '+', set.lit(1)) })),
    ),
)

/** Looks at the schema, and writes a row, the same every time: nothing less proves that something can be written. */
export function* ping(): Verb<void> {
  yield* checkSchema()
  yield* change(write, {})
}
