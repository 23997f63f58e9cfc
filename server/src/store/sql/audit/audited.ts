import type { Store } from '../../contract/store.ts'
import { type Digest, lastMoment } from '../../contract/types.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { one, type Verb } from '../transaction.ts'
import type { Note } from './entries.ts'

type Method<Name extends keyof Store> = Store[Name] extends (...values: infer Values) => Promise<infer Result>
  ? { values: Values; result: Result }
  : never

/** What a verb has done, by what it was given and what it answered; part of its transaction. */
type Audit<Name extends keyof Store> = (
  values: Method<Name>['values'],
  result: Method<Name>['result'],
) => readonly Note[] | Verb<readonly Note[]>

const ofFamily = query
  .selectFrom('families')
  .select(['families.user_id as userId', 'families.api_key as apiKey', 'families.app_name as appName'])

const selectByToken = statement((p: Placeholder<{ token: Digest }>) =>
  ofFamily.where('families.id', 'in', (from) =>
    from
      .selectFrom('refresh_tokens')
      .select('family_id')
      .where('digest', '=', p('token'))
      .unionAll(from.selectFrom('access_tokens').select('family_id').where('digest', '=', p('token'))),
  ),
)

const selectByCode = statement((p: Placeholder<{ digest: Digest }>) =>
  ofFamily.where('families.code_digest', '=', p('digest')),
)

const selectDeviceLogin = statement((p: Placeholder<{ userCode: Digest }>) =>
  query
    .selectFrom('device_logins')
    .select(['api_key as apiKey', 'scope as detail'])
    .where('user_code', '=', p('userCode')),
)

const selectOwner = statement((p: Placeholder<{ apiKey: string }>) =>
  query.selectFrom('apps').select('owner_id as userId').where('api_key', '=', p('apiKey')),
)

const selectUser = statement((p: Placeholder<{ handleKey: string }>) =>
  query.selectFrom('users').select('id as userId').where('handle_key', '=', p('handleKey')),
)

function* aboutApp(
  apiKey: string,
  event: Note['event'],
  detail: string | null = null,
): Verb<readonly Note[]> {
  const owner = yield* one(selectOwner, { apiKey })
  return [{ event, userId: owner?.userId ?? null, apiKey, detail }]
}

function* aboutFamily(event: Note['event'], token: Digest): Verb<readonly Note[]> {
  const family = yield* one(selectByToken, { token })
  return family === undefined ? [] : [{ event, ...family }]
}

function* aboutHandle(event: Note['event'], handle: string): Verb<readonly Note[]> {
  const user = yield* one(selectUser, { handleKey: handle.toLowerCase() })
  return user === undefined ? [] : [{ event, ...user }]
}

const nothing = (): readonly Note[] => []

const about = (note: Note): readonly Note[] => [note]

const changedApp = (apiKey: string, userId: number | null, detail: string): Note => ({
  event: 'app_changed',
  userId,
  apiKey,
  detail,
})

