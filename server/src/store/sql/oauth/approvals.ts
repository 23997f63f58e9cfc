import type { Digest, Instant, NewCode, RequestFinish, RequestKey, Scope } from '../../contract/store.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { change, one, type Verb } from '../transaction.ts'
import { insertCode } from './codes.ts'
import { toRequest } from './requests.ts'

type Finish = { digest: Digest; browser: Digest; now: Instant }
type Approval = Finish & { userId: number }

const cancel = statement((p: Placeholder<Finish>) => finish(p))

const approve = statement((p: Placeholder<Approval>) => finishFor(p))

const approveGranted = statement((p: Placeholder<Approval>) =>
  finishFor(p).where(({ exists, selectFrom }) =>
    exists(
      selectFrom('grants')
        .select('grants.user_id')
        .where('grants.user_id', '=', p('userId'))
        .whereRef('grants.api_key', '=', 'authorization_requests.api_key')
        .where((is) =>
          is.or([is('grants.scope', '=', 'write'), is('authorization_requests.scope', '=', 'read')]),
        ),
    ),
  ),
)

const raiseGrant = statement(
  (p: Placeholder<{ userId: number; apiKey: string; scope: Scope; now: Instant }>) =>
    query
      .insertInto('grants')
      .values({
        user_id: p('userId'),
        api_key: p('apiKey'),
        scope: p('scope'),
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

/** Finishes a request with a code and, with `remember`, records or raises the grant. */
export function* approveRequest(
  key: RequestKey,
  code: NewCode,
  consent: 'remember' | 'once' | 'recorded',
): Verb<RequestFinish> {
  const approval = { ...key, now: code.createdAt, userId: code.userId }
  const row = yield* one(consent === 'recorded' ? approveGranted : approve, approval)
  if (!row) return { outcome: 'gone' }
  const request = toRequest(row)
  const { apiKey, appName, redirectUri, scope, codeChallenge } = request
  yield* change(insertCode, { ...code, apiKey, appName, redirectUri, scope, codeChallenge })
  if (consent === 'remember' && apiKey !== null) {
    yield* change(raiseGrant, { userId: code.userId, apiKey, scope, now: code.createdAt })
  }
  return { outcome: 'finished', request }
}

/** Finishes a request without a code. */
export function* cancelRequest(key: RequestKey, now: Instant): Verb<RequestFinish> {
  const row = yield* one(cancel, { ...key, now })
  return row ? { outcome: 'finished', request: toRequest(row) } : { outcome: 'gone' }
}

function finish(p: Placeholder<Finish>) {
  return query
    .updateTable('authorization_requests')
    .set({ finished_at: p('now') })
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
            .where('apps.deleted_at', 'is not', null),
        ),
      ),
    )
    .returningAll()
}

function finishFor(p: Placeholder<Approval>) {
  return finish(p).where(({ exists, selectFrom }) =>
    exists(
      selectFrom('users')
        .select('users.id')
        .where('users.id', '=', p('userId'))
        .where('users.disabled_at', 'is', null),
    ),
  )
}
