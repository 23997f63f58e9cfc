import { randomBytes } from 'node:crypto'
import pino from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { openSealer } from '../../src/crypto/sealer.ts'
import { sealedRequests } from '../../src/oauth/sealed-request.ts'
import { StoreUnavailable } from '../../src/store/contract/errors.ts'
import type { AppUsage, Store } from '../../src/store/contract/store.ts'
import { openSqliteStore } from '../../src/store/sqlite/store.ts'
import { openUsage } from '../../src/usage/start.ts'
import { addApp, start } from '../store/world.ts'

/** Usage on a real store, which remembers what was to be written, and writes nothing while it is `down`. */
async function recorded() {
  const store = openSqliteStore({ file: ':memory:' })
  const apiKey = await addApp(store)
  const state = { written: [] as AppUsage[], isDown: false, now: start }
  const watched: Store = {
    ...store,
    async recordUsage(usage, kept) {
      if (state.isDown) throw new StoreUnavailable('It is full')
      state.written.push(usage)
      await store.recordUsage(usage, kept)
    },
  }
  const rules = { plan: 'unlimited', unlimitedApiKeys: new Set<string>(), knowsNetworks: true } as const
  const log = pino({ level: 'silent' })
  const sealer = await openSealer({ store, clock: () => state.now, random: randomBytes })
  const usage = openUsage(rules, {
    store: watched,
    clock: () => state.now,
    log,
    sealer,
    requests: sealedRequests(sealer),
  })
  onTestFinished(async () => {
    await usage.stop()
    await store.close()
  })
  const call = (named: string) =>
    usage.meterCall({ route: 'GET /v1/tracks', address: '::1', named }, (admit) => admit(null))
  return { store, usage, apiKey, state, call }
}

test('keys of no app do not even reach the store, and take no memory until then', async () => {
  const { usage, apiKey, state, call } = await recorded()
  for (let key = 0; key < 100; key += 1) await call(key.toString(16).padStart(40, '0'))
  await call('nonsense')
  await usage.flush()
  expect(state.written).toEqual([])
  await call(apiKey)
  await usage.flush()
  expect(state.written.map((part) => part.apiKey)).toEqual([apiKey])
})

test('an app that was deleted is taken for known for a minute at most', async () => {
  const { store, usage, apiKey, state, call } = await recorded()
  await call(apiKey)
  await store.deleteApp(apiKey, start)
  await usage.flush()
  state.now += 60_000
  await call(apiKey)
  await usage.flush()
  expect(state.written).toHaveLength(1)
})

test('what a store cannot take is kept until it can, and counted once', async () => {
  const { usage, apiKey, state, call } = await recorded()
  await call(apiKey)
  state.isDown = true
  await usage.flush()
  await call(apiKey)
  await usage.flush()
  expect(state.written).toEqual([])
  state.isDown = false
  await usage.flush()
  await usage.flush()
  expect(state.written.flatMap(({ counts }) => counts)).toEqual([
    { hour: start - (start % 3_600_000), metric: 'named_call', label: 'GET /v1/tracks', count: 2 },
  ])
})
