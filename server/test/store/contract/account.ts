import { expect, test } from 'vitest'
import { noFacts } from '../../../src/apps/app-facts.ts'
import type { Store } from '../../../src/store/contract/store.ts'
import {
  addApp,
  addUser,
  allow,
  atOnce,
  day,
  digest,
  hour,
  logIn,
  newCode,
  newUser,
  pendingRequest,
  redemption,
  redirectUri,
  second,
  somewhere,
  start,
  works,
} from '../world.ts'

/** What a store must do for somebody's own account. */
export function accountContract(store: () => Store): void {
  const newSession = (userId: number, browser = digest()) => ({
    digest: digest(),
    userId,
    createdAt: start,
    expiresAt: start + day,
    replaces: null,
    ...somewhere(browser),
  })
  const signIn = async (userId: number, browser?: Uint8Array) => {
    const session = newSession(userId, browser)
    await store().createSession(session)
    return session
  }
  const isSignedIn = async (session: { digest: Uint8Array }) =>
    (await store().findSession(session.digest, start)) !== undefined
  const hash = newUser().passwordHash

  test('sessions are listed for their user, the last used first, until they expire', async () => {
    const [user, other] = [await addUser(store()), await addUser(store())]
    const [first, second] = [await signIn(user.id), await signIn(user.id)]
    await signIn(other.id)
    const place = { device: 'Chrome on Mac', network: '198.51.100.*' }
    await store().touchSession(first.digest, place, start + hour)
    const listed = await store().listSessions(user.id, start + hour)
    expect(listed.map(({ digest }) => Buffer.from(digest))).toEqual(
      [first, second].map((its) => Buffer.from(its.digest)),
    )
    expect(listed[0]).toMatchObject({ ...place, createdAt: start, usedAt: start + hour })
    expect(await store().listSessions(user.id, start + day)).toEqual([])
  })

  test('a session is ended by its own user alone', async () => {
    const [user, other] = [await addUser(store()), await addUser(store())]
    const session = await signIn(user.id)
    expect(await store().endSession(other.id, session.digest)).toBe(false)
    expect(await isSignedIn(session)).toBe(true)
    expect(await store().endSession(user.id, session.digest)).toBe(true)
    expect(await store().endSession(user.id, session.digest)).toBe(false)
    expect(await isSignedIn(session)).toBe(false)
  })

  test('every other session ends, nobody else’s', async () => {
    const [user, other] = [await addUser(store()), await addUser(store())]
    const [kept, ended, foreign] = [await signIn(user.id), await signIn(user.id), await signIn(other.id)]
    expect(await store().endOtherSessions(user.id, kept.digest, kept.browser, start)).toBe(1)
    expect(await Promise.all([kept, ended, foreign].map(isSignedIn))).toEqual([true, false, true])
    expect(await store().isKnownBrowser(user.handle, kept.browser)).toBe(true)
    expect(await store().isKnownBrowser(user.handle, ended.browser)).toBe(false)
  })

  test('a browser is known to whom it signed in, by handle and e-mail, for half a year', async () => {
    const [user, other] = [
      await addUser(store(), { handle: 'Ada', email: 'Ada@example.com' }),
      await addUser(store()),
    ]
    const { browser, digest: session } = await signIn(user.id)
    await store().deleteSession(session)
    for (const login of ['ada', 'ADA', 'ada@example.com'])
      expect(await store().isKnownBrowser(login, browser)).toBe(true)
    expect(await store().isKnownBrowser(other.handle, browser)).toBe(false)
    expect(await store().isKnownBrowser('nobody', browser)).toBe(false)
    await store().sweep(start + 180 * day, 100)
    expect(await store().isKnownBrowser('ada', browser)).toBe(false)
  })

  const keeping = { endApps: false, endPasskeys: false }

  test('of many changes of one password one is made, and only its session is left', async () => {
    const user = await addUser(store())
    const before = [await signIn(user.id), await signIn(user.id)]
    const app = await logIn(store(), { user })
    const changes = await atOnce(9, async (index) => {
      const session = newSession(user.id)
      const change = { userId: user.id, from: hash, to: `hash ${index}`, session, ...keeping }
      return { session, isMade: await store().changePassword(change) }
    })
    expect(changes.filter(({ isMade }) => isMade)).toHaveLength(1)
    for (const { session, isMade } of changes) expect(await isSignedIn(session)).toBe(isMade)
    expect(await Promise.all(before.map(isSignedIn))).toEqual([false, false])
    expect((await store().findCredentials(user.handle))[0]?.passwordHash).toMatch(/^hash \d$/)
    for (const { browser } of before) expect(await store().isKnownBrowser(user.handle, browser)).toBe(false)
    expect(await works(store(), app)).toBe(true)
  })

  test('a changed password ends the apps too, when that is asked (RT-14)', async () => {
    const user = await addUser(store())
    const [app, other] = [await logIn(store(), { user }), await logIn(store())]
    const pending = await allow(store(), { user })
    const change = {
      userId: user.id,
      from: hash,
      to: 'new',
      session: newSession(user.id),
      ...keeping,
      endApps: true,
    }
    expect(await store().changePassword(change)).toBe(true)
    expect(await works(store(), app)).toBe(false)
    expect((await store().redeemCode(redemption(pending))).outcome).toBe('refused')
    expect(await works(store(), other)).toBe(true)
    expect(await store().listConnectedApps(user.id, start)).toEqual([])
  })

  test('connected apps say since when, when last and what they did', async () => {
    const user = await addUser(store())
    const apiKey = await addApp(store())
    await store().approveRequest(pendingRequest({ apiKey }), await newCode(store(), user.id), 'remember')
    await logIn(store(), { user, apiKey }, { now: start + second })
    const [app] = await store().listConnectedApps(user.id, start + second)
    expect(app).toMatchObject({
      name: 'An App',
      redirectUri,
      scope: 'write',
      createdAt: start,
      usedAt: start + second,
      trackCount: 0,
      savedCount: 0,
    })
    expect(app?.app?.apiKey).toBe(apiKey)
    expect(await store().listConnectedApps((await addUser(store())).id, start)).toEqual([])
  })

  test('an app without a key is one by its name and address, and ended by its user alone', async () => {
    const [user, other] = [await addUser(store()), await addUser(store())]
    const mine = await logIn(store(), { user, apiKey: null, scope: 'read' })
    const theirs = await logIn(store(), { user: other, apiKey: null, scope: 'read' })
    expect(await store().listConnectedApps(user.id, start)).toMatchObject([
      { app: null, name: 'An App', redirectUri, scope: 'read', trackCount: 0 },
    ])
    expect(await store().endUnregisteredApp(user.id, 'Another', redirectUri, start)).toBe(false)
    expect(await store().endUnregisteredApp(user.id, 'An App', 'https://other.example/', start)).toBe(false)
    expect(await store().endUnregisteredApp(user.id, 'An App', redirectUri, start)).toBe(true)
    expect(await works(store(), mine)).toBe(false)
    expect(await works(store(), theirs)).toBe(true)
    expect(await store().listConnectedApps(user.id, start)).toEqual([])
  })

  test('a deleted account leaves its handle and nothing else', async () => {
    const user = await addUser(store(), { handle: 'Ada', email: 'ada@example.com', isVerified: true })
    const [session, app] = [await signIn(user.id), await logIn(store(), { user })]
    const owned = Buffer.from(digest()).toString('hex').slice(0, 40)
    const facts = {
      name: 'Of Ada',
      nameKey: 'of ada',
      description: null,
      facts: noFacts,
      redirectUris: [redirectUri],
      now: start,
    }
    await store().createApp({ apiKey: owned, ownerId: user.id, ...facts }, 1)
    const others = await logIn(store(), { apiKey: owned })
    const deletion = { userId: user.id, passwordHash: hash, deadHash: 'dead', now: start }
    expect(await store().deleteUser({ ...deletion, passwordHash: 'changed meanwhile' })).toBe(false)
    expect(await isSignedIn(session)).toBe(true)
    const answers = await atOnce(5, () => store().deleteUser(deletion))
    expect(answers.filter(Boolean)).toHaveLength(1)

    expect(await isSignedIn(session)).toBe(false)
    for (const tokens of [app, others]) expect(await works(store(), tokens)).toBe(false)
    expect(await store().findApp(owned)).toBeUndefined()
    expect(await store().findProfile(user.id)).toBeUndefined()
    const left = await store().findUserByHandle('ada')
    expect(left).toMatchObject({ handle: 'Ada', name: '', email: '', isVerified: false, disabledAt: start })
    expect(await store().createUser(newUser({ handle: 'ADA' }))).toEqual({
      outcome: 'taken',
      field: 'handle',
    })
    expect((await store().createUser(newUser({ email: 'ada@example.com' }))).outcome).toBe('created')
    expect((await store().findCredentials('ada'))[0]?.passwordHash).toBe('dead')
  })
}
