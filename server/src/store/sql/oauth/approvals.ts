import type { AuthorizationRequest, NewCode, PendingRequest, RequestFinish } from '../../contract/oauth.ts'
import type { Digest, Identity, Instant, Scope, SessionOfUser } from '../../contract/store.ts'
import { useSession } from '../accounts/sessions.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { change, one, type Verb } from '../transaction.ts'
import { insertCode } from './codes.ts'
import { toColumn } from './identity.ts'
import { dropUnanswered, findAnswer, keepRequest } from './requests.ts'

type Finish = { digest: Digest; browser: Digest; userId: number; now: Instant }
type Approval = Finish & { codeDigest: Digest; sealedCode: Uint8Array }

const cancel = statement((p: Placeholder<Finish>) => finish(p))

const approve = statement((p: Placeholder<Approval>) => finishWithCode(p))

type Recorded = { userId: number; apiKey: string | null; redirectUri: string; scope: Scope; asksEmail: 0 | 1 }

const approveRecorded = statement((p: Placeholder<Approval & Recorded>) =>
  finishWithCode(p).where(({ exists }) => exists(recorded(p))),
)

const selectRecorded = statement((p: Placeholder<Recorded>) => recorded(p))

type Consent = { userId: number; apiKey: string; scope: Scope }

const raiseGrant = statement((p: Placeholder<Consent & { appName: string; now: Instant }>) =>
  query
    .insertInto('grants')
    .values({
      user_id: p('userId'),
      api_key: p('apiKey'),
      scope: p('scope'),
      app_name: p('appName'),
      created_at: p('now'),
      updated_at: p('now'),
    })
    .onConflict((conflict) =>
      conflict
        .columns(['user_id', 'api_key'])
        .doUpdateSet({ scope: 'write', updated_at: p('now') })
        .where('grants.scope', '=', 'read')
        .where('excluded.scope', '=', 'write'),
    ),
)

const nameGrant = statement((p: Placeholder<Omit<Consent, 'scope'> & { appName: string; now: Instant }>) =>
  query
    .updateTable('grants')
    .set({ app_name: p('appName'), updated_at: p('now') })
    .where('user_id', '=', p('userId'))
    .where('api_key', '=', p('apiKey'))
    .where('app_name', '<>', p('appName')),
)

const answerEmail = statement(
  (p: Placeholder<Omit<Consent, 'scope'> & { sharesEmail: 0 | 1; now: Instant }>) =>
    query
      .updateTable('grants')
      .set({ shares_email: p('sharesEmail'), updated_at: p('now') })
      .where('user_id', '=', p('userId'))
      .where('api_key', '=', p('apiKey')),
)

const selectEmailAnswer = statement((p: Placeholder<{ userId: number; apiKey: string }>) =>
  query
    .selectFrom('grants')
    .select('shares_email')
    .where('user_id', '=', p('userId'))
    .where('api_key', '=', p('apiKey')),
)

const allowRedirectUri = statement((p: Placeholder<Consent & { uri: string }>) =>
  query
    .insertInto('allowed_redirect_uris')
    .values({ user_id: p('userId'), api_key: p('apiKey'), uri: p('uri'), scope: p('scope') })
    .onConflict((conflict) =>
      conflict
        .columns(['user_id', 'api_key', 'uri'])
        .doUpdateSet({ scope: 'write' })
        .where('allowed_redirect_uris.scope', '=', 'read')
        .where('excluded.scope', '=', 'write'),
    ),
)

/** Whether what a user has recorded covers a request. */
export function* isRecorded(request: AuthorizationRequest, userId: number): Verb<boolean> {
  return (yield* one(selectRecorded, recordedFor(request, userId))) !== undefined
}

