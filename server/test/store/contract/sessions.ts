import { expect, test } from 'vitest'
import { sidOf } from '../../../src/store/contract/session-name.ts'
import type { Digest, SignInProof, Store, User } from '../../../src/store/contract/store.ts'
import { addUser, day, digest, somewhere, start } from '../world.ts'

/** What a store must do for sessions. */
export function sessionsContract(store: () => Store): void {
  const newSession = (userId: number, replaces: Uint8Array | null = null) => ({
    digest: digest(),
    userId,
    createdAt: start,
    expiresAt: start + day,
    replaces,
    ...somewhere(),
  })

  test('a session is found until it expires', async () => {
    const user = await addUser(store())
    const session = newSession(user.id)
    await store().createSession(session)
    expect(await store().findSession(session.digest, start + day - 1)).toEqual({
      user,
      createdAt: start,
      authenticatedAt: start,
      method: null,
      usedAt: start,
      sid: sidOf(session.digest),
    })
    expect(await store().findSession(session.digest, start + day)).toBeUndefined()
    expect(await store().findSession(digest(), start)).toBeUndefined()
  })

  test('a new session ends the one it replaces and no other', async () => {
    const user = await addUser(store())
    const [first, other] = [newSession(user.id), newSession(user.id)]
    await store().createSession(first)
    await store().createSession(other)
    const second = newSession(user.id, first.digest)
    await store().createSession(second)
    expect(await store().findSession(first.digest, start)).toBeUndefined()
    expect(await store().findSession(other.digest, start)).toBeDefined()
    expect(await store().findSession(second.digest, start)).toBeDefined()
  })

  test('a session keeps the name of the one of the same user that it replaces, however often', async () => {
    const [user, other] = [await addUser(store()), await addUser(store())]
    const first = newSession(user.id)
    const second = newSession(user.id, first.digest)
    const third = newSession(user.id, second.digest)
    const last = newSession(other.id, third.digest)
    const begun = []
    for (const session of [first, second, third, last])
      begun.push((await store().createSession(session))?.sid)
    const sid = sidOf(first.digest)
    expect(begun).toEqual([sid, sid, sid, sidOf(last.digest)])
    expect((await store().findSession(last.digest, start))?.sid).toBe(sidOf(last.digest))
  })

  test('a session that cannot start leaves the one it would replace', async () => {
    const user = await addUser(store())
    const session = newSession(user.id)
    await store().createSession(session)
    await expect(store().createSession(newSession(user.id + 1, session.digest))).rejects.toThrow()
    expect(await store().findSession(session.digest, start)).toBeDefined()
  })

  test('a deleted session is gone, and deleting it again is nothing', async () => {
    const session = newSession((await addUser(store())).id)
    await store().createSession(session)
    await store().deleteSession(session.digest)
    await store().deleteSession(session.digest)
    expect(await store().findSession(session.digest, start)).toBeUndefined()
  })

  test('a session of a disabled user is none, even when it starts afterwards', async () => {
    const user = await addUser(store())
    await store().disableUser(user.handle, start)
    const session = newSession(user.id)
    await store().createSession(session)
    expect(await store().findSession(session.digest, start)).toBeUndefined()
  })

  test('a session does not begin by a password or a passkey that was taken away while it was looked at', async () => {
    const [user, other] = [await addUser(store(), { passwordHash: 'hash' }), await addUser(store())]
    const by = (proof: SignInProof) => store().createSession({ ...newSession(user.id), proof })
    const password = { passwordHash: 'hash' }
    const passkey = { passkeyId: 'key' }
    const key = {
      id: 'key',
      userId: user.id,
      publicKey: digest(),
      counter: 0,
      device: 'Mac',
      createdAt: start,
    }
    await store().createPasskey(key, 1, { digest: digest(), expiresAt: start + day })
    expect(await by(password)).toMatchObject({ isNewBrowser: true })
    expect(await by(passkey)).toMatchObject({ isNewBrowser: true })
    expect(await store().createSession({ ...newSession(other.id), proof: passkey })).toBeNull()
    await store().setPassword(user.handle, 'another hash', start)
    const before = await store().listSessions(user.id, start)
    expect([await by(password), await by(passkey)]).toEqual([null, null])
    expect(await store().listSessions(user.id, start)).toEqual(before)
    await store().disableUser(user.handle, start)
    expect(await by({ passwordHash: 'another hash' })).toBeNull()
  })

  test('a user has fifty sessions at most: the one that was used least lately ends, and nobody else is touched (AC-9)', async () => {
    const [user, other] = [await addUser(store()), await addUser(store())]
    const elsewhere = newSession(other.id)
    await store().createSession(elsewhere)
    const sessions = Array.from({ length: 50 }, (_, at) => ({
      ...newSession(user.id),
      createdAt: start + at,
    }))
    for (const session of sessions) await store().createSession(session)
    const [first, second] = sessions
    if (first === undefined || second === undefined) throw new Error('There are none.')
    await store().touchSession(first.digest, first.place, start + 100)
    await store().createSession({ ...newSession(user.id), createdAt: start + 101 })
    expect(await store().findSession(second.digest, start + 101)).toBeUndefined()
    expect(await store().findSession(first.digest, start + 101)).toBeDefined()
    expect(await store().findSession(elsewhere.digest, start + 101)).toBeDefined()
    expect(await store().listSessions(user.id, start + 101)).toHaveLength(50)
  })

  test('a user is known in a hundred browsers at most: the one that was used least lately is forgotten (AC-9)', async () => {
    const [user, other] = [await addUser(store()), await addUser(store())]
    const browsers = Array.from({ length: 101 }, () => digest())
    const signIn = (userId: number, browser: Digest, createdAt: number) =>
      store().createSession({ ...newSession(userId), browser, createdAt })
    const isKnown = ({ handle }: User, browser: Digest) => store().isKnownBrowser(handle, browser)
    const [first = digest(), second = digest(), last = digest()] = [browsers[0], browsers[1], browsers[100]]
    await signIn(other.id, second, start)
    for (const [at, browser] of browsers.slice(0, 100).entries()) await signIn(user.id, browser, start + at)
    expect(await signIn(user.id, first, start + 100)).toMatchObject({ isNewBrowser: false })
    expect(await isKnown(user, second)).toBe(true)
    expect(await signIn(user.id, last, start + 101)).toMatchObject({ isNewBrowser: true })
    expect(await isKnown(user, second)).toBe(false)
    for (const browser of [first, last]) expect(await isKnown(user, browser)).toBe(true)
    expect(await isKnown(other, second)).toBe(true)
  })
}
