import { expect, test } from 'vitest'
import type { Actor } from '../../src/store/contract/store.ts'
import { withVerbs } from '../../src/store/contract/with-verbs.ts'
import { openSqliteStore } from '../../src/store/sqlite/store.ts'

test('a store with verbs of its own has every other verb as well, whoever acts', async () => {
  const store = openSqliteStore({ file: ':memory:' })
  const actor: Actor = { by: 'browser', network: '192.0.2.*', requestId: 'r', at: 1 }
  const own = { ping: async () => undefined }
  for (const base of [store, store.as(actor), store.as({ ...actor, requestId: 's' })]) {
    const outer = withVerbs(withVerbs(base, own), { countJobs: async () => 7 })
    const missing = Object.keys(store).filter((name) => !(Reflect.get(outer, name) instanceof Function))
    expect(missing).toEqual([])
    expect(outer.ping).not.toBe(store.ping)
    expect(await outer.countJobs()).toBe(7)
    expect(await outer.countMails()).toBe(0)
  }
  await store.close()
})
