import type { AppFacts } from '../../contract/store.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { change, type Verb } from '../transaction.ts'

/** Gives apps the columns of what they say of themselves. */
export const appFacts = `
  ALTER TABLE apps ADD COLUMN client_uri TEXT;
  ALTER TABLE apps ADD COLUMN tos_uri TEXT;
  ALTER TABLE apps ADD COLUMN policy_uri TEXT;
  ALTER TABLE apps ADD COLUMN contact TEXT;
`

/** The columns of what an app says of itself. */
export const factColumns = ['apps.client_uri', 'apps.tos_uri', 'apps.policy_uri', 'apps.contact'] as const

/** What an app says of itself, as values of a statement. */
export type FactValues = Pick<AppFacts, keyof AppFacts>

interface FactRow {
  readonly client_uri: string | null
  readonly tos_uri: string | null
  readonly policy_uri: string | null
  readonly contact: string | null
}

/** What an app says of itself, of its row. */
export const toFacts = (row: FactRow): AppFacts => ({
  clientUri: row.client_uri,
  tosUri: row.tos_uri,
  policyUri: row.policy_uri,
  contact: row.contact,
})

const setFacts = statement((p: Placeholder<FactValues & { apiKey: string }>) =>
  query
    .updateTable('apps')
    .set({
      client_uri: p('clientUri'),
      tos_uri: p('tosUri'),
      policy_uri: p('policyUri'),
      contact: p('contact'),
    })
    .where('api_key', '=', p('apiKey')),
)

/** Changes what an app says of itself: its row is this transaction's already. */
export function* changeFacts(apiKey: string, was: FactRow, changes: Partial<AppFacts>): Verb<void> {
  yield* change(setFacts, { apiKey, ...toFacts(was), ...changes })
}
