import { expect, test } from 'vitest'
import type { NewManagementToken, Store } from '../../../src/store/contract/store.ts'
import { addUser, atOnce, day, digest, hour, start } from '../world.ts'

/** What a store must do with management tokens. */
export function managementTokensContract(store: () => Store): void {
  const limit = 3
  const newToken = (userId: number, overrides: Partial<NewManagementToken> = {}): NewManagementToken => ({
    digest: digest(),
    userId,
    name: 'Deployment',
    createdAt: start,
    expiresAt: start + day,
    ...overrides,
  })

  test('a token works until it ends, and is listed as long', async () => {
    const user = await addUser(store())
    const token = newToken(user.id)
    expect(await store().createManagementToken(token, limit)).toBe('created')
    expect(await store().findManagementToken(token.digest, start + day - 1)).toEqual({ user, usedAt: null })
    await store().touchManagementToken(token.digest, start + hour)
    expect(await store().listManagementTokens(user.id, start)).toEqual([{ ...token, usedAt: start + hour }])
    expect(await store().findManagementToken(token.digest, start + day)).toBeUndefined()
    expect(await store().listManagementTokens(user.id, start + day)).toEqual([])
    expect(await store().findManagementToken(digest(), start)).toBeUndefined()
  })

  test('of concurrent tokens no more are made than one may have, ended ones not counted', async () => {
    const user = await addUser(store())
    const make = () => store().createManagementToken(newToken(user.id), limit)
    const outcomes = await atOnce(8, make)
    expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(limit)
    expect(outcomes.filter((outcome) => outcome === 'full')).toHaveLength(8 - limit)
    const [first] = await store().listManagementTokens(user.id, start)
    await store().revokeManagementToken(user.id, first?.digest ?? digest(), start)
    expect(await make()).toBe('created')
    const other = await addUser(store())
    expect(await store().createManagementToken(newToken(other.id), limit)).toBe('created')
  })

  test('the same token is made once, and never again after its end', async () => {
    const [user, other] = [await addUser(store()), await addUser(store())]
    const token = newToken(user.id)
    const outcomes = await atOnce(4, () => store().createManagementToken(token, limit))
    expect(outcomes.sort()).toEqual(['created', 'repeated', 'repeated', 'repeated'])
    const theirs = { ...token, userId: other.id }
    expect(await store().createManagementToken(theirs, limit)).toBe('ended')
    expect(await store().revokeManagementToken(user.id, token.digest, start)).toBe(true)
    expect(await store().createManagementToken(token, limit)).toBe('ended')
    expect(await store().findManagementToken(token.digest, start)).toBeUndefined()
  })

  test('a token is revoked by its owner alone, once', async () => {
    const [user, other] = [await addUser(store()), await addUser(store())]
    const token = newToken(user.id)
    await store().createManagementToken(token, limit)
    expect(await store().revokeManagementToken(other.id, token.digest, start)).toBe(false)
    expect(await store().findManagementToken(token.digest, start)).toBeDefined()
    expect(await store().revokeManagementToken(user.id, token.digest, start)).toBe(true)
    expect(await store().revokeManagementToken(user.id, token.digest, start)).toBe(false)
  })

  test('the tokens of a user who is disabled do not work', async () => {
    const user = await addUser(store())
    const token = newToken(user.id)
    await store().createManagementToken(token, limit)
    await store().disableUser(user.handle, start)
    expect(await store().findManagementToken(token.digest, start)).toBeUndefined()
  })

  test('a session’s person proves again that it is they, in that session alone', async () => {
    const user = await addUser(store())
    const place = { browser: digest(), place: { device: '', network: '' }, replaces: null }
    const session = () => ({ digest: digest(), userId: user.id, createdAt: start, expiresAt: start + day })
    const [one, two] = [session(), session()]
    for (const each of [one, two]) await store().createSession({ ...each, ...place })
    await store().reauthenticateSession(one.digest, start + hour, 'password')
    expect((await store().findSession(one.digest, start + hour))?.authenticatedAt).toBe(start + hour)
    expect((await store().findSession(two.digest, start + hour))?.authenticatedAt).toBe(start)
  })
}
