import { minute } from '@stagedoor/testkit/server'
import { expect, test } from 'vitest'
import { openUsedProofs, sharedUsedProofs } from '../../src/oauth/dpop/used-proofs.ts'

test('more proofs than are remembered make nothing good twice (DP-5)', () => {
  let now = 1000
  const used = openUsedProofs(10, () => now, 3)
  expect(['a', 'a', 'b', 'b'].map((id) => used.use(id))).toEqual([true, false, true, false])
  expect(used.knownSince).toBe(1000)
  now += 4
  // With the third all are forgotten, and what was made until then is good for nothing any more.
  expect(used.use('c')).toBe(true)
  expect(used.knownSince).toBe(1005)
  expect([used.use('d'), used.use('d')]).toEqual([true, false])
  now += 11
  expect([used.use('d'), used.use('e')]).toEqual([false, true])
  now += 11
  expect([used.use('e'), used.use('d'), used.knownSince]).toEqual([false, true, 1005])
})

test('nodes that share a database take a proof once between them, whenever they started (DP-5)', async () => {
  const rows = new Set<string>()
  const store = {
    useChallenge: async ({ digest }: { readonly digest: Uint8Array }) => {
      const [before, row] = [rows.size, Buffer.from(digest).toString('hex')]
      return rows.add(row).size > before
    },
  }
  const [one, other] = [1, 2].map(() => sharedUsedProofs(7 * minute, Date.now, store))
  expect(await one?.use('thumbprint jti')).toBe(true)
  expect(await other?.use('thumbprint jti')).toBe(false)
  expect(await other?.use('other jti')).toBe(true)
  expect([one?.knownSince, other?.knownSince]).toEqual([0, 0])
})
