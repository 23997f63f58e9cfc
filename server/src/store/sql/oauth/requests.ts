import type { Selectable } from 'kysely'
import type {
  AuthorizationRequest,
  Digest,
  Instant,
  RequestKey,
  StoredRequest,
} from '../../contract/store.ts'
import type { Schema } from '../schema.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { change, one, type Verb } from '../transaction.ts'

type Flags = { isNative: 0 | 1; promptLogin: 0 | 1; promptConsent: 0 | 1 }

const insertRequest = statement(
  (p: Placeholder<Omit<AuthorizationRequest, keyof Flags> & Flags & { digest: Digest; browser: Digest }>) =>
    query.insertInto('authorization_requests').values({
      digest: p('digest'),
      browser: p('browser'),
      api_key: p('apiKey'),
      app_name: p('appName'),
      redirect_uri: p('redirectUri'),
      is_native: p('isNative'),
      scope: p('scope'),
      state: p('state'),
      code_challenge: p('codeChallenge'),
      response_mode: p('responseMode'),
      display: p('display'),
      prompt_login: p('promptLogin'),
      prompt_consent: p('promptConsent'),
      login_hint: p('loginHint'),
      created_at: p('createdAt'),
      expires_at: p('expiresAt'),
    }),
)

const selectRequest = statement((p: Placeholder<{ digest: Digest; browser: Digest; now: Instant }>) =>
  query
    .selectFrom('authorization_requests')
    .leftJoin('apps', 'apps.api_key', 'authorization_requests.api_key')
    .selectAll('authorization_requests')
    .select('logo')
    .where('digest', '=', p('digest'))
    .where('browser', '=', p('browser'))
    .where('expires_at', '>', p('now')),
)

/** Ends the requests of an app that nobody has answered. */
export const deleteRequestsOfApp = statement((p: Placeholder<{ apiKey: string }>) =>
  query
    .deleteFrom('authorization_requests')
    .where('api_key', '=', p('apiKey'))
    .where('finished_at', 'is', null),
)

/** Stores a request that has been validated. */
export function* createRequest(key: RequestKey, request: AuthorizationRequest): Verb<void> {
  yield* change(insertRequest, {
    ...request,
    ...key,
    isNative: request.isNative ? 1 : 0,
    promptLogin: request.promptLogin ? 1 : 0,
    promptConsent: request.promptConsent ? 1 : 0,
  })
}

/** The request of this browser that is not expired. */
export function* findRequest(key: RequestKey, now: Instant): Verb<StoredRequest | undefined> {
  const row = yield* one(selectRequest, { ...key, now })
  return row && { ...toRequest(row), logo: row.logo, finishedAt: row.finished_at }
}

/** The request in a row with all its columns. */
export function toRequest(row: Selectable<Schema['authorization_requests']>): AuthorizationRequest {
  return {
    apiKey: row.api_key,
    appName: row.app_name,
    redirectUri: row.redirect_uri,
    isNative: row.is_native === 1,
    scope: row.scope,
    state: row.state,
    codeChallenge: row.code_challenge,
    responseMode: row.response_mode,
    display: row.display,
    promptLogin: row.prompt_login === 1,
    promptConsent: row.prompt_consent === 1,
    loginHint: row.login_hint,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  }
}
