import { type Placeholder, query, statement } from '../statement.ts'
import { all, change, type Verb } from '../transaction.ts'

const selectNames = statement(() =>
  query
    .selectFrom('apps')
    .select(['api_key', 'name', 'name_key'])
    .where('deleted_at', 'is', null)
    // Nobody has registered these names, so nobody is kept from them.
    .where('document_address', 'is', null),
)

const setKey = statement((p: Placeholder<{ apiKey: string; name: string; key: string }>) =>
  query
    .updateTable('apps')
    .set({ name_key: p('key') })
    .where('api_key', '=', p('apiKey'))
    .where('name', '=', p('name')),
)

/** Folds the names of all apps anew where that gives another key. */
export function* refoldAppNames(fold: (name: string) => string): Verb<number> {
  const apps = yield* all(selectNames, {})
  const stale = apps
    .map(({ api_key: apiKey, name, name_key: was }) => ({ apiKey, name, was, key: fold(name) }))
    .filter(({ was, key }) => key !== was)
  let refolded = 0
  for (const { apiKey, name, key } of stale) refolded += yield* change(setKey, { apiKey, name, key })
  return refolded
}
