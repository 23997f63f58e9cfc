import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { openSealer } from '../../src/crypto/sealer.ts'
import type { SealingKey } from '../../src/store/contract/store.ts'

const [minute, day] = [60_000, 24 * 60 * 60_000]

/** Nodes of one store, whose time goes on when it is told to. */
function shared() {
  const state = { now: 1_750_000_000_000, haltedFor: 0 }
  let keys: SealingKey[] = []
  const store = {
    sealingKeys: async (fresh: SealingKey, renewBefore: number, endBefore: number) => {
      state.now += state.haltedFor
      state.haltedFor = 0
      if (!keys[0] || keys[0].createdAt < renewBefore) keys = [fresh, ...keys]
      keys = keys.filter(({ createdAt }) => createdAt >= endBefore)
      return keys
    },
  }
  return { state, open: () => openSealer({ store, clock: () => state.now, random: randomBytes }) }
}

test('a new key seals once every node has had the time to read it, though who added it was halted meanwhile', async () => {
  const { state, open } = shared()
  const [one, other] = [await open(), await open()]
  state.now += day + minute
  state.haltedFor = 10 * minute
  await one.renew()
  const first = one.seal('doctor', 'text')
  expect(other.unseal('doctor', first)).toBe('text')
  state.now += minute
  await other.renew()
  state.now += 2 * minute
  const second = one.seal('doctor', 'text')
  expect(other.unseal('doctor', second)).toBe('text')
  const keyOf = (sealed: Uint8Array) => Buffer.from(sealed).readUInt32BE(1)
  expect(keyOf(second)).not.toBe(keyOf(first))
})

test('a node that has just started seals by the newest key that all others have had the time to read', async () => {
  const { state, open } = shared()
  const one = await open()
  state.now += day + minute
  await one.renew()
  state.now += 4 * minute
  const sealed = (await open()).seal('doctor', 'text')
  expect(Buffer.from(sealed).readUInt32BE(1)).toBe(Buffer.from(one.seal('doctor', 'text')).readUInt32BE(1))
})
