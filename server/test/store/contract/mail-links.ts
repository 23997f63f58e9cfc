import { expect, test } from 'vitest'
import type { Store } from '../../../src/store/contract/store.ts'
import {
  addUser,
  atOnce,
  day,
  digest,
  hour,
  logIn,
  minute,
  newUser,
  second,
  somewhere,
  start,
  works,
} from '../world.ts'

const hash = newUser().passwordHash

/** One-time links in mail: to a new password, and to a new address. */
export function mailLinksContract(store: () => Store): void {
  const bounds = (now: number) => ({ since: now - hour, atMost: 3, repeatSince: now - minute })
  const link = (userId: number, now = start) => ({
    digest: digest(),
    userId,
    createdAt: now,
    expiresAt: now + 30 * minute,
  })
  const session = (userId: number, now = start) => ({
    digest: digest(),
    userId,
    createdAt: now,
    expiresAt: now + day,
    replaces: null,
    ...somewhere(),
  })
  async function made(userId: number, now = start) {
    const reset = link(userId, now)
    expect(await store().createReset(reset, bounds(now))).toBe(true)
    return reset.digest
  }
  const use = (userId: number, digest: Uint8Array, to = 'new', now = start) =>
    store().resetPassword({ digest, to, session: session(userId, now) })
  async function asked(userId: number, email: string, now = start) {
    const change = { ...link(userId, now), expiresAt: now + day, email }
    return { digest: change.digest, outcome: await store().createEmailChange(change, bounds(now)) }
  }
  const passwordOf = async (handle: string) => (await store().findCredentials(handle))[0]?.passwordHash

  test('of many uses of one link to a new password one is made, and only its session is left', async () => {
    const user = await addUser(store())
    const before = session(user.id)
    await store().createSession(before)
    const app = await logIn(store(), { user })
    const passkey = {
      id: 'key',
      userId: user.id,
      publicKey: digest(),
      counter: 0,
      device: 'Firefox',
      createdAt: start,
    }
    await store().createPasskey(passkey, 1, { digest: digest(), expiresAt: start + minute })
    const reset = await made(user.id)
    expect((await store().findReset(reset, start))?.id).toBe(user.id)
    const uses = await atOnce(9, async (index) => {
      const after = session(user.id)
      const isMade = await store().resetPassword({
        digest: reset,
        to: `hash ${index}`,
        session: after,
      })
      return { isMade, isSignedIn: (await store().findSession(after.digest, start)) !== undefined, index }
    })
    const [winner, ...others] = uses.filter(({ isMade }) => isMade)
    expect(others).toEqual([])
    for (const { isMade, isSignedIn } of uses) expect(isSignedIn).toBe(isMade)
    expect(await passwordOf(user.handle)).toBe(`hash ${winner?.index}`)
    expect(await store().findSession(before.digest, start)).toBeUndefined()
    expect(await store().isKnownBrowser(user.handle, before.browser)).toBe(false)
    expect(await store().findReset(reset, start)).toBeUndefined()
    expect(await works(store(), app)).toBe(false)
    expect(await store().listPasskeys(user.id)).toEqual([])
  })

  test('a link to a new password works for its user alone, and until it expires', async () => {
    const [user, other] = [await addUser(store()), await addUser(store())]
    const reset = await made(user.id)
    const now = start + 30 * minute
    expect(await store().findReset(reset, now - 1)).toBeDefined()
    expect(await store().findReset(reset, now)).toBeUndefined()
    expect(await use(user.id, reset, 'late', now)).toBe(false)
    expect(await use(other.id, reset)).toBe(false)
    expect(await use(user.id, digest())).toBe(false)
    expect([await passwordOf(user.handle), await passwordOf(other.handle)]).toEqual([hash, hash])
    await store().disableUser(user.handle, start)
    expect(await store().findReset(reset, start)).toBeUndefined()
    expect(await use(user.id, reset)).toBe(false)
    expect(await passwordOf(user.handle)).toBe(hash)
  })

  test('one link to a new password works at a time, and three are made in an hour', async () => {
    const user = await addUser(store())
    const first = await made(user.id)
    expect(await store().createReset(link(user.id, start + 59 * second), bounds(start + 59 * second))).toBe(
      false,
    )
    expect(await store().findReset(first, start)).toBeDefined()
    const next = await made(user.id, start + minute)
    expect(await store().findReset(first, start + minute)).toBeUndefined()
    await made(user.id, start + 2 * minute)
    const many = await atOnce(5, (index) => {
      const now = start + (10 + index) * minute
      return store().createReset(link(user.id, now), bounds(now))
    })
    expect(many).toEqual([false, false, false, false, false])
    expect(await store().findReset(next, start + minute)).toBeUndefined()
    expect(await store().sweep(start + hour - 1, 100)).toBe(0)
    expect(await store().createReset(link(user.id, start + hour - 1), bounds(start + hour - 1))).toBe(false)
    expect(await store().sweep(start + hour, 100)).toBe(1)
    await made(user.id, start + hour)
  })

  test('many at once make one link', async () => {
    const user = await addUser(store())
    const answers = await atOnce(8, () => store().createReset(link(user.id), bounds(start)))
    expect(answers.filter(Boolean)).toHaveLength(1)
  })

  test('a changed password ends the links that were sent before', async () => {
    const user = await addUser(store())
    const [reset, change] = [await made(user.id), await asked(user.id, 'new@example.com')]
    await store().changePassword({
      userId: user.id,
      from: hash,
      to: 'new',
      session: session(user.id),
      endApps: false,
      endPasskeys: false,
    })
    expect(await store().findReset(reset, start)).toBeUndefined()
    expect(await use(user.id, reset, 'again')).toBe(false)
    expect(await store().confirmEmailChange(change.digest, start)).toEqual({ outcome: 'gone' })
  })

  test('an address changes once it is confirmed, once, and links to the old one end', async () => {
    const user = await addUser(store(), { email: 'Old@example.com' })
    const reset = await made(user.id)
    const { digest, outcome } = await asked(user.id, 'New@Example.com')
    expect(outcome).toBe('created')
    expect(await store().findCredentials('new@example.com')).toEqual([])
    expect(await store().findPendingEmail(user.id, start)).toBe('New@Example.com')
    expect(await store().findEmailChange(digest, start)).toMatchObject({ email: 'New@Example.com' })
    const answers = await atOnce(5, () => store().confirmEmailChange(digest, start))
    expect(answers.filter(({ outcome }) => outcome === 'repeated')).toHaveLength(4)
    expect(answers.find(({ outcome }) => outcome === 'changed')).toMatchObject({
      user: { id: user.id, email: 'Old@example.com' },
      email: 'New@Example.com',
    })
    expect((await store().findCredentials('new@example.com'))[0]?.user.id).toBe(user.id)
    expect(await store().findCredentials('old@example.com')).toEqual([])
    expect(await store().findPendingEmail(user.id, start)).toBeUndefined()
    expect(await store().findReset(reset, start)).toBeUndefined()
    // Another way of writing one's own address is one's own to choose.
    const again = await asked(user.id, 'NEW@example.com', start + hour)
    expect((await store().confirmEmailChange(again.digest, start + hour)).outcome).toBe('changed')
    // The account has another address since, so that this link has nothing more to tell.
    expect((await store().confirmEmailChange(digest, start + hour)).outcome).toBe('gone')
  })

  test('an address that two want is one’s, and the other keeps theirs', async () => {
    const users = [await addUser(store()), await addUser(store()), await addUser(store())]
    const asks = await Promise.all(users.map(({ id }) => asked(id, 'wanted@example.com')))
    expect(asks.map(({ outcome }) => outcome)).toEqual(['created', 'created', 'created'])
    const answers = await Promise.all(asks.map(({ digest }) => store().confirmEmailChange(digest, start)))
    expect(answers.map(({ outcome }) => outcome).sort()).toEqual(['changed', 'taken', 'taken'])
    const left = await Promise.all(users.map(({ handle }) => store().findUserByHandle(handle)))
    expect(left.filter((user) => user?.email === 'wanted@example.com')).toHaveLength(1)
    expect((await store().createUser(newUser({ email: 'WANTED@example.com' }))).outcome).toBe('taken')
  })

  test('of many accounts that confirm one address at once one has it, and the others lose the claim', async () => {
    const email = 'raced@example.com'
    const users = await atOnce(8, () => addUser(store(), { email, emailClaim: 'unconfirmed' }))
    const links = users.map((user) => ({ ...link(user.id), expiresAt: start + day, email }))
    const plenty = { ...bounds(start), atMost: 100 }
    for (const change of links) expect(await store().createEmailChange(change, plenty)).toBe('created')
    const answers = await Promise.all(links.map(({ digest }) => store().confirmEmailChange(digest, start)))
    expect(answers.map(({ outcome }) => outcome).sort()).toEqual(['changed', ...Array(7).fill('taken')])
    const left = await Promise.all(users.map(({ handle }) => store().findUserByHandle(handle)))
    expect(left.map((user) => user?.emailStatus).sort()).toEqual(['confirmed', ...Array(7).fill('lost')])
  })

  test('an address that is not confirmed has no link to a new password, and one that is taken loses it', async () => {
    const user = await addUser(store(), { emailClaim: 'unconfirmed' })
    expect(await store().createReset(link(user.id), bounds(start))).toBe(false)
    expect(await store().confirmEmail(user.handle, start)).toBe('confirmed')
    expect(await store().createReset(link(user.id), bounds(start))).toBe(true)
  })

  test('a change of address is bounded for who asks, and for the address', async () => {
    const [user, ...others] = await atOnce(4, () => addUser(store()))
    if (user === undefined) throw new Error('There is nobody')
    const outcome = async (id: number, email: string, now = start) => (await asked(id, email, now)).outcome
    expect(await outcome(user.id, 'a@example.com')).toBe('created')
    expect(await outcome(user.id, 'A@example.com', start + 59 * second)).toBe('repeated')
    expect(await outcome(user.id, 'b@example.com')).toBe('created')
    expect(await outcome(user.id, 'c@example.com')).toBe('created')
    expect(await outcome(user.id, 'd@example.com')).toBe('bounded')
    expect(await store().findPendingEmail(user.id, start)).toBe('c@example.com')
    for (const { id } of others) expect(await outcome(id, 'victim@example.com')).toBe('created')
    expect(await outcome(user.id, 'victim@example.com', start + 2 * hour)).toBe('created')
    const last = await addUser(store())
    expect(await outcome(last.id, 'victim@example.com', start + minute)).toBe('bounded')
  })

  test('a change of address expires, is withdrawn, and is swept', async () => {
    const user = await addUser(store())
    const { digest } = await asked(user.id, 'new@example.com')
    expect((await store().confirmEmailChange(digest, start + day)).outcome).toBe('gone')
    expect(await store().findEmailChange(digest, start + day)).toBeUndefined()
    expect(await store().sweep(start + day - 1, 100)).toBe(0)
    await store().cancelEmailChange(user.id, start)
    expect((await store().confirmEmailChange(digest, start)).outcome).toBe('gone')
    expect(await store().sweep(start + day, 100)).toBe(1)
  })

  test('a deleted account has no link left', async () => {
    const user = await addUser(store())
    const [reset, change] = [await made(user.id), await asked(user.id, 'new@example.com')]
    await store().deleteUser({ userId: user.id, passwordHash: hash, deadHash: 'dead', now: start })
    expect(await use(user.id, reset)).toBe(false)
    expect((await store().confirmEmailChange(change.digest, start)).outcome).toBe('gone')
    // Nothing is left to sweep: the address is gone with the account.
    expect(await store().sweep(start + 2 * day, 100)).toBe(0)
  })
}
