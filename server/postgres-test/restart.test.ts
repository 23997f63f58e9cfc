import { expect, onTestFinished, test } from 'vitest'
import { startCluster } from './cluster.ts'
import { underLoad } from './under-load.ts'

test('a PostgreSQL that is restarted, or crashes, under load signs nobody out and loses no answer', {
  timeout: 120_000,
}, async () => {
  const cluster = await startCluster('on')
  onTestFinished(() => cluster.end())
  await cluster.server.createDatabase('installation')
  const load = await underLoad(`${cluster.url}/installation`)
  for (const end of [() => cluster.server.stop(), cluster.crash]) {
    await load.goesOn()
    const before = load.failures().length
    await end()
    await load.isAway()
    await expect.poll(() => load.failures().length).toBeGreaterThan(before + 8)
    await cluster.server.start()
    await load.goesOn()
  }
  await load.endsWithoutLoss()
})
