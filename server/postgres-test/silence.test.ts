import { Browser } from '@stagedoor/testkit/wire-browser'
import { expect, test } from 'vitest'
import { forgetfulNetwork, type Network } from './forgetful.ts'
import { ada, nodes } from './nodes.ts'
import { refreshersAt, stuckOf } from './refreshers.ts'

/** Milliseconds that an answer may take though nothing comes back: of a statement, and what a busy machine adds. */
const longest = 15_000

test('connections that a network forgets without a word are waited for once, and sign nobody out', async () => {
  let network: Network | undefined
  const { apps, home, browser } = await nodes(1, {}, async (url) => {
    network = await forgetfulNetwork(url)
    return network.url
  })
  const [app] = apps
  if (app === undefined || network === undefined) throw new Error('There is no node')
  const refreshers = await refreshersAt(app, home, browser, 6)
  const running = refreshers.map((refresher) => refresher.run())
  const visitors = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const visitor = new Browser(home.issuer)
      return { visitor, page: await visitor.open('/sign-in') }
    }),
  )
  await expect.poll(() => refreshers.every(({ answered }) => answered.length > 5)).toBe(true)

  network.forget()
  const forgotten = performance.now()
  const statuses = await Promise.all(
    visitors.map(async ({ visitor, page }) => (await visitor.signIn(page, ada)).status),
  )
  expect(performance.now() - forgotten).toBeLessThan(longest)
  for (const status of statuses) expect([200, 503]).toContain(status)
  const counts = refreshers.map(({ answered }) => answered.length)
  await expect.poll(() => stuckOf(refreshers, counts, 3)).toEqual([])
  expect(performance.now() - forgotten).toBeLessThan(longest)
  for (const refresher of refreshers) refresher.isOver = true
  await Promise.all(running)
  const failures = refreshers.flatMap(({ failures }) => failures)
  // Each was waiting for one answer when they were forgotten.
  expect(failures.length).toBeLessThanOrEqual(refreshers.length)
  for (const failure of failures) expect(failure).toMatch(/^503/)
  for (const { last } of refreshers) expect(await app.me(last.access)).toBe(200)
})
