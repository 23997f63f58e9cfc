import { expect, onTestFinished, test } from 'vitest'
import { startCluster } from './cluster.ts'
import { nodes } from './nodes.ts'
import { refreshersAt, stuckOf } from './refreshers.ts'

test('a PostgreSQL that is restarted, or crashes, under load signs nobody out and loses no answer', {
  timeout: 120_000,
}, async () => {
  const cluster = await startCluster('on')
  onTestFinished(() => cluster.end())
  await cluster.server.createDatabase('installation')
  const { apps, home, browser } = await nodes(2, {}, async () => `${cluster.url}/installation`)
  const [a, b] = apps
  if (!a || !b) throw new Error('There are not two nodes')
  const kept = await home.pair(browser)
  const revoked = await home.pair(browser)
  expect((await a.revoke(revoked.refresh)).status).toBe(200)
  const refreshers = [
    ...(await refreshersAt(a, home, browser, 4)),
    ...(await refreshersAt(b, home, browser, 4)),
  ]
  const running = refreshers.map((refresher) => refresher.run())
  const failuresOf = () => refreshers.flatMap(({ failures }) => failures)

  for (const end of [() => cluster.server.stop(), cluster.crash]) {
    const counts = refreshers.map(({ answered }) => answered.length)
    await expect.poll(() => stuckOf(refreshers, counts, 5)).toEqual([])
    const before = failuresOf().length
    await end()
    expect([await a.me(kept.access), await b.me(kept.access)]).toEqual([503, 503])
    await expect.poll(() => failuresOf().length).toBeGreaterThan(before + 8)
    await cluster.server.start()
    const since = refreshers.map(({ answered }) => answered.length)
    await expect.poll(() => stuckOf(refreshers, since, 5)).toEqual([])
  }

  for (const refresher of refreshers) refresher.isOver = true
  await Promise.all(running)
  for (const failure of failuresOf()) expect(failure).toMatch(/^503/)
  expect(await b.me(revoked.access)).toBe(401)
  for (const { last } of refreshers) {
    expect(await b.me(last.access)).toBe(200)
    expect((await a.refresh(last.refresh)).status).toBe(200)
  }
})
