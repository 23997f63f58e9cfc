import type { Instant } from '../contract/store.ts'
import { type Placeholder, query, statement } from './statement.ts'
import { change, type Verb } from './transaction.ts'

/** Which node does it, and until when. */
export const leaseTables = `
  CREATE TABLE leases (
    name TEXT NOT NULL PRIMARY KEY,
    holder TEXT NOT NULL,
    until INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
`

const take = statement((p: Placeholder<{ name: string; holder: string; now: Instant; until: Instant }>) =>
  query
    .insertInto('leases')
    .values({ name: p('name'), holder: p('holder'), until: p('until') })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet({ holder: p('holder'), until: p('until') })
        .where((is) => is.or([is('leases.until', '<=', p('now')), is('leases.holder', '=', p('holder'))])),
    ),
)

/** Takes a lease, or goes on with one's own. */
export function* takeLease(name: string, holder: string, now: Instant, until: Instant): Verb<boolean> {
  return (yield* change(take, { name, holder, now, until })) > 0
}
