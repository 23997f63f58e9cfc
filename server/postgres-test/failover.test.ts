import { connect, createServer, type Socket } from 'node:net'
import { freePort } from '@stagedoor/testkit/ports'
import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { startCluster, startStandby } from './cluster.ts'
import { nodes } from './nodes.ts'
import { refreshersAt, stuckOf } from './refreshers.ts'

/** One address for the primary, whichever cluster that is. */
async function addressOf(first: string) {
  const port = await freePort()
  const open = new Set<Socket>()
  let target = Number(new URL(first).port)
  const server = createServer((from) => {
    const to = connect(target, 'localhost')
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const) {
      open.add(one)
      one.pipe(other)
      one.on('error', () => undefined)
      one.on('close', () => {
        open.delete(one)
        other.destroy()
      })
    }
  })
  await new Promise<void>((resolve) => server.listen(port, 'localhost', resolve))
  onTestFinished(() => {
    for (const socket of open) socket.destroy()
    server.close()
  })
  return {
    port,
    leadTo: (url: string) => {
      target = Number(new URL(url).port)
      for (const socket of open) socket.destroy()
    },
  }
}

test('a standby that takes over under load signs nobody out and loses no answer', {
  timeout: 120_000,
}, async () => {
  const primary = await startCluster('on')
  onTestFinished(() => primary.end())
  await primary.server.createDatabase('installation')
  const standby = await startStandby(primary)
  onTestFinished(() => standby.end())
  const address = await addressOf(primary.url)
  const url = new URL(`${primary.url}/installation`)
  url.port = String(address.port)
  const { apps, home, browser } = await nodes(2, {}, async () => url.href)
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
  const counts = refreshers.map(({ answered }) => answered.length)
  await expect.poll(() => stuckOf(refreshers, counts, 5)).toEqual([])

  await primary.crash()
  expect([await a.me(kept.access), await b.me(kept.access)]).toEqual([503, 503])
  const client = new pg.Client({ connectionString: `${standby.url}/installation` })
  await client.connect()
  await client.query({ text: 'SELECT pg_promote(true)' })
  await client.end()
  address.leadTo(standby.url)
  const since = refreshers.map(({ answered }) => answered.length)
  await expect.poll(() => stuckOf(refreshers, since, 5)).toEqual([])

  for (const refresher of refreshers) refresher.isOver = true
  await Promise.all(running)
  expect(failuresOf().length).toBeGreaterThan(0)
  for (const failure of failuresOf()) expect(failure).toMatch(/^503/)
  expect(await b.me(revoked.access)).toBe(401)
  expect(await b.me(kept.access)).toBe(200)
  for (const { last } of refreshers) {
    expect(await b.me(last.access)).toBe(200)
    expect((await a.refresh(last.refresh)).status).toBe(200)
  }
})
