import { expect, test } from 'vitest'
import type { NewPasskey, Store } from '../../../src/store/contract/store.ts'
import { addUser, atOnce, digest, minute, newUser, start } from '../world.ts'

/** What a store must do with passkeys and the challenges they sign. */
export function passkeysContract(store: () => Store): void {
  const newPasskey = (userId: number, overrides: Partial<NewPasskey> = {}): NewPasskey => ({
    id: Buffer.from(digest()).toString('base64url'),
    userId,
    publicKey: Uint8Array.of(1, 2, 3),
    counter: 0,
    device: 'Firefox on Linux',
    createdAt: start,
    ...overrides,
  })
  const newChallenge = () => ({ digest: digest(), expiresAt: start + minute })
  async function addPasskey(userId: number, overrides: Partial<NewPasskey> = {}) {
    await store().passkeyHandle(userId, digest())
    const passkey = newPasskey(userId, overrides)
    expect(await store().createPasskey(passkey, 9, newChallenge())).toBe('created')
    return passkey
  }
  test('a challenge is used once', async () => {
    const challenge = { digest: digest(), expiresAt: start + minute }
    const answers = await atOnce(5, () => store().useChallenge(challenge))
    expect(answers.filter(Boolean)).toHaveLength(1)
    expect(await store().useChallenge({ ...challenge, digest: digest() })).toBe(true)
  })

  test('a passkey that is sent twice at once is added once, and both are told', async () => {
    const [user, other] = [await addUser(store()), await addUser(store())]
    const [passkey, challenge] = [newPasskey(user.id), newChallenge()]
    await store().passkeyHandle(user.id, digest())
    const answers = await atOnce(3, () => store().createPasskey(passkey, 9, challenge))
    expect(answers.toSorted()).toEqual(['created', 'repeated', 'repeated'])
    expect(await store().createPasskey(newPasskey(user.id), 9, challenge)).toBe('spent')
    expect(await store().createPasskey({ ...passkey, userId: other.id }, 9, challenge)).toBe('spent')
  })

  test('an expired challenge is swept', async () => {
    const challenge = { digest: digest(), expiresAt: start + minute }
    await store().useChallenge(challenge)
    expect(await store().sweep(challenge.expiresAt - 1, 10)).toBe(0)
    expect(await store().sweep(challenge.expiresAt, 10)).toBe(1)
  })

  test('a user has one handle for all devices', async () => {
    const user = await addUser(store())
    const handles = await atOnce(5, () => store().passkeyHandle(user.id, digest()))
    expect(new Set(handles.map((handle) => Buffer.from(handle).toString('hex'))).size).toBe(1)
  })

  test('a passkey is found with its user, until the user is disabled', async () => {
    const user = await addUser(store())
    const passkey = await addPasskey(user.id)
    const found = await store().findPasskey(passkey.id)
    expect(found).toMatchObject({ passkey: { ...passkey, usedAt: null }, user: { id: user.id } })
    expect(found?.handle).toEqual(await store().passkeyHandle(user.id, digest()))
    expect(await store().findPasskey('another')).toBeUndefined()
    await store().disableUser(user.handle, start)
    expect((await store().findPasskey(passkey.id))?.user.disabledAt).toBe(start)
  })

  test('a passkey belongs to one user, who has a limit of them', async () => {
    const [user, other] = [await addUser(store()), await addUser(store())]
    const passkey = await addPasskey(user.id)
    expect(await store().createPasskey({ ...passkey, userId: other.id }, 9, newChallenge())).toBe('taken')
    expect(await store().createPasskey(newPasskey(user.id), 1, newChallenge())).toBe('full')
    const [first, last] = [newPasskey(user.id), newPasskey(user.id)]
    const answers = await Promise.all(
      [first, last].map((each) => store().createPasskey(each, 2, newChallenge())),
    )
    expect(answers.toSorted()).toEqual(['created', 'full'])
    expect(await store().listPasskeys(user.id)).toHaveLength(2)
    expect(await store().listPasskeys(other.id)).toEqual([])
  })

  test('a passkey that counts is refused at a count it has had; one that does not is not', async () => {
    const { id: userId } = await addUser(store())
    const counting = await addPasskey(userId, { counter: 5 })
    expect(await store().usePasskey(counting.id, 5, start)).toBe(false)
    expect(await store().usePasskey(counting.id, 0, start)).toBe(false)
    const answers = await atOnce(5, () => store().usePasskey(counting.id, 6, start))
    expect(answers.filter(Boolean)).toHaveLength(1)
    const silent = await addPasskey(userId)
    for (const now of [start, start + 1]) expect(await store().usePasskey(silent.id, 0, now)).toBe(true)
    expect((await store().findPasskey(silent.id))?.passkey.usedAt).toBe(start + 1)
  })

  test('a passkey is removed by its own user alone, and with the account', async () => {
    const [user, other] = [await addUser(store()), await addUser(store())]
    const [first, second] = [await addPasskey(user.id), await addPasskey(user.id)]
    expect(await store().deletePasskey(other.id, first.id)).toBe(false)
    expect(await store().deletePasskey(user.id, first.id)).toBe(true)
    expect(await store().usePasskey(first.id, 0, start)).toBe(false)
    const { passwordHash } = newUser()
    await store().deleteUser({ userId: user.id, passwordHash, deadHash: 'dead', now: start })
    expect(await store().listPasskeys(user.id)).toEqual([])
    await addPasskey(other.id, { id: second.id })
  })
}
