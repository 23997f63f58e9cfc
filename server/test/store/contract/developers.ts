import { expect, test } from 'vitest'
import type { AppChanges, Store } from '../../../src/store/contract/store.ts'
import {
  addApp,
  addUser,
  allow,
  atOnce,
  logIn,
  newApp,
  newCode,
  pendingRequest,
  redemption,
  redirectUri,
  start,
  tally,
  works,
} from '../world.ts'

const other = 'https://app.example/other'
const third = 'https://app.example/third'

/** What a store must do for those who register apps. */
export function developersContract(store: () => Store): void {
  async function owned(overrides: Parameters<typeof newApp>[0] = {}) {
    const owner = await addUser(store())
    const apiKey = await addApp(store(), { ownerId: owner.id, ...overrides })
    const update = (changes: AppChanges) => store().updateApp(apiKey, owner.id, changes, start + 1)
    return { owner, apiKey, update, app: () => store().findApp(apiKey) }
  }

  test('a name is given once, also when many ask for it at once', async () => {
    const answers = await atOnce(20, () => store().createApp(newApp({ nameKey: 'one' }), 100))
    expect(tally(answers)).toEqual({ created: 1, taken: 19 })
    const [first] = await store().listApps()
    expect(await store().createApp(newApp({ nameKey: 'one' }), 100)).toEqual({ outcome: 'taken', by: first })
    await store().deleteApp(first?.apiKey ?? '', start)
    expect((await store().createApp(newApp({ nameKey: 'one' }), 100)).outcome).toBe('created')
  })

  test('names that were folded by older rules are folded anew, but for those of deleted apps', async () => {
    const [one, two, gone] = ['One', 'Two', 'Gone'].map((name) => newApp({ name, nameKey: `old ${name}` }))
    if (!one || !two || !gone) throw new Error('There are three.')
    for (const app of [one, two, gone]) await store().createApp(app, 100)
    await store().deleteApp(gone.apiKey, start)
    const before = await store().listApps()
    expect(await store().refoldAppNames((name) => name.toLowerCase())).toBe(2)
    expect(await store().refoldAppNames((name) => name.toLowerCase())).toBe(0)
    expect(await store().listApps()).toEqual(before)
    expect((await store().createApp(newApp({ nameKey: 'one' }), 100)).outcome).toBe('taken')
    expect((await store().createApp(newApp({ nameKey: 'old One' }), 100)).outcome).toBe('created')
    expect((await store().createApp(newApp({ nameKey: 'gone' }), 100)).outcome).toBe('created')
  })

  test('nobody passes the number of apps that one may have, and apps of nobody are not counted (PO-7)', async () => {
    const { id: ownerId } = await addUser(store())
    const answers = await atOnce(20, () => store().createApp(newApp({ ownerId }), 3))
    expect(tally(answers)).toEqual({ created: 3, too_many: 17 })
    expect(tally(await atOnce(5, () => store().createApp(newApp(), 3)))).toEqual({ created: 5 })
    const [app] = await store().listAppsOf(ownerId)
    await store().deleteApp(app?.apiKey ?? '', start)
    expect((await store().createApp(newApp({ ownerId }), 3)).outcome).toBe('created')
  })

  test('what is named is changed, and the rest stays', async () => {
    const { update, app } = await owned({ description: 'First' })
    const before = await app()
    expect(await update({ name: { text: 'Renamed', key: 'renamed' } })).toBe('updated')
    expect(await app()).toEqual({ ...before, name: 'Renamed' })
    expect(await store().isAppNameTaken('renamed')).toBe(true)
    expect(await update({ description: 'Second' })).toBe('updated')
    expect(await app()).toEqual({ ...before, name: 'Renamed', description: 'Second' })
    expect(await update({ description: null })).toBe('updated')
    expect((await app())?.description).toBeNull()
  })

  test('an app is changed and deleted by its owner alone', async () => {
    const { owner, apiKey, update, app } = await owned()
    const stranger = await addUser(store())
    const before = await app()
    const changes = {
      name: { text: 'Mine', key: 'mine' },
      redirectUris: { add: [other], remove: [], limit: 5 },
    }
    expect(await store().updateApp(apiKey, stranger.id, changes, start)).toBe('unknown')
    expect(await store().deleteAppOf(stranger.id, apiKey, start)).toBe(false)
    expect(await app()).toEqual(before)
    const ofNobody = await addApp(store())
    expect(await store().updateApp(ofNobody, owner.id, changes, start)).toBe('unknown')
    expect(await store().deleteAppOf(owner.id, ofNobody, start)).toBe(false)
    expect(await store().deleteAppOf(owner.id, apiKey, start)).toBe(true)
    expect(await store().deleteAppOf(owner.id, apiKey, start)).toBe(false)
    expect(await update(changes)).toBe('unknown')
  })

  test('of two apps that are renamed to one name at once, one is', async () => {
    const [one, other] = [await owned({ nameKey: 'first' }), await owned({ nameKey: 'second' })]
    const answers = await atOnce(20, (n) =>
      (n % 2 === 0 ? one : other).update({ name: { text: 'Wanted', key: 'wanted' } }),
    )
    expect(new Set(answers)).toEqual(new Set(['updated', 'taken']))
    const names = [await one.app(), await other.app()].map((app) => app?.name)
    expect(names.filter((name) => name === 'Wanted')).toHaveLength(1)
  })

  test('a name that is taken changes nothing, one’s own is free', async () => {
    const { update, app } = await owned()
    await addApp(store(), { nameKey: 'taken' })
    const before = await app()
    const changes = {
      name: { text: 'Taken', key: 'taken' },
      description: 'New',
      redirectUris: { add: [other], remove: 'others', limit: 5 },
    } as const
    expect(await update(changes)).toBe('taken')
    expect(await app()).toEqual(before)
    expect(await update({ name: { text: 'Mine', key: 'mine' } })).toBe('updated')
    expect(await update({ name: { text: 'MINE', key: 'mine' } })).toBe('updated')
    expect((await app())?.name).toBe('MINE')
  })

  test('redirect URIs are added and removed beside what others change', async () => {
    const { update, app } = await owned({ redirectUris: [redirectUri, other] })
    const change = (add: readonly string[], remove: readonly string[] | 'others', limit = 3) =>
      update({ redirectUris: { add, remove, limit } })
    expect(await change([third], [redirectUri])).toBe('updated')
    expect((await app())?.redirectUris).toEqual([other, third])
    expect(await change([other, third], [redirectUri, third])).toBe('updated')
    expect((await app())?.redirectUris).toEqual([other, third])
    expect(await change([redirectUri], 'others')).toBe('updated')
    expect((await app())?.redirectUris).toEqual([redirectUri])
    expect(await change([other, third, 'https://fourth.example/'], [])).toBe('full')
    expect((await app())?.redirectUris).toEqual([redirectUri])
    expect(await change([], 'others')).toBe('updated')
    expect((await app())?.redirectUris).toEqual([])
  })

  test('concurrent changes keep each other’s redirect URIs and never pass the limit', async () => {
    const { update, app } = await owned({ redirectUris: [] })
    const answers = await atOnce(80, (n) =>
      update({ redirectUris: { add: [`https://${n}.example/`], remove: [], limit: 50 } }),
    )
    expect(answers.filter((answer) => answer === 'updated')).toHaveLength(50)
    expect((await app())?.redirectUris).toHaveLength(50)
  })

  test('removing a redirect URI ends what is under way, adding one does not', async () => {
    const { apiKey, owner, update } = await owned()
    const pending = await allow(store(), { apiKey, user: owner })
    const [first, second] = [pendingRequest({ apiKey }), pendingRequest({ apiKey })]
    await update({ redirectUris: { add: [other], remove: [], limit: 5 } })
    expect((await store().approveRequest(first, await newCode(store(), owner.id), 'once')).outcome).toBe(
      'finished',
    )
    await update({ redirectUris: { add: [], remove: [other], limit: 5 } })
    expect((await store().approveRequest(second, await newCode(store(), owner.id), 'once')).outcome).toBe(
      'gone',
    )
    expect((await store().redeemCode(redemption(pending))).outcome).toBe('refused')
  })

  test('an app that its owner deletes is gone with all that was issued to it', async () => {
    const { apiKey, owner } = await owned()
    const loggedIn = await logIn(store(), { apiKey })
    const request = pendingRequest({ apiKey })
    expect(await store().deleteAppOf(owner.id, apiKey, start + 1)).toBe(true)
    expect(await store().findApp(apiKey)).toBeUndefined()
    expect((await store().approveRequest(request, await newCode(store(), owner.id), 'once')).outcome).toBe(
      'gone',
    )
    expect(await works(store(), loggedIn, start + 1)).toBe(false)
  })
}
