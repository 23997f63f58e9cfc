import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Store } from '../../src/store/contract/store.ts'
import { openSqliteStore } from '../../src/store/sqlite/store.ts'
import { free, Plans, shareOfUser } from '../../src/usage/rate-limit.ts'
import { addApp } from '../store/world.ts'

const rules = { plan: 'free', unlimitedApiKeys: new Set<string>(), knowsNetworks: true } as const
const second = 1000
const share = free.perMonth * shareOfUser

describe('a user’s share of an app’s month', () => {
  let store: Store
  let now = 1_750_000_000_000
  const clock = () => now
  const open = () => new Plans(rules, { store, clock }, true)
  beforeEach(() => {
    store = openSqliteStore({ file: ':memory:' })
  })
  afterEach(() => store.close())

  /** Calls as fast as the pace of a user lets them, until a call is refused; answers how many were not. */
  async function callOn(plans: Plans, atMost: number, userId = 1): Promise<number> {
    for (let calls = 0; calls < atMost; calls += 1) {
      now += second / 2
      try {
        await plans.takeOfApp('an app', userId)
      } catch (error) {
        expect(error).toMatchObject({ status: 429, description: expect.stringContaining('50,000 requests') })
        return calls
      }
    }
    return atMost
  }
  const passes = (plans: Plans, apiKey: string, userId: number) =>
    plans.takeOfApp(apiKey, userId).then(
      () => true,
      () => false,
    )

  test('is a tenth; others of the app, and the user in another app, go on', async () => {
    const plans = open()
    const begun = now
    const calls = await callOn(plans, 2 * share)
    const refilled = ((now - begun) / second) * (share / (30 * 86_400))
    expect(calls).toBeGreaterThanOrEqual(share)
    expect(calls).toBeLessThanOrEqual(share + refilled + 1)
    expect(await passes(plans, 'an app', 2)).toBe(true)
    expect(await passes(plans, 'another app', 1)).toBe(true)
    now += 52 * second
    expect([await passes(plans, 'an app', 1), await passes(plans, 'an app', 1)]).toEqual([true, false])
  })

  test('outlives a restart, but for what was little of it', async () => {
    const before = open()
    await callOn(before, 2 * share)
    await callOn(before, share / 100, 2)
    await before.flush()
    const after = open()
    expect(await callOn(after, 10)).toBeLessThan(2)
    expect(await callOn(after, 10, 2)).toBe(10)
    expect((await store.listPaces(now)).map(({ slot }) => slot)).toEqual([1])
  })

  test('is one for all nodes of a database', async () => {
    const [one, two] = [open(), open()]
    await passes(two, 'an app', 3)
    for (const plans of [one, two]) {
      expect(await callOn(plans, share / 2)).toBe(share / 2)
      await plans.flush()
    }
    expect(await callOn(two, share / 10)).toBeLessThan(share / 20)
  })

  test('of a kill is known but for a fiftieth and what was not flushed', async () => {
    const before = open()
    await callOn(before, share / 2)
    await before.flush()
    await callOn(before, 10)
    const after = open()
    const left = await callOn(after, 2 * share)
    const refilled = (share / 2) * (0.5 * second) * (share / (30 * 86_400 * second))
    expect(left).toBeLessThan(share / 2 + refilled * 1.5 + 20)
    expect(left).toBeGreaterThan(share / 2)
  })

  test('is unused again after a month, and then nothing of it is stored', async () => {
    const plans = open()
    await callOn(plans, share / 2)
    await plans.flush()
    now += 31 * 86_400 * second
    await callOn(plans, share / 2, 2)
    await plans.flush()
    expect((await store.listPaces(0)).map(({ slot }) => slot)).toEqual([2])
    expect(await callOn(plans, share)).toBe(share)
  })

  test('the month itself is one for all nodes, each of which asks once a minute what others have counted', async () => {
    const apiKey = await addApp(store)
    const [one, alone] = [open(), new Plans(rules, { store, clock }, false)]
    expect([await passes(one, apiKey, 1), await passes(alone, apiKey, 1)]).toEqual([true, true])
    const hour = now - (now % 3_600_000)
    const counts = [{ hour, metric: 'call', label: 'GET /v1/me', count: free.perMonth }] as const
    await store.recordUsage({ apiKey, counts, users: [], events: [], milestones: [] }, 10)
    now += 59 * second
    expect(await passes(one, apiKey, 1)).toBe(true)
    now += second
    expect([await passes(one, apiKey, 1), await passes(alone, apiKey, 1)]).toEqual([false, true])
  })
})
