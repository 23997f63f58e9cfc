import type { CodeOutcome, CodeRedemption } from '../../contract/oauth.ts'
import type { Digest, Instant, Scope } from '../../contract/store.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { change, one, type Verb } from '../transaction.ts'
import { issued } from './identity.ts'
import { issuePair, revokeFamilyOfCode } from './tokens.ts'

type CodeValues = {
  digest: Digest
  userId: number
  apiKey: string | null
  appName: string
  redirectUri: string
  scope: Scope
  codeChallenge: string
  thumbprint: string | null
  identity: string | null
  createdAt: Instant
  expiresAt: Instant
}

/** Stores a code with what it is bound to. */
export const insertCode = statement((p: Placeholder<CodeValues>) =>
  query.insertInto('codes').values({
    digest: p('digest'),
    user_id: p('userId'),
    api_key: p('apiKey'),
    app_name: p('appName'),
    redirect_uri: p('redirectUri'),
    scope: p('scope'),
    code_challenge: p('codeChallenge'),
    key_thumbprint: p('thumbprint'),
    identity: p('identity'),
    created_at: p('createdAt'),
    expires_at: p('expiresAt'),
  }),
)

const consume = statement(
  (
    p: Placeholder<{
      digest: Digest
      apiKey: string | null
      redirectUri: string
      codeChallenge: string
      thumbprint: string | null
      now: Instant
    }>,
  ) =>
    query
      .updateTable('codes')
      .set({ used_at: p('now') })
      .where('digest', '=', p('digest'))
      .where('used_at', 'is', null)
      .where('expires_at', '>', p('now'))
      .whereRef('expires_at', '>', 'created_at')
      .where('api_key', 'is not distinct from', p('apiKey'))
      .where('redirect_uri', '=', p('redirectUri'))
      .where('code_challenge', '=', p('codeChallenge'))
      .where((is) => is.or([is('key_thumbprint', 'is', null), is('key_thumbprint', '=', p('thumbprint'))]))
      .where(({ exists, selectFrom }) =>
        exists(
          selectFrom('users')
            .leftJoin('apps', (join) => join.onRef('apps.api_key', '=', 'codes.api_key'))
            .select('users.id')
            .whereRef('users.id', '=', 'codes.user_id')
            .where('users.disabled_at', 'is', null)
            .where('apps.deleted_at', 'is', null)
            .where((is) =>
              is.or([
                is('apps.binds_tokens', 'is', null),
                is('apps.binds_tokens', '=', 0),
                is(p('thumbprint'), 'is not', null),
              ]),
            ),
        ),
      )
      .returning(['user_id', 'scope', 'app_name', 'identity']),
)

const selectCode = statement((p: Placeholder<{ digest: Digest }>) =>
  query
    .selectFrom('codes')
    .innerJoin('users', 'users.id', 'codes.user_id')
    .leftJoin('apps', 'apps.api_key', 'codes.api_key')
    .select(['codes.api_key', 'redirect_uri', 'code_challenge', 'expires_at', 'used_at'])
    .select(['users.disabled_at', 'apps.deleted_at', 'key_thumbprint', 'apps.binds_tokens'])
    .where('digest', '=', p('digest')),
)

const insertFamily = statement(
  (
    p: Placeholder<{
      digest: Digest
      userId: number
      apiKey: string | null
      appName: string
      redirectUri: string
      scope: Scope
      thumbprint: string | null
      identity: string | null
      sid: string | null
      now: Instant
      expiresAt: Instant
    }>,
  ) =>
    query
      .insertInto('families')
      .values({
        code_digest: p('digest'),
        user_id: p('userId'),
        api_key: p('apiKey'),
        app_name: p('appName'),
        redirect_uri: p('redirectUri'),
        scope: p('scope'),
        key_thumbprint: p('thumbprint'),
        identity: p('identity'),
        sid: p('sid'),
        created_at: p('now'),
        expires_at: p('expiresAt'),
      })
      .returning('id'),
)

/** The code before its family, which is the order of all that touch both. */
const holdCode = statement((p: Placeholder<{ digest: Digest }>) =>
  query.selectFrom('codes').select('digest').where('digest', '=', p('digest')).forNoKeyUpdate(),
)

const noteReplay = statement((p: Placeholder<{ digest: Digest; now: Instant }>) =>
  query
    .updateTable('codes')
    .set({ replayed_at: p('now') })
    .where('digest', '=', p('digest')),
)

/** Ends the codes of a user that nobody has redeemed, and those whose login could still be asked for again. */
export const deleteCodesOfUser = statement((p: Placeholder<{ userId: number }>) =>
  query
    .deleteFrom('codes')
    .where('user_id', '=', p('userId'))
    .where((is) => is.or([is('used_at', 'is', null), is('replayed_at', 'is not', null)])),
)

/** Ends the codes of an app that nobody has redeemed, and those whose login could still be asked for again. */
export const deleteCodesOfApp = statement((p: Placeholder<{ apiKey: string }>) =>
  query
    .deleteFrom('codes')
    .where('api_key', '=', p('apiKey'))
    .where((is) => is.or([is('used_at', 'is', null), is('replayed_at', 'is not', null)])),
)

/** Consumes a code and starts its family, or says why not (RFC 6749 §4.1.2, RFC 7636 §4.6). */
export function* redeemCode(redemption: CodeRedemption): Verb<CodeOutcome> {
  const { digest, apiKey, redirectUri, codeChallenge, thumbprint, now } = redemption
  const { familyExpiresAt: expiresAt } = redemption
  const code = yield* one(consume, { digest, apiKey, redirectUri, codeChallenge, thumbprint, now })
  if (!code) return yield* explainRefusal(redemption)
  const { user_id: userId, scope, app_name: appName, identity } = code
  const told = issued(identity, userId)
  const named = { apiKey, appName, redirectUri, thumbprint, identity, sid: told.identity?.sid ?? null }
  const family = yield* one(insertFamily, { ...named, digest, userId, scope, now, expiresAt })
  if (!family) throw new Error('A family was inserted and not returned')
  yield* issuePair({ id: family.id, expiresAt, key_thumbprint: thumbprint }, scope, redemption, false)
  return { outcome: 'redeemed', scope, ...told }
}

function* explainRefusal(redemption: CodeRedemption): Verb<CodeOutcome> {
  const code = yield* one(selectCode, { digest: redemption.digest })
  if (!code) return refused('unknown')
  // A used code with a wrong binding revokes nothing: whoever merely saw a code must not end a login.
  if (code.api_key !== redemption.apiKey) return refused('client')
  if (code.redirect_uri !== redemption.redirectUri) return refused('redirect_uri')
  if (code.code_challenge !== redemption.codeChallenge) return refused('code_verifier')
  const isOtherKey = code.key_thumbprint !== null && code.key_thumbprint !== redemption.thumbprint
  if (redemption.thumbprint === null && (isOtherKey || code.binds_tokens === 1)) return refused('no_key')
  if (isOtherKey) return refused('other_key')
  if (code.used_at !== null) {
    const { digest, now } = redemption
    yield* one(holdCode, { digest })
    if ((yield* change(revokeFamilyOfCode, { digest, now })) > 0) yield* change(noteReplay, { digest, now })
    return { outcome: 'replayed' }
  }
  if (code.expires_at <= redemption.now) return refused('expired')
  if (code.disabled_at !== null || code.deleted_at !== null) return refused('withdrawn')
  // It came between the two statements, so it was not there when it was asked for.
  return refused('unknown')
}

function refused(reason: Extract<CodeOutcome, { outcome: 'refused' }>['reason']): CodeOutcome {
  return { outcome: 'refused', reason }
}
