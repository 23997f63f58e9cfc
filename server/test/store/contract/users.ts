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
      emailStatus: 'confirmed',
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
    expect(await store().findCredentials('ADA')).toEqual([{ user, passwordHash }])
    expect(await store().findCredentials('ada@EXAMPLE.com')).toEqual([{ user, passwordHash }])
    expect(await store().findCredentials('nobody')).toEqual([])
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

  test('of many who sign up with one address as the first or as its owner, one does; whoever only names it is let on', async () => {
    const claiming = (emailClaim: 'confirmed' | 'unconfirmed' | 'first', email: string) => () =>
      store().createUser(newUser({ email, emailClaim }))
    for (const claim of ['confirmed', 'first'] as const) {
      const answers = await atOnce(50, claiming(claim, `${claim}@example.com`))
      expect(tally(answers)).toEqual({ created: 1, taken: 49 })
      expect(tally(await atOnce(9, claiming('unconfirmed', `${claim}@example.com`)))).toEqual({ created: 9 })
    }
  })

  test('an address means those who named it until one has confirmed it, and that one from then on', async () => {
    const email = 'Wanted@example.com'
    const [first, second] = [
      await addUser(store(), { email, emailClaim: 'unconfirmed' }),
      await addUser(store(), { email: 'wanted@EXAMPLE.com', emailClaim: 'unconfirmed' }),
    ]
    const meant = async () => (await store().findCredentials(email)).map(({ user }) => user.id)
    expect(await meant()).toEqual([first.id, second.id])
    expect(await store().findEmailOwner(email)).toBeUndefined()
    expect(await store().confirmEmail(second.handle.toUpperCase(), start + 1)).toBe('confirmed')
    expect(await meant()).toEqual([second.id])
    expect((await store().findEmailOwner(email))?.id).toBe(second.id)
    expect(await store().findUserByHandle(first.handle)).toMatchObject({ email, emailStatus: 'lost' })
    expect(await store().confirmEmail(first.handle, start + 2)).toBe('taken')
    expect(await store().confirmEmail('nobody', start + 2)).toBe('unknown')
    const late = await addUser(store(), { email, emailClaim: 'unconfirmed' })
    expect(late.emailStatus).toBe('unconfirmed')
    expect(await meant()).toEqual([second.id])
    expect(await store().confirmEmail(late.handle, start + 2)).toBe('taken')
  })

  test('an address means a few of many who name it, the first ones', async () => {
    const email = 'crowd@example.com'
    const [first] = await atOnce(9, () => addUser(store(), { email, emailClaim: 'unconfirmed' }))
    const meant = await store().findCredentials(email)
    expect(meant).toHaveLength(3)
    expect(meant[0]?.user.id).toBe(first?.id)
  })

  test.each([
    ['composed and decomposed', 'jos\u00e9@example.com', 'jose\u0301@example.com'],
    ['a host in letters and in ASCII', 'a@b\u00fccher.example', 'A@XN--BCHER-KVA.example'],
    ['a host in full width', 'a@example.com', 'a@\uff45xample.com'],
  ])('one address written in two ways is one: %s', async (_, one, other) => {
    const user = await addUser(store(), { email: one })
    expect((await store().findCredentials(other))[0]?.user.id).toBe(user.id)
    expect((await store().createUser(newUser({ email: other }))).outcome).toBe('taken')
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
    expect((await store().findCredentials(user.email))[0]?.user.disabledAt).toBe(start + 1)
  })
}
