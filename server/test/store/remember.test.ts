import { join } from 'node:path'
import { temporaryFolder } from '@stagedoor/testkit/command'
import { expect, onTestFinished, test } from 'vitest'
import type { Digest, Store } from '../../src/store/contract/store.ts'
import { findProfile } from '../../src/store/sql/music/profiles.ts'
import { findAccessToken } from '../../src/store/sql/oauth/tokens.ts'
import { type DependsOn, profileDependsOn, tokenDependsOn } from '../../src/store/sql/remember.ts'
import type { Verb } from '../../src/store/sql/transaction.ts'
import { openSqliteStore } from '../../src/store/sqlite/store.ts'
import { addUser, hour, type LoggedIn, logIn, rotation, start } from './world.ts'

/** Two processes on one database: each remembers what it has read by itself. */
function twoStores(): [Store, Store] {
  const file = join(temporaryFolder(), 'stagedoor.db')
  const [own, other] = [openSqliteStore({ file }), openSqliteStore({ file })]
  onTestFinished(() => Promise.all([own.close(), other.close()]).then(() => undefined))
  return [own, other]
}

const now = start + 1

test.each<[string, (store: Store, login: LoggedIn) => Promise<unknown>]>([
  ['its login is ended', (store, { access }) => store.revokeToken(access, null, now)],
  ['its refresh token is reused', (store, { refresh, apiKey }) => reuse(store, { refresh, apiKey })],
  ['its user is disabled', (store, { user }) => store.disableUser(user.handle, now)],
  ['its user is removed', (store, { user }) => store.removeUser(user.handle, 'no hash', now)],
  ['its app is deleted', (store, { apiKey }) => store.deleteApp(apiKey ?? '', now)],
])('a token that was remembered is refused at once when %s, here or by another process', async (_, end) => {
  for (const ender of [0, 1]) {
    const stores = twoStores()
    const [own] = stores
    const login = await logIn(own)
    for (let time = 0; time < 3; time += 1)
      expect(await own.findAccessToken(login.access, now)).toMatchObject({ user: { id: login.user.id } })
    await end(stores[ender] ?? own, login)
    // Another process commits while this one waits: in another turn of its event loop.
    await new Promise((resolve) => setImmediate(resolve))
    expect(await own.findAccessToken(login.access, now)).toBeUndefined()
  }
})

test('a token that was remembered ends with its time', async () => {
  const [own] = twoStores()
  const { access } = await logIn(own)
  expect(await own.findAccessToken(access, now)).toBeDefined()
  expect(await own.findAccessToken(access, start + hour)).toBeUndefined()
})

test('a follow makes a remembered profile another, and leaves every token remembered', async () => {
  const [own] = twoStores()
  const { access, user } = await logIn(own)
  const fan = await addUser(own)
  const [token, stranger] = [await own.findAccessToken(access, now), await own.findProfile(user.id)]
  expect(stranger?.followerCount).toBe(0)
  expect(await own.follow(fan.id, user.id, null, now)).toBe(true)
  expect(await own.findAccessToken(access, now)).toBe(token)
  const followed = await own.findProfile(user.id)
  expect(followed?.followerCount).toBe(1)
  expect(await own.findProfile(user.id)).toBe(followed)
  await own.updateProfile(user.id, { bio: 'New' }, now)
  expect(await own.findAccessToken(access, now)).not.toBe(token)
})

test('a profile that was remembered is the new one at once, here or by another process', async () => {
  const stores = twoStores()
  const [own] = stores
  const { id } = await addUser(own)
  for (const [index, store] of stores.entries()) {
    expect(await own.findProfile(id)).toBeDefined()
    await store.updateProfile(id, { name: `Name ${index}` }, now)
    await new Promise((resolve) => setImmediate(resolve))
    expect(await own.findProfile(id)).toMatchObject({ name: `Name ${index}` })
  }
})

test.each<[string, () => Verb<unknown>, DependsOn, readonly string[]]>([
  // Its own row says nothing new once it was seen.
  ['a token', () => findAccessToken(new Uint8Array(32), now), tokenDependsOn, ['access_tokens']],
  ['a profile', () => findProfile(1), profileDependsOn, []],
])('what %s is read from is what it depends on', (_, verb, dependsOn, besides) => {
  const { done, value: step } = verb().next()
  if (done || step.wants === 'nothing') throw new Error('It reads nothing')
  expect(tablesOf(step.statement.query())).toEqual(new Set([...tables(dependsOn.changed), ...besides]))
})

async function reuse(store: Store, token: { readonly refresh: Digest; readonly apiKey: string | null }) {
  await store.rotateRefresh(rotation(token, { graceMs: 0, now }))
  expect(await store.rotateRefresh(rotation(token, { graceMs: 0, now }))).toEqual({ outcome: 'reused' })
}

const tables = (changed: readonly string[]) => changed.filter((name) => !name.endsWith('.counts'))

/** Every table that a query names, by its own name. */
function tablesOf(query: unknown): Set<string> {
  const kinds = nodesOf(query)
  const aliases = new Set(kinds('AliasNode').map((node) => Object(node['alias']).name))
  return new Set(
    kinds('TableNode')
      .map((node) => Object(Object(node['table']).identifier).name)
      .filter((name) => !aliases.has(name)),
  )
}

function nodesOf(root: unknown) {
  const nodes: Record<string, unknown>[] = []
  const visit = (node: unknown) => {
    if (typeof node !== 'object' || node === null) return
    nodes.push({ ...node })
    for (const part of Object.values(node)) visit(part)
  }
  visit(root)
  return (kind: string) => nodes.filter((node) => node['kind'] === kind)
}
