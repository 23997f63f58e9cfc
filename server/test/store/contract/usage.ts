import { expect, test } from 'vitest'
import { noFacts } from '../../../src/apps/app-facts.ts'
import type { AppUsage, FlowEvent, Store, UsageCount } from '../../../src/store/contract/store.ts'
import { addUser, atOnce, day, digest, hour, redirectUri, start } from '../world.ts'

const now = start - (start % day) + 12 * hour
const kept = 100

const event = (overrides: Partial<FlowEvent> = {}): FlowEvent => ({
  at: now,
  step: 'token',
  outcome: 'done',
  code: null,
  reason: null,
  requestId: 'request',
  sent: null,
  ...overrides,
})

const call = (overrides: Partial<UsageCount> = {}): UsageCount => ({
  hour: now,
  metric: 'call',
  label: 'GET /v1/me',
  count: 1,
  ...overrides,
})

/** An app with an owner, and what is recorded in it. */
async function ownedApp(store: Store) {
  const { id: ownerId } = await addUser(store)
  const apiKey = Buffer.from(digest()).toString('hex').slice(0, 40)
  const facts = {
    apiKey,
    name: 'An App',
    nameKey: apiKey,
    description: null,
    facts: noFacts,
    redirectUris: [redirectUri],
  }
  await store.createApp({ ...facts, ownerId, now: start }, 100)
  const log = { apiKey, ownerId, since: 0, outcome: null, before: Number.MAX_SAFE_INTEGER, limit: 1000 }
  return {
    apiKey,
    ownerId,
    log,
    report: { apiKey, ownerId, since: 0, bucket: hour },
    record: (usage: Partial<AppUsage>, most = kept) =>
      store.recordUsage({ apiKey, counts: [], users: [], events: [], milestones: [], ...usage }, most),
  }
}

