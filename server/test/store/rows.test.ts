import { describe, expect, test } from 'vitest'
import { openSqliteStore } from '../../src/store/sqlite/store.ts'
import { connect, temporaryFile } from './files.ts'
import {
  allow,
  digest,
  logIn,
  newCode,
  pendingRequest,
  redemption,
  rotation,
  somewhere,
  start,
} from './world.ts'

/** A store and a way to change its rows behind its back. */
function openWithRows() {
  const file = temporaryFile()
  return { store: openSqliteStore({ file }), database: connect(file) }
}

describe('a token that was inserted too late is born dead', () => {
  // What a verb beside it does in full, another node's late insert meets as one changed row.
  const changes = [
    ['the user is disabled', 'UPDATE users SET disabled_at = 1', 'withdrawn'],
    ['the app is deleted', 'UPDATE apps SET deleted_at = 1', 'withdrawn'],
    ['the family has ended', 'UPDATE families SET expires_at = 1', 'expired'],
    ['the family is revoked', 'UPDATE families SET revoked_at = 1', 'revoked'],
  ] as const

  for (const [what, sql, reason] of changes) {
    test(`when ${what}`, async () => {
      const { store, database } = openWithRows()
      const tokens = await logIn(store)
      const used = await logIn(store)
      await store.rotateRefresh(rotation(used))
      database.exec(sql)
      expect(await store.findAccessToken(tokens.access, start)).toBeUndefined()
      for (const token of [tokens, used]) {
        expect(await store.rotateRefresh(rotation(token))).toEqual({ outcome: 'refused', reason })
      }
      await store.close()
    })
  }

  for (const [what, sql] of changes.slice(0, 2)) {
    test(`and a code is withdrawn when ${what}`, async () => {
      const { store, database } = openWithRows()
      const allowed = await allow(store)
      database.exec(sql)
      const withdrawn = { outcome: 'refused', reason: 'withdrawn' }
      expect(await store.redeemCode(redemption(allowed))).toEqual(withdrawn)
      const wrong = redemption(allowed, { codeChallenge: 'wrong' })
      expect(await store.redeemCode(wrong)).toEqual({ outcome: 'refused', reason: 'code_verifier' })
      await store.close()
    })
  }
})

describe('nothing is left in the rows', () => {
  const counts = {
    sessions: 'SELECT count(*) FROM sessions',
    grants: 'SELECT count(*) FROM grants',
    uris: 'SELECT count(*) FROM redirect_uris',
    'unused codes': 'SELECT count(*) FROM codes WHERE used_at IS NULL',
    'live families': 'SELECT count(*) FROM families WHERE revoked_at IS NULL',
  }

  async function openFull() {
    const { store, database } = openWithRows()
    const { user, apiKey } = await logIn(store)
    if (apiKey === null) throw new Error('The client has no key')
    await store.approveRequest(pendingRequest({ apiKey }), await newCode(store, user.id), 'remember')
    await store.createSession({
      digest: digest(),
      userId: user.id,
      createdAt: start,
      expiresAt: start + 1,
      replaces: null,
      ...somewhere(),
    })
    const left = () =>
      Object.entries(counts).flatMap(([what, sql]) =>
        Object.values(database.prepare(sql).get() ?? {})[0] === 0 ? [] : [what],
      )
    expect(left()).toEqual(Object.keys(counts))
    return { store, user, apiKey, left }
  }

  test('of a disabled user’s sessions, codes, families and consents', async () => {
    const { store, user, left } = await openFull()
    await store.disableUser(user.handle, start)
    expect(left()).toEqual(['uris'])
    await store.close()
  })

  test('of a deleted app’s grants, URIs, codes and families', async () => {
    const { store, apiKey, left } = await openFull()
    await store.deleteApp(apiKey, start)
    expect(left()).toEqual(['sessions'])
    await store.close()
  })

  test('of any secret: only digests and what is not secret (CD-12, IN-5)', async () => {
    const { store, database } = openWithRows()
    await logIn(store)
    const columns = database
      .prepare(
        `SELECT m.name || '.' || c.name AS name FROM sqlite_master m, pragma_table_info(m.name) c
         WHERE m.type = 'table' AND c.type = 'BLOB' ORDER BY 1`,
      )
      .all()
      .map((row) => row['name'])
    expect(columns).toEqual([
      'access_tokens.digest',
      'access_tokens.unseen_refresh',
      'authorization_requests.browser',
      'authorization_requests.code_digest',
      'authorization_requests.digest',
      'authorization_requests.sealed_code',
      'codes.digest',
      'device_logins.digest',
      'device_logins.user_code',
      'email_changes.digest',
      'families.code_digest',
      'idempotency_keys.digest',
      'idempotency_keys.fingerprint',
      'known_browsers.browser',
      // By it nobody can tell from a counter of the limits whom it counts.
      'limit_salt.salt',
      // What waits to be sent, under a secret that is not in the database.
      'mails.sealed',
      'management_tokens.digest',
      'passkeys.public_key',
      'password_resets.digest',
      // Words of what everybody finds.
      'playlist_index_data.block',
      'refresh_tokens.digest',
      'refresh_tokens.sealed_pair',
      'refresh_tokens.successor',
      // What it seals is of use to nobody who has no browser that it was sealed for.
      'sealing_keys.secret',
      'sessions.digest',
      // Private keys, under a secret that is not in the database.
      'signing_keys.sealed',
      'track_index_data.block',
      'used_challenges.digest',
      'user_index_data.block',
      'users.passkey_handle',
      // What signs messages to an app, under a secret that is not in the database.
      'webhooks.sealed_secret',
    ])
    await store.close()
  })
})
