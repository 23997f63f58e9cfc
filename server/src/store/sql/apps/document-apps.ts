import type { DocumentApp } from '../../contract/apps.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import type { Flag } from '../tables/flag.ts'
import { change, type Verb } from '../transaction.ts'
import type { FactValues } from './facts.ts'

type Row = Omit<DocumentApp, 'redirectUri' | 'facts' | 'bindsTokens'> & FactValues & { bindsTokens: Flag }

const upsert = statement((p: Placeholder<Row & { nameKey: string }>) =>
  query
    .insertInto('apps')
    .values({
      api_key: p('apiKey'),
      name: p('name'),
      name_key: p('nameKey'),
      document_address: p('address'),
      owner_id: null,
      client_uri: p('clientUri'),
      tos_uri: p('tosUri'),
      policy_uri: p('policyUri'),
      contact: p('contact'),
      binds_tokens: p('bindsTokens'),
      created_at: p('now'),
      updated_at: p('now'),
    })
    .onConflict((conflict) =>
      conflict
        .column('api_key')
        .doUpdateSet({
          name: p('name'),
          client_uri: p('clientUri'),
          tos_uri: p('tosUri'),
          policy_uri: p('policyUri'),
          contact: p('contact'),
          binds_tokens: p('bindsTokens'),
          updated_at: p('now'),
          deleted_at: null,
        })
        .where('apps.document_address', '=', p('address'))
        .where((is) =>
          is.or([
            is('apps.name', '<>', p('name')),
            is('apps.client_uri', 'is distinct from', p('clientUri')),
            is('apps.tos_uri', 'is distinct from', p('tosUri')),
            is('apps.policy_uri', 'is distinct from', p('policyUri')),
            is('apps.contact', 'is distinct from', p('contact')),
            is('apps.binds_tokens', '<>', p('bindsTokens')),
            is('apps.deleted_at', 'is not', null),
          ]),
        ),
    ),
)

const insertUri = statement((p: Placeholder<{ apiKey: string; uri: string; now: number }>) =>
  query
    .insertInto('redirect_uris')
    .values({ api_key: p('apiKey'), uri: p('uri'), position: p('now') })
    .onConflict((conflict) => conflict.columns(['api_key', 'uri']).doNothing()),
)

/** Has a row for an app that its document introduced, as what it calls itself now. */
export function* keepDocumentApp({ redirectUri, facts, bindsTokens, ...app }: DocumentApp): Verb<void> {
  // No folded name has a colon, so that no registered app is kept from a name by this one.
  const nameKey = `document:${app.apiKey}`
  yield* change(upsert, { ...app, ...facts, bindsTokens: bindsTokens ? 1 : 0, nameKey })
  yield* change(insertUri, { apiKey: app.apiKey, uri: redirectUri, now: app.now })
}
