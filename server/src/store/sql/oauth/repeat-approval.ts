import type { AuthorizationRequest, NewCode, RepeatedRequest } from '../../contract/oauth.ts'
import type { Digest, Identity, Instant, Scope } from '../../contract/store.ts'
import { useSession } from '../accounts/sessions.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { all, change, type Verb } from '../transaction.ts'
import { insertCode } from './codes.ts'
import { toIdentity } from './identity.ts'
import { revokeFamilyOfCode } from './tokens.ts'

type Asked = {
  userId: number
  apiKey: string | null
  appName: string
  redirectUri: string
  scope: Scope
  state: string | null
  codeChallenge: string
  thumbprint: string | null
  since: Instant
}

const selectApprovals = statement((p: Placeholder<Asked>) =>
  query
    .selectFrom('authorization_requests as requests')
    .innerJoin('codes', 'codes.digest', 'requests.code_digest')
    .leftJoin('apps', 'apps.api_key', 'requests.api_key')
    .leftJoin('families', 'families.code_digest', 'codes.digest')
    .select(['requests.digest', 'requests.browser', 'codes.digest as code', 'codes.identity'])
    .where('requests.code_challenge', '=', p('codeChallenge'))
    .where('requests.user_id', '=', p('userId'))
    .where('requests.api_key', 'is not distinct from', p('apiKey'))
    .where('requests.app_name', '=', p('appName'))
    .where('requests.redirect_uri', '=', p('redirectUri'))
    .where('requests.scope', '=', p('scope'))
    .where('requests.state', 'is not distinct from', p('state'))
    .where('codes.key_thumbprint', 'is not distinct from', p('thumbprint'))
    .where('requests.finished_at', '>', p('since'))
    .where('apps.deleted_at', 'is', null)
    .where('apps.suspended_at', 'is', null)
    // What ended for any other reason than that its code came twice was ended by somebody.
    .where((is) =>
      is.or([
        is('families.revoked_at', 'is', null),
        is('families.revoked_at', '=', is.ref('codes.replayed_at')),
      ]),
    )
    .orderBy('requests.finished_at', 'desc'),
)

const giveCode = statement((p: Placeholder<{ digest: Digest; before: Digest; code: Digest }>) =>
  query
    .updateTable('authorization_requests')
    .set({ code_digest: p('code') })
    .where('digest', '=', p('digest'))
    .where('code_digest', '=', p('before')),
)

// A code whose life is nothing is over for whoever asks, also by a clock that is behind.
const endCode = statement((p: Placeholder<{ digest: Digest }>) =>
  query
    .updateTable('codes')
    .set((of) => ({ expires_at: of.ref('created_at') }))
    .where('digest', '=', p('digest')),
)

/** Whether an equal request was allowed shortly before. */
export function* isRepeated(repeated: RepeatedRequest): Verb<boolean> {
  return (yield* findApproval(repeated)) !== undefined
}

/** Gives an equal request that was allowed shortly before another code, in the place of the one before. */
export function* repeatApproval(repeated: RepeatedRequest, code: NewCode): Verb<boolean> {
  const { apiKey, appName, redirectUri, scope, codeChallenge, thumbprint } = repeated.request
  const { digest, userId, createdAt: now, expiresAt } = code
  const bindings = { apiKey, appName, redirectUri, scope, codeChallenge, thumbprint }
  const approval = yield* findApproval(repeated)
  if (approval === undefined || !(yield* useSession(code, now))) return false
  const before = approval.code
  // Of two that ask at once the first has replaced the code that the second saw.
  if ((yield* change(giveCode, { digest: approval.digest, before, code: digest })) === 0) return false
  yield* change(endCode, { digest: before })
  yield* change(revokeFamilyOfCode, { digest: before, now })
  const { identity } = approval
  yield* change(insertCode, { digest, userId, createdAt: now, expiresAt, ...bindings, identity })
  return true
}

function* findApproval({ browsers, request, userId, since }: RepeatedRequest) {
  const { apiKey, appName, redirectUri, scope, state, codeChallenge, thumbprint } = request
  const asked = { apiKey, appName, redirectUri, scope, state, codeChallenge, thumbprint }
  const approvals = yield* all(selectApprovals, { ...asked, userId, since })
  return approvals.find(
    (row) =>
      isEqual(toIdentity(row.identity), request) &&
      browsers.some((browser) => Buffer.compare(browser, row.browser) === 0),
  )
}

// Whether the email is told was the person's own answer, which stands.
const isEqual = (identity: Identity | null, { openid }: AuthorizationRequest): boolean =>
  identity === null || openid === null
    ? identity === openid
    : identity.nonce === openid.nonce &&
      identity.profile === openid.profile &&
      (openid.email || !identity.email)
