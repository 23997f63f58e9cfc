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
  const { forget } = network
  const refreshers = await refreshersAt(app, home, browser, 6)
  /** Has so many connections open as there are refreshers. */
  const warmUp = async () => {
    for (const refresher of refreshers) refresher.isOver = false
    const running = refreshers.map((refresher) => refresher.run())
    const counts = refreshers.map(({ answered }) => answered.length)
    await expect.poll(() => stuckOf(refreshers, counts, 5)).toEqual([])
    for (const refresher of refreshers) refresher.isOver = true
    await Promise.all(running)
  }

  await warmUp()
  forget()
  let since = performance.now()
  const { access } = refreshers[0]?.last ?? { access: '' }
  const answers: number[] = []
  while (answers.length < 8) answers.push(await app.me(access))
  // The first may need no connection: what was just known of a token, and of the schema, is known for a moment.
  expect([[], [503]]).toContainEqual(answers.filter((status) => status !== 200))
  expect(performance.now() - since).toBeLessThan(2 * longest)

  const visitors = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const visitor = new Browser(home.issuer)
      return { visitor, page: await visitor.open('/sign-in') }
    }),
  )
  await warmUp()
  forget()
  since = performance.now()
  const statuses = await Promise.all(
    visitors.map(async ({ visitor, page }) => (await visitor.signIn(page, ada)).status),
  )
  // Of one account ten tries may be under way at once; another is told to wait.
  for (const status of statuses) expect([200, 429, 503]).toContain(status)
  expect(performance.now() - since).toBeLessThan(longest)
  await warmUp()
  for (const failure of refreshers.flatMap(({ failures }) => failures)) expect(failure).toMatch(/^503/)
  for (const { last } of refreshers) expect(await app.me(last.access)).toBe(200)
})
