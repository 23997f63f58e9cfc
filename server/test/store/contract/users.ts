import { expect, test } from 'vitest'
import type { Store } from '../../../src/store/contract/store.ts'
import {
  addUser,
  allow,
  atOnce,
  day,
  digest,
  logIn,
  newUser,
  redemption,
  somewhere,
  start,
  tally,
  works,
} from '../world.ts'

/** What a store must do for users. */
export function usersContract(store: () => Store): void {
  test('a user is found by handle and by e-mail, in any case', async () => {
    const user = await addUser(store(), { handle: 'Ada', email: 'Ada@Example.com', name: 'Ada L' })
    expect(user).toEqual({
      id: user.id,
      handle: 'Ada',
      name: 'Ada L',
      email: 'Ada@Example.com',
      isVerified: false,
      bio: null,
      location: null,
      website: null,
      profilePicture: null,
      coverPhoto: null,
      createdAt: start,
      updatedAt: start,
      disabledAt: null,
    })
    expect(await store().findUserByHandle('aDA')).toEqual(user)
    expect(await store().findUserByHandle('ad')).toBeUndefined()
    const passwordHash = newUser().passwordHash
    expect(await store().findCredentials('ADA')).toEqual({ user, passwordHash })
    expect(await store().findCredentials('ada@EXAMPLE.com')).toEqual({ user, passwordHash })
    expect(await store().findCredentials('nobody')).toBeUndefined()
  })

  test('a handle and an e-mail are taken in any case, and which one is said (AC-7)', async () => {
    await addUser(store(), { handle: 'Ada', email: 'ada@example.com' })
    expect(await store().createUser(newUser({ handle: 'aDa' }))).toEqual({
      outcome: 'taken',
      field: 'handle',
    })
    expect(await store().createUser(newUser({ email: 'ADA@example.com' }))).toEqual({
      outcome: 'taken',
      field: 'email',
    })
    expect(await store().listUsers()).toHaveLength(1)
  })

  test('of many sign-ups for one handle one wins', async () => {
    const answers = await atOnce(50, () => store().createUser(newUser({ handle: 'Ada' })))
    expect(tally(answers)).toEqual({ created: 1, taken: 49 })
  })

  test('of many sign-ups for one e-mail one wins', async () => {
    const answers = await atOnce(50, () => store().createUser(newUser({ email: 'ada@example.com' })))
    expect(tally(answers)).toEqual({ created: 1, taken: 49 })
  })

  test('users are listed in the order they came', async () => {
    const first = await addUser(store())
    const last = await addUser(store(), { isVerified: true, profilePicture: 'bafkrei' })
    expect(await store().listUsers()).toEqual([first, last])
  })

  test('verifying marks the user', async () => {
    const user = await addUser(store())
    expect(await store().verifyUser(user.handle.toUpperCase(), start + 1)).toBe(true)
    expect(await store().verifyUser('nobody', start + 1)).toBe(false)
    expect(await store().findUserByHandle(user.handle)).toEqual({
      ...user,
      isVerified: true,
      updatedAt: start + 1,
    })
  })

  test('disabling ends sessions, codes and tokens at once, and no one else’s', async () => {
    const ada = await logIn(store())
    const session = digest()
    await store().createSession({
      digest: session,
      userId: ada.user.id,
      createdAt: start,
      expiresAt: start + day,
      replaces: null,
      ...somewhere(),
    })
    const pending = await allow(store(), { user: ada.user, apiKey: ada.apiKey })
    const other = await logIn(store(), { apiKey: ada.apiKey })

    expect(await store().disableUser(ada.user.handle.toUpperCase(), start + 1)).toBe(true)
    expect(await store().findSession(session, start + 1)).toBeUndefined()
    expect(await works(store(), ada, start + 1)).toBe(false)
    expect((await store().redeemCode(redemption(pending, { now: start + 1 }))).outcome).toBe('refused')
    expect(await works(store(), other, start + 1)).toBe(true)
  })

  test('a disabled user is still found, with the time it first happened', async () => {
    const user = await addUser(store())
    await store().disableUser(user.handle, start + 1)
    expect(await store().disableUser(user.handle, start + 2)).toBe(true)
    expect(await store().disableUser('nobody', start)).toBe(false)
    expect((await store().findUserByHandle(user.handle))?.disabledAt).toBe(start + 1)
    expect((await store().findCredentials(user.email))?.user.disabledAt).toBe(start + 1)
  })
}
