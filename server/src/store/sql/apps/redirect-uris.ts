import type { Instant } from '../../contract/store.ts'
import { deleteCodesOfApp } from '../oauth/codes.ts'
import { endRequestsOfApp } from '../oauth/requests.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { all, change, type Verb } from '../transaction.ts'

/** Adds a redirect URI; fails when the app has it already. */
export const insertRedirectUri = statement(
  (p: Placeholder<{ apiKey: string; uri: string; position: number }>) =>
    query
      .insertInto('redirect_uris')
      .values({ api_key: p('apiKey'), uri: p('uri'), position: p('position') }),
)

const touchApp = statement((p: Placeholder<{ apiKey: string; now: Instant }>) =>
  query
    .updateTable('apps')
    .set({ updated_at: p('now') })
    .where('api_key', '=', p('apiKey'))
    .where('deleted_at', 'is', null),
)

/** The redirect URIs of an app in their order. */
export const selectRedirectUris = statement((p: Placeholder<{ apiKey: string }>) =>
  query
    .selectFrom('redirect_uris')
    .select(['uri', 'position'])
    .where('api_key', '=', p('apiKey'))
    .orderBy('position'),
)

const deleteRedirectUri = statement((p: Placeholder<{ apiKey: string; uri: string }>) =>
  query.deleteFrom('redirect_uris').where('api_key', '=', p('apiKey')).where('uri', '=', p('uri')),
)

const forgetRedirectUri = statement((p: Placeholder<{ apiKey: string; uri: string }>) =>
  query.deleteFrom('allowed_redirect_uris').where('api_key', '=', p('apiKey')).where('uri', '=', p('uri')),
)

/** Removes a redirect URI of an app, and that people have allowed it: it is asked for anew if it comes back. */
export function* dropRedirectUri(apiKey: string, uri: string): Verb<boolean> {
  yield* change(forgetRedirectUri, { apiKey, uri })
  return (yield* change(deleteRedirectUri, { apiKey, uri })) > 0
}

/** Removes every redirect URI of an app. */
export const deleteRedirectUris = statement((p: Placeholder<{ apiKey: string }>) =>
  query.deleteFrom('redirect_uris').where('api_key', '=', p('apiKey')),
)

/** Adds a redirect URI unless it is there or the app has `limit` of them. */
export function* addRedirectUri(
  apiKey: string,
  uri: string,
  limit: number,
  now: Instant,
): Verb<'added' | 'present' | 'full' | 'unknown'> {
  // Writing the app's row first makes concurrent additions to one app wait for each other.
  if ((yield* change(touchApp, { apiKey, now })) === 0) return 'unknown'
  const present = yield* all(selectRedirectUris, { apiKey })
  if (present.some((row) => row.uri === uri)) return 'present'
  if (present.length >= limit) return 'full'
  const position = (present.at(-1)?.position ?? -1) + 1
  yield* change(insertRedirectUri, { apiKey, uri, position })
  return 'added'
}

/** Removes a redirect URI and what is under way at the app. */
export function* removeRedirectUri(apiKey: string, uri: string, now: Instant): Verb<boolean> {
  if (!(yield* dropRedirectUri(apiKey, uri))) return false
  yield* endWhatIsUnderWay(apiKey, now)
  return true
}

/**
 * Ends the requests and codes of an app that are not used yet. Requests go first: an approval that got ahead of the
 * first statement has its code found by the second.
 */
export function* endWhatIsUnderWay(apiKey: string, now: Instant): Verb<void> {
  yield* change(endRequestsOfApp, { apiKey, now })
  yield* change(deleteCodesOfApp, { apiKey })
}
