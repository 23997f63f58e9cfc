import { expect } from 'vitest'
import { nodes } from './nodes.ts'
import { refreshersAt, stuckOf } from './refreshers.ts'

/** Two nodes of a database, at each of which four logins are refreshed without pause. */
export async function underLoad(url: string) {
  const { apps, home, browser } = await nodes(2, {}, async () => url)
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
  const failures = () => refreshers.flatMap((refresher) => refresher.failures)
  return {
    failures,
    /** Waits until every login has been refreshed five times more. */
    goesOn: () => {
      const counts = refreshers.map(({ answered }) => answered.length)
      return expect.poll(() => stuckOf(refreshers, counts, 5)).toEqual([])
    },
    /** What the nodes answer a token that lives, while the database is away. */
    isAway: async () => expect([await a.me(kept.access), await b.me(kept.access)]).toEqual([503, 503]),
    /** Ends the load: nothing but 503 was ever answered, everybody is signed in still, and who was signed out is not. */
    endsWithoutLoss: async () => {
      for (const refresher of refreshers) refresher.isOver = true
      await Promise.all(running)
      expect(failures().length).toBeGreaterThan(0)
      for (const failure of failures()) expect(failure).toMatch(/^503/)
      expect(await b.me(revoked.access)).toBe(401)
      expect(await b.me(kept.access)).toBe(200)
      for (const { last } of refreshers) {
        expect(await b.me(last.access)).toBe(200)
        expect((await a.refresh(last.refresh)).status).toBe(200)
      }
    },
  }
}
