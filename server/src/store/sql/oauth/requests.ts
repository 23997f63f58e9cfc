import type {
  AuthorizationRequest,
  PendingRequest,
  RequestAnswer,
  RequestApp,
  RequestKey,
} from '../../contract/oauth.ts'
import type { Digest, Instant } from '../../contract/store.ts'
import { factColumns, toFacts } from '../apps/facts.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { change, one, type Verb } from '../transaction.ts'

type Key = { digest: Digest; browser: Digest }
type Unstored =
  | 'openid'
  | 'isTest'
  | 'documentAddress'
  | 'documentFacts'
  | 'documentBindsTokens'
  | 'documentPushesRequests'
  | 'thumbprint'
  | 'hinted'
type Flags = { isNative: 0 | 1; promptLogin: 0 | 1; promptConsent: 0 | 1 }

const insertRequest = statement(
  (p: Placeholder<Omit<AuthorizationRequest, keyof Flags | Unstored> & Flags & Key>) =>
    query
      .insertInto('authorization_requests')
      .values({
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
      })
      .onConflict((conflict) => conflict.column('digest').doNothing()),
)

const selectApp = statement((p: Placeholder<{ apiKey: string }>) =>
  query
    .selectFrom('apps')
    .leftJoin('users', 'users.id', 'apps.owner_id')
    .select(['logo', 'requests_ended_at', 'suspended_at', 'users.handle', ...factColumns])
    .where('api_key', '=', p('apiKey'))
    .where('deleted_at', 'is', null),
)

const selectAnswer = statement((p: Placeholder<Key>) =>
  query
    .selectFrom('authorization_requests')
    .select(['user_id', 'finished_at', 'code_digest', 'sealed_code'])
    .where('digest', '=', p('digest'))
    .where('browser', '=', p('browser')),
)

const deleteUnanswered = statement((p: Placeholder<Key>) =>
  query
    .deleteFrom('authorization_requests')
    .where('digest', '=', p('digest'))
    .where('browser', '=', p('browser'))
    .where('finished_at', 'is', null),
)

/** Ends the requests of an app that were made until now: browsers hold them, so that none can be found. */
export const endRequestsOfApp = statement((p: Placeholder<{ apiKey: string; now: Instant }>) =>
  query
    .updateTable('apps')
    .set({ requests_ended_at: p('now') })
    .where('api_key', '=', p('apiKey')),
)

/** Has a row for a request, for as long as it takes to answer it. */
export function* keepRequest({
  request: {
    openid: _,
    isTest: __,
    documentAddress: ___,
    documentFacts: ____,
    thumbprint: _____,
    documentBindsTokens: ______,
    hinted: _______,
    documentPushesRequests: ________,
    ...request
  },
  digest,
  browser,
}: PendingRequest): Verb<void> {
  yield* change(insertRequest, {
    ...request,
    ...{ digest, browser },
    isNative: request.isNative ? 1 : 0,
    promptLogin: request.promptLogin ? 1 : 0,
    promptConsent: request.promptConsent ? 1 : 0,
  })
}

/** Removes the row of a request that was not answered after all. */
export function* dropUnanswered({ digest, browser }: RequestKey): Verb<void> {
  yield* change(deleteUnanswered, { digest, browser })
}

/** The app of a request. */
export function* findRequestApp(apiKey: string): Verb<RequestApp | undefined> {
  const row = yield* one(selectApp, { apiKey })
  return (
    row && {
      logo: row.logo,
      requestsEndedAt: row.requests_ended_at,
      isSuspended: row.suspended_at !== null,
      owner: row.handle,
      facts: toFacts(row),
    }
  )
}

/** What a request was answered. */
export function* findAnswer({ digest, browser }: RequestKey): Verb<RequestAnswer | undefined> {
  const row = yield* one(selectAnswer, { digest, browser })
  if (!row || row.finished_at === null || row.user_id === null) return undefined
  const { code_digest: code, sealed_code: sealed } = row
  return {
    userId: row.user_id,
    answeredAt: row.finished_at,
    code: code === null || sealed === null ? null : { digest: code, sealed },
  }
}