/** What a store must do for the log and the usage of apps. */
export function usageContract(store: () => Store): void {
  test('events are listed newest first, by outcome, time and page', async () => {
    const { record, log } = await ownedApp(store())
    const events = [
      event({ at: now - hour, step: 'authorize' }),
      event({
        outcome: 'refused',
        code: 'invalid_grant',
        reason: { code: 'token.missing', values: ['code', 2, true] },
      }),
      event({ outcome: 'cancelled', step: 'consent' }),
    ]
    await record({ events })
    const all = (await store().listFlowEvents(log)) ?? []
    expect(all.map(({ id: _, ...rest }) => rest)).toEqual(events.toReversed())
    expect(await store().listFlowEvents({ ...log, outcome: 'refused' })).toEqual([all[1]])
    expect(await store().listFlowEvents({ ...log, since: now })).toEqual(all.slice(0, 2))
    expect(await store().listFlowEvents({ ...log, limit: 1 })).toEqual(all.slice(0, 1))
    expect(await store().listFlowEvents({ ...log, before: all[0]?.id ?? 0 })).toEqual(all.slice(1))
  })

  test('an app keeps its newest events, and takes none of another’s', async () => {
    const { record, log } = await ownedApp(store())
    const other = await ownedApp(store())
    await other.record({ events: [event()] }, 3)
    for (let at = 0; at < 7; at += 1) await record({ events: [event({ at: now + at })] }, 3)
    expect((await store().listFlowEvents(log))?.map(({ at }) => at - now)).toEqual([6, 5, 4])
    expect(await store().listFlowEvents(other.log)).toHaveLength(1)
  })

  test('counts add up, by hours or by days', async () => {
    const { record, report, apiKey } = await ownedApp(store())
    await record({ counts: [call({ count: 2 }), call({ hour: now - hour }), call({ metric: 'named_call' })] })
    await record({ counts: [call({ count: 3 }), call({ label: 'GET /v1/tracks' })] })
    const calls = async (bucket: number, since = 0) =>
      (await store().readUsage({ ...report, bucket, since }))?.counts
        .filter(({ metric, label }) => metric === 'call' && label === 'GET /v1/me')
        .map(({ from, count }) => [from, count])
    expect(await calls(hour)).toEqual([
      [now - hour, 1],
      [now, 5],
    ])
    expect(await calls(day)).toEqual([[now - 12 * hour, 6]])
    expect(await calls(hour, now)).toEqual([[now, 5]])
    expect(await store().countCalls(apiKey, 0)).toBe(7)
    expect(await store().countCalls(apiKey, now)).toBe(6)
  })

  test('concurrent records all count', async () => {
    const { record, apiKey } = await ownedApp(store())
    await atOnce(50, () => record({ counts: [call()] }))
    expect(await store().countCalls(apiKey, 0)).toBe(50)
  })

  test('a user is active once an hour and once a day, and is not counted again by what comes late', async () => {
    const { record, report } = await ownedApp(store())
    const see = (userId: number, at: number) => record({ users: [{ userId, hour: at }] })
    const counted = async (metric: string) =>
      (await store().readUsage({ ...report, bucket: day }))?.counts
        .filter((count) => count.metric === metric)
        .reduce((sum, { count }) => sum + count, 0)
    await atOnce(10, () => see(1, now))
    await see(2, now)
    expect([await counted('active_hour'), await counted('active_day')]).toEqual([2, 2])
    await see(1, now + hour)
    await see(1, now)
    expect([await counted('active_hour'), await counted('active_day')]).toEqual([3, 2])
    await see(1, now + day)
    expect([await counted('active_hour'), await counted('active_day')]).toEqual([4, 3])
    expect((await store().readUsage({ ...report, since: now }))?.activeUsers).toBe(2)
    expect((await store().readUsage({ ...report, since: now + 1 }))?.activeUsers).toBe(1)
  })

  test('a milestone keeps its first time', async () => {
    const { record, apiKey, ownerId } = await ownedApp(store())
    expect(await store().listMilestones(apiKey, ownerId)).toEqual(new Map())
    await record({ milestones: [{ name: 'token', at: now }] })
    await record({ milestones: [{ name: 'token', at: now + 1 }] })
    expect(await store().listMilestones(apiKey, ownerId)).toEqual(new Map([['token', now]]))
  })

  test('nobody but the owner reads any of it', async () => {
    const { record, log, report, apiKey } = await ownedApp(store())
    const { ownerId } = await ownedApp(store())
    await record({ events: [event()], counts: [call()], milestones: [{ name: 'call', at: now }] })
    expect(await store().listFlowEvents({ ...log, ownerId })).toBeUndefined()
    expect(await store().listFlowEvents({ ...log, ownerId, outcome: 'done' })).toBeUndefined()
    expect(await store().readUsage({ ...report, ownerId })).toBeUndefined()
    expect(await store().listMilestones(apiKey, ownerId)).toBeUndefined()
  })

  test('an app that is unknown or deleted leaves no rows, and shows none', async () => {
    const { record, log, report, apiKey, ownerId } = await ownedApp(store())
    const whole = {
      counts: [call()],
      users: [{ userId: 1, hour: now }],
      events: [event()],
      milestones: [{ name: 'call' as const, at: now }],
    }
    const nobody = '0'.repeat(40)
    await store().recordUsage({ apiKey: nobody, ...whole }, kept)
    expect(await store().countCalls(nobody, 0)).toBe(0)
    await store().deleteApp(apiKey, now)
    await record(whole)
    expect(await store().countCalls(apiKey, 0)).toBe(0)
    expect(await store().listFlowEvents(log)).toBeUndefined()
    expect(await store().readUsage(report)).toBeUndefined()
    expect(await store().listMilestones(apiKey, ownerId)).toBeUndefined()
  })

  test('the sweep takes events after 7 days, and counts and users after 32', async () => {
    const { record, log, report } = await ownedApp(store())
    await record({ events: [event()], counts: [call()], users: [{ userId: 1, hour: now }] })
    expect(await store().sweep(now + 7 * day - 1, 100)).toBe(0)
    expect(await store().sweep(now + 7 * day, 100)).toBe(1)
    expect(await store().listFlowEvents(log)).toEqual([])
    expect(await store().sweep(now + 32 * day - 1, 100)).toBe(0)
    expect(await store().sweep(now + 32 * day, 2)).toBe(2)
    expect(await store().sweep(now + 32 * day, 2)).toBe(2)
    expect(await store().readUsage(report)).toEqual({ counts: [], activeUsers: 0 })
  })
}
