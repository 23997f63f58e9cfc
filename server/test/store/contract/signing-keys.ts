import { expect, test } from 'vitest'
import type { SigningKey, Store } from '../../../src/store/contract/store.ts'
import { atOnce, day, digest, start } from '../world.ts'

/** What a store must do for the keys that sign. */
export function signingKeysContract(store: () => Store): void {
  const key = (createdAt: number, algorithm: SigningKey['algorithm'] = 'RS256'): SigningKey => ({
    kid: Buffer.from(digest()).toString('hex'),
    algorithm,
    publicJwk: '{}',
    sealed: digest(),
    createdAt,
  })

  test('of servers that renew at once one adds its own, for each algorithm (OC-7)', async () => {
    const added = await atOnce(20, (n) =>
      store().addSigningKey(key(start, n % 2 === 0 ? 'ES256' : 'RS256'), start - day),
    )
    const keys = await store().listSigningKeys()
    expect(keys.map(({ algorithm }) => algorithm).toSorted()).toEqual(['ES256', 'RS256'])
    expect(added.at(-1)).toEqual(keys)
    const next = key(start + day)
    expect((await store().addSigningKey(next, start + 1)).map(({ kid }) => kid)[0]).toBe(next.kid)
    await store().deleteSigningKeys(keys.map(({ kid }) => kid))
    expect(await store().listSigningKeys()).toEqual([next])
    await store().deleteSigningKeys([next.kid])
  })
}