/** The verbs that the audit log tells of, where the store is that of an actor. */
export const audits: { readonly [Name in keyof Store]?: Audit<Name> } = {
  createUser: (_, created) =>
    created.outcome === 'created' ? about({ event: 'account_created', userId: created.user.id }) : nothing(),
  createSession: ([{ userId, place }], created) =>
    created === null ? nothing() : about({ event: 'signed_in', userId, detail: place.device }),
  noteRefusal: ([refusal]) => about(refusal),
  noteDownload: ([download]) => about({ event: 'data_downloaded', ...download }),
  endSession: ([userId], isEnded) => (isEnded ? about({ event: 'session_ended', userId }) : nothing()),
  endOtherSessions: ([userId], ended) =>
    ended > 0 ? about({ event: 'other_sessions_ended', userId }) : nothing(),
  changePassword: ([{ userId }], isChanged) =>
    isChanged ? about({ event: 'password_changed', userId }) : nothing(),
  resetPassword: ([{ session }], isReset) =>
    isReset ? about({ event: 'password_reset', userId: session.userId }) : nothing(),
  createReset: ([{ userId }], isMade) => (isMade ? about({ event: 'reset_link_sent', userId }) : nothing()),
  createEmailChange: ([{ userId }], outcome) =>
    outcome === 'created' ? about({ event: 'email_change_requested', userId }) : nothing(),
  confirmEmailChange: (_, confirmed) =>
    confirmed.outcome === 'changed'
      ? about({
          event: confirmed.user.email === confirmed.email ? 'email_confirmed' : 'email_changed',
          userId: confirmed.user.id,
        })
      : nothing(),
  confirmEmail: ([handle], outcome) =>
    outcome === 'confirmed' ? aboutHandle('email_confirmed', handle) : nothing(),
  createPasskey: ([{ userId, device }], outcome) =>
    outcome === 'created' ? about({ event: 'passkey_added', userId, detail: device }) : nothing(),
  deletePasskey: ([userId], isDeleted) =>
    isDeleted ? about({ event: 'passkey_removed', userId }) : nothing(),
  deleteUser: ([{ userId }], isDeleted) =>
    isDeleted ? about({ event: 'account_deleted', userId }) : nothing(),

  createManagementToken: ([{ userId, name }], outcome) =>
    outcome === 'created' ? about({ event: 'management_token_made', userId, detail: name }) : nothing(),
  revokeManagementToken: ([userId], isRevoked) =>
    isRevoked ? about({ event: 'management_token_revoked', userId }) : nothing(),

  approveRequest: ([{ request }, { userId }, consent], finish) =>
    finish.outcome === 'finished' && consent !== 'recorded'
      ? about({
          event: 'access_allowed',
          userId,
          apiKey: request.apiKey,
          appName: request.appName,
          detail: request.scope,
        })
      : nothing(),
  answerDeviceLogin: function* ([userCode, allowed], isAnswered) {
    const login = isAnswered && allowed !== null ? yield* one(selectDeviceLogin, { userCode }) : undefined
    return login === undefined ? [] : [{ event: 'access_allowed', userId: allowed?.userId ?? null, ...login }]
  },
  withdrawGrant: ([userId, apiKey], isEnded) =>
    isEnded ? about({ event: 'access_ended', userId, apiKey }) : nothing(),
  endUnregisteredApp: ([userId, appName], isEnded) =>
    isEnded ? about({ event: 'access_ended', userId, appName }) : nothing(),
  revokeToken: ([token], isRevoked) => (isRevoked ? aboutFamily('token_revoked', token) : nothing()),
  rotateRefresh: ([{ digest }], { outcome }) =>
    outcome === 'reused' ? aboutFamily('refresh_reused', digest) : nothing(),
  redeemCode: function* ([{ digest }], { outcome }) {
    const family = outcome === 'replayed' ? yield* one(selectByCode, { digest }) : undefined
    return family === undefined ? [] : [{ event: 'code_replayed', ...family }]
  },

  createApp: ([{ apiKey, ownerId }], { outcome }) =>
    outcome === 'created' ? about({ event: 'app_created', userId: ownerId, apiKey }) : nothing(),
  updateApp: function* ([apiKey, userId, { redirectUris, facts: links, ...others }], outcome) {
    if (outcome !== 'updated') return []
    const changes = { ...others, links }
    const changed = Object.entries(changes).flatMap(([name, value]) => (value === undefined ? [] : [name]))
    const notes: Note[] = []
    if (changed.length > 0) notes.push({ event: 'app_changed', userId, apiKey, detail: changed.join(', ') })
    if (redirectUris !== undefined && (redirectUris.add.length > 0 || redirectUris.remove.length > 0)) {
      const removed = redirectUris.remove === 'others' ? [] : redirectUris.remove
      notes.push({
        event: 'redirect_uris_changed',
        userId,
        apiKey,
        detail: difference(redirectUris.add, removed),
      })
    }
    return notes
  },
  addRedirectUri: ([apiKey, uri], outcome) =>
    outcome === 'added' ? aboutApp(apiKey, 'redirect_uris_changed', difference([uri], [])) : nothing(),
  removeRedirectUri: ([apiKey, uri], isRemoved) =>
    isRemoved ? aboutApp(apiKey, 'redirect_uris_changed', difference([], [uri])) : nothing(),
  deleteApp: ([apiKey], isDeleted) => (isDeleted ? aboutApp(apiKey, 'app_deleted') : nothing()),
  deleteAppOf: ([userId, apiKey], isDeleted) =>
    isDeleted ? about({ event: 'app_deleted', userId, apiKey }) : nothing(),

  setWebhook: ([apiKey, userId], isSet) => (isSet ? about(changedApp(apiKey, userId, 'webhook')) : nothing()),
  moveWebhook: ([apiKey, userId], isSet) =>
    isSet ? about(changedApp(apiKey, userId, 'webhook')) : nothing(),
  deleteWebhook: ([apiKey, userId], isSet) =>
    isSet ? about(changedApp(apiKey, userId, 'webhook')) : nothing(),
  setLogoutUri: ([apiKey, userId], isSet) =>
    isSet ? about(changedApp(apiKey, userId, 'logout address')) : nothing(),
  setIdTokenAlgorithm: ([apiKey, userId], isSet) =>
    isSet ? about(changedApp(apiKey, userId, 'ID tokens')) : nothing(),

  verifyUser: ([handle], isDone) => (isDone ? aboutHandle('account_verified', handle) : nothing()),
  enableUser: ([handle], isDone) => (isDone ? aboutHandle('account_enabled', handle) : nothing()),
  setPassword: ([handle], isDone) => (isDone ? aboutHandle('password_changed', handle) : nothing()),
  removeUser: ([handle], isDone) => (isDone ? aboutHandle('account_deleted', handle) : nothing()),
  suspendApp: ([apiKey], isDone) => (isDone ? aboutApp(apiKey, 'app_suspended') : nothing()),
  resumeApp: ([apiKey], isDone) => (isDone ? aboutApp(apiKey, 'app_resumed') : nothing()),
  endAccess: ([access]) =>
    about({
      event: 'everything_revoked',
      userId: 'userId' in access ? access.userId : null,
      apiKey: 'apiKey' in access ? access.apiKey : null,
      detail:
        'before' in access && access.before < lastMoment
          ? `before ${new Date(access.before).toISOString()}`
          : null,
    }),
  disableUser: ([handle], isDone) => (isDone ? aboutHandle('account_disabled', handle) : nothing()),
}

const difference = (added: readonly string[], removed: readonly string[]): string =>
  [...added.map((uri) => `+ ${uri}`), ...removed.map((uri) => `- ${uri}`)].join(' ')
