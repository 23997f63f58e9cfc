import type { Selectable } from 'kysely'
import type { NewPasskey, Passkey, PasskeyCreation, UsedChallenge } from '../../contract/passkeys.ts'
import type { Instant, User } from '../../contract/store.ts'
import type { Schema } from '../schema.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { all, change, one, type Verb } from '../transaction.ts'
import { useChallenge } from './used-challenges.ts'
import { toUser, userColumns } from './user-row.ts'

const setHandle = statement((p: Placeholder<{ userId: number; fresh: Uint8Array }>) =>
  query
    .updateTable('users')
    .set(({ fn }) => ({ passkey_handle: fn.coalesce('passkey_handle', p('fresh')) }))
    .where('id', '=', p('userId'))
    .returning('passkey_handle'),
)

const insertPasskey = statement((p: Placeholder<NewPasskey & { limit: number }>) =>
  query
    .insertInto('passkeys')
    .columns(['id', 'user_id', 'public_key', 'counter', 'device', 'created_at'])
    .expression(
      query
        .selectNoFrom([
          p('id').as('id'),
          p('userId').as('user_id'),
          p('publicKey').as('public_key'),
          p('counter').as('counter'),
          p('device').as('device'),
          p('createdAt').as('created_at'),
        ])
        .where((is) =>
          is.not(
            is.exists(is.selectFrom('passkeys as same').select('same.id').where('same.id', '=', p('id'))),
          ),
        )
        .where((is) =>
          is(
            is
              .selectFrom('passkeys as own')
              .select(({ fn }) => fn.countAll<number>().as('count'))
              .where('own.user_id', '=', p('userId')),
            '<',
            p('limit'),
          ),
        ),
    ),
)

const selectOwner = statement((p: Placeholder<{ id: string }>) =>
  query.selectFrom('passkeys').select('user_id').where('id', '=', p('id')),
)

const columns = [
  'passkeys.id as passkey_id',
  'passkeys.user_id',
  'passkeys.public_key',
  'passkeys.counter',
  'passkeys.device',
  'passkeys.created_at as passkey_created_at',
  'passkeys.used_at',
] as const

const selectPasskey = statement((p: Placeholder<{ id: string }>) =>
  query
    .selectFrom('passkeys')
    .innerJoin('users', 'users.id', 'passkeys.user_id')
    .select(columns)
    .select(userColumns)
    .select('users.passkey_handle')
    .where('passkeys.id', '=', p('id')),
)

const selectOfUser = statement((p: Placeholder<{ userId: number }>) =>
  query
    .selectFrom('passkeys')
    .select(columns)
    .where('passkeys.user_id', '=', p('userId'))
    .orderBy('passkeys.created_at', 'desc')
    .orderBy('passkeys.id'),
)

const setUsed = statement((p: Placeholder<{ id: string; counter: number; now: Instant }>) =>
  query
    .updateTable('passkeys')
    .set({ counter: p('counter'), used_at: p('now') })
    .where('id', '=', p('id'))
    .where((is) =>
      is.or([
        is('counter', '<', p('counter')),
        is.and([is('counter', '=', is.lit(0)), is(p('counter'), '=', is.lit(0))]),
      ]),
    ),
)

const deleteOwn = statement((p: Placeholder<{ userId: number; id: string }>) =>
  query.deleteFrom('passkeys').where('user_id', '=', p('userId')).where('id', '=', p('id')),
)

/** Removes every passkey of a user. */
export const deletePasskeysOfUser = statement((p: Placeholder<{ userId: number }>) =>
  query.deleteFrom('passkeys').where('user_id', '=', p('userId')),
)

/** The bytes by which devices know a user, made at the first call. */
export function* passkeyHandle(userId: number, fresh: Uint8Array): Verb<Uint8Array> {
  return (yield* one(setHandle, { userId, fresh }))?.passkey_handle ?? fresh
}

/** Adds a passkey, unless there is one of its id or its user has `limit` of them. */
export function* createPasskey(
  passkey: NewPasskey,
  limit: number,
  challenge: UsedChallenge,
): Verb<PasskeyCreation> {
  const { id, userId, publicKey, counter, device, createdAt } = passkey
  if (!(yield* useChallenge(challenge)))
    return (yield* one(selectOwner, { id }))?.user_id === userId ? 'repeated' : 'spent'
  const row = { id, userId, publicKey, counter, device, createdAt, limit }
  if ((yield* change(insertPasskey, row)) > 0) return 'created'
  return (yield* one(selectOwner, { id })) === undefined ? 'full' : 'taken'
}

/** A passkey with its user. */
export function* findPasskey(
  id: string,
): Verb<{ passkey: Passkey; user: User; handle: Uint8Array } | undefined> {
  const row = yield* one(selectPasskey, { id })
  if (!row?.passkey_handle) return undefined
  return { passkey: toPasskey(row), user: toUser(row), handle: row.passkey_handle }
}

/** Notes a sign-in, unless the passkey is gone or has counted as far already. */
export function* usePasskey(id: string, counter: number, now: Instant): Verb<boolean> {
  return (yield* change(setUsed, { id, counter, now })) > 0
}

/** The passkeys of a user, the newest first. */
export function* listPasskeys(userId: number): Verb<readonly Passkey[]> {
  return (yield* all(selectOfUser, { userId })).map(toPasskey)
}

/** Removes a passkey of this user. */
export function* deletePasskey(userId: number, id: string): Verb<boolean> {
  return (yield* change(deleteOwn, { userId, id })) > 0
}

type Row = Omit<Selectable<Schema['passkeys']>, 'id' | 'created_at'> & {
  passkey_id: string
  passkey_created_at: Instant
}

const toPasskey = (row: Row): Passkey => ({
  id: row.passkey_id,
  userId: row.user_id,
  publicKey: row.public_key,
  counter: row.counter,
  device: row.device,
  createdAt: row.passkey_created_at,
  usedAt: row.used_at,
})