/** Finishes a request with a code and, with `remember`, records or raises the grant, its name and where it leads. */
export function* approveRequest(
  pending: PendingRequest,
  code: NewCode,
  consent: 'remember' | 'once' | 'recorded',
): Verb<RequestFinish> {
  const { apiKey, appName, redirectUri, scope, codeChallenge, thumbprint } = pending.request
  const { userId, createdAt: now, expiresAt, digest: codeDigest, sealed: sealedCode } = code
  if (!(yield* useSession(code, now))) return { outcome: 'signed_out' }
  yield* keepRequest(pending)
  const answer = { digest: pending.digest, browser: pending.browser, now, userId, codeDigest, sealedCode }
  const asked = recordedFor(pending.request, userId)
  const count =
    consent === 'recorded'
      ? yield* change(approveRecorded, { ...answer, ...asked })
      : yield* change(approve, answer)
  if (count === 0) return yield* unfinished(pending)
  const identity = toColumn(consent === 'recorded' ? yield* asRecorded(code, apiKey) : code.identity)
  const bindings = { apiKey, appName, redirectUri, scope, codeChallenge, thumbprint, identity }
  yield* change(insertCode, { digest: codeDigest, userId, createdAt: now, expiresAt, ...bindings })
  if (consent === 'remember' && apiKey !== null) {
    yield* change(raiseGrant, { userId, apiKey, scope, appName, now })
    yield* change(nameGrant, { userId, apiKey, appName, now })
    if (asked.asksEmail === 1)
      yield* change(answerEmail, { userId, apiKey, sharesEmail: code.identity?.email ? 1 : 0, now })
    yield* change(allowRedirectUri, { userId, apiKey, scope, uri: redirectUri })
  }
  return { outcome: 'finished' }
}

// Of what is asked without a page, the email is what the person answered when they were asked.
function* asRecorded({ identity, userId }: NewCode, apiKey: string | null): Verb<Identity | null> {
  if (identity === null || !identity.email || apiKey === null) return identity
  const answer = yield* one(selectEmailAnswer, { userId, apiKey })
  return { ...identity, email: answer?.shares_email === 1 }
}

/** Finishes a request without a code. */
export function* cancelRequest(
  pending: PendingRequest,
  by: SessionOfUser,
  now: Instant,
): Verb<RequestFinish> {
  if (!(yield* useSession(by, now))) return { outcome: 'signed_out' }
  const { digest, browser } = pending
  yield* keepRequest(pending)
  const count = yield* change(cancel, { digest, browser, now, userId: by.userId })
  return count > 0 ? { outcome: 'finished' } : yield* unfinished(pending)
}

function* unfinished(pending: PendingRequest): Verb<RequestFinish> {
  const answer = yield* findAnswer(pending)
  if (answer !== undefined) return { outcome: 'answered', answer }
  yield* dropUnanswered(pending)
  return { outcome: 'gone' }
}

const recordedFor = (
  { apiKey, redirectUri, scope, openid }: AuthorizationRequest,
  userId: number,
): Recorded => ({ userId, apiKey, redirectUri, scope, asksEmail: openid?.email === true ? 1 : 0 })

function recorded(p: Placeholder<Recorded>) {
  return (
    query
      .selectFrom('allowed_redirect_uris as allowed')
      .innerJoin('grants', (on) =>
        on.onRef('grants.user_id', '=', 'allowed.user_id').onRef('grants.api_key', '=', 'allowed.api_key'),
      )
      .innerJoin('apps', 'apps.api_key', 'grants.api_key')
      .select('grants.user_id')
      .where('allowed.user_id', '=', p('userId'))
      .where('allowed.api_key', '=', p('apiKey'))
      .where('allowed.uri', '=', p('redirectUri'))
      .where((is) => is.or([is('allowed.scope', '=', 'write'), is(p('scope'), '=', 'read')]))
      .where((is) => is.or([is(p('asksEmail'), '=', 0), is('grants.shares_email', 'is not', null)]))
      // Who was allowed under one name is not silently somebody of another.
      .whereRef('grants.app_name', '=', 'apps.name')
  )
}

function finish(p: Placeholder<Finish>) {
  return query
    .updateTable('authorization_requests')
    .set({ finished_at: p('now'), user_id: p('userId') })
    .where('digest', '=', p('digest'))
    .where('browser', '=', p('browser'))
    .where('finished_at', 'is', null)
    .where('expires_at', '>', p('now'))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('apps')
            .select('apps.api_key')
            .whereRef('apps.api_key', '=', 'authorization_requests.api_key')
            .where((is) =>
              is.or([
                is('apps.deleted_at', 'is not', null),
                is('apps.suspended_at', 'is not', null),
                is('apps.requests_ended_at', '>=', is.ref('authorization_requests.created_at')),
              ]),
            ),
        ),
      ),
    )
}

function finishWithCode(p: Placeholder<Approval>) {
  return finish(p).set({ code_digest: p('codeDigest'), sealed_code: p('sealedCode') })
}
