import { expect, test } from 'vitest'
import type { Actor, Store } from '../../../src/store/contract/store.ts'
import { addApp, addUser, digest, everyEntry, hour, start as now, somewhere } from '../world.ts'

const actor = (at = now, network = '203.0.113.*'): Actor => ({ by: 'browser', network, requestId: 'r1', at })
const newSession = (userId: number) => ({
  digest: digest(),
  userId,
  createdAt: now,
  expiresAt: now + hour,
  replaces: null,
  ...somewhere(),
})

export function auditContract(current: () => Store): void {
  test('what an actor does has an entry with who, where and which request; what nobody does has none', async () => {
    const store = current()
    const user = await addUser(store)
    await store.createSession(newSession(user.id))
    expect(await store.listAudit(everyEntry)).toEqual([])
    await store.as(actor()).createSession(newSession(user.id))
    expect(await store.listAudit(everyEntry)).toEqual([
      {
        id: expect.any(Number),
        ...{
          event: 'signed_in',
          by: 'browser',
          userId: user.id,
          handle: user.handle,
          detail: 'Firefox on Linux',
        },
        ...{ apiKey: null, appName: null, network: '203.0.113.*', requestId: 'r1' },
        ...{ at: now, lastAt: now, count: 1 },
      },
    ])
  })

  test('what was refused has no entry', async () => {
    const store = current()
    const user = await addUser(store)
    const as = store.as(actor())
    expect(await as.endSession(user.id, digest())).toBe(false)
    expect(await as.disableUser('nobody', now)).toBe(false)
    expect(await store.listAudit(everyEntry)).toEqual([])
  })

  test('however often passwords are guessed, an hour of it is a row for each of twenty networks', async () => {
    const store = current()
    const user = await addUser(store)
    for (let time = 0; time < 3; time += 1)
      for (let network = 0; network < 40; network += 1)
        await store
          .as(actor(now + time, `10.0.${network}.*`))
          .noteRefusal({ event: 'sign_in_failed', userId: user.id })
    const entries = await store.listAudit(everyEntry)
    expect(entries).toHaveLength(20)
    expect(entries.reduce((total, { count }) => total + count, 0)).toBe(120)
    await store.as(actor(now + hour)).noteRefusal({ event: 'sign_in_failed', userId: user.id })
    expect(await store.listAudit(everyEntry)).toHaveLength(21)
  })

  test('guesses at accounts that are not there are rows of two hundred networks an hour at most', async () => {
    const store = current()
    for (let network = 0; network < 300; network += 1)
      await store.as(actor(now, `net ${network}`)).noteRefusal({ event: 'sign_in_failed', userId: null })
    expect(await store.listAudit(everyEntry)).toHaveLength(200)
  })

  test('who does the same all the time is counted after ten rows an hour', async () => {
    const store = current()
    const user = await addUser(store)
    for (let time = 0; time < 30; time += 1) await store.as(actor()).createSession(newSession(user.id))
    const entries = await store.listAudit(everyEntry)
    expect(entries).toHaveLength(10)
    expect(entries[0]?.count).toBe(21)
  })

  test('entries are found by account, app, kind and time, and followed from any of them', async () => {
    const store = current()
    const [ada, ben] = [await addUser(store), await addUser(store)]
    const apiKey = await addApp(store, { ownerId: ada.id })
    await store.as(actor(now)).createSession(newSession(ada.id))
    await store.as(actor(now + 1)).createSession(newSession(ben.id))
    await store
      .as({ ...actor(now + 2), by: 'operator' })
      .addRedirectUri(apiKey, 'https://a.example/new', 50, now)
    const events = async (search: Partial<typeof everyEntry> | object) =>
      (await store.listAudit({ ...everyEntry, ...search })).map(({ event, userId }) => [event, userId])
    const changed = ['redirect_uris_changed', ada.id]
    expect(await events({ userId: ada.id })).toEqual([changed, ['signed_in', ada.id]])
    expect(await events({ apiKey })).toEqual([changed])
    expect(await events({ userId: ben.id, apiKey })).toEqual([])
    expect(await events({ event: 'signed_in' })).toEqual([
      ['signed_in', ben.id],
      ['signed_in', ada.id],
    ])
    expect(await events({ appsOnly: true })).toEqual([changed])
    expect(await events({ since: now + 1 })).toEqual([changed, ['signed_in', ben.id]])
    const [first] = (await store.listAudit(everyEntry)).toReversed()
    expect(await events({ after: first?.id })).toEqual([['signed_in', ben.id], changed])
    expect(await events({ limit: 1 })).toEqual([changed])
  })

  test('old entries are swept, so many at a time', async () => {
    const store = current()
    const user = await addUser(store)
    for (let time = 0; time < 5; time += 1)
      await store.as(actor(now + time)).createSession(newSession(user.id))
    expect(await store.sweepAudit(now + 4, 3)).toBe(3)
    expect(await store.sweepAudit(now + 4, 3)).toBe(1)
    expect(await store.sweepAudit(now + 4, 3)).toBe(0)
    expect(await store.listAudit(everyEntry)).toHaveLength(1)
  })
}
