import { pairOf } from '@stagedoor/testkit/wire-app'
import { expect, test } from 'vitest'
import { nodes } from './nodes.ts'

/** Settings of a process whose clock is so many milliseconds ahead. */
function clockAhead(milliseconds: number) {
  const program = `
    const { now } = Date
    Date.now = () => now() + ${milliseconds}
  `
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(program)}` }
}

test.each([
  ['ahead', 5 * 60_000],
  ['behind', -5 * 60_000],
])(
  'a node whose clock is five minutes %s takes what another has made, and ends nobody’s session',
  async (_, apart) => {
    const { apps, servers, home, browser } = await nodes(2, (node) => (node === 0 ? clockAhead(apart) : {}))
    const [wrong, right] = apps
    if (!wrong || !right) throw new Error('There are not two nodes')
    for (const [one, other] of [
      [wrong, right],
      [right, wrong],
    ] as const) {
      const { access, refresh } = pairOf(await one.exchange(await home.logIn(browser)))
      expect(await other.me(access)).toBe(200)
      const next = pairOf(await other.refresh(refresh))
      expect(pairOf(await one.refresh(refresh))).toEqual(next)
      expect(await one.me(next.access)).toBe(200)
      expect(await other.me(next.access)).toBe(200)
    }
    expect(servers.map((server) => server.log().includes('differs from the one here'))).toEqual([true, false])
  },
)
