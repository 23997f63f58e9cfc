import { expect, test } from 'vitest'
import type { Store } from '../../../src/store/contract/store.ts'
import { addApp, digest, hour, logIn, rotation, start, works } from '../world.ts'

/** What a store must do for access tokens and revocation (RFC 7009 §2.1). */
export function tokensContract(store: () => Store): void {
  test('an access token works until its expiry', async () => {
    const tokens = await logIn(store())
    expect(await store().findAccessToken(tokens.access, start + hour - 1)).toBeDefined()
    expect(await store().findAccessToken(tokens.access, start + hour)).toBeUndefined()
    expect(await store().findAccessToken(tokens.refresh, start)).toBeUndefined()
    expect(await store().findAccessToken(digest(), start)).toBeUndefined()
  })

  test('an access token survives the rotation of its refresh token', async () => {
    const tokens = await logIn(store())
    await store().rotateRefresh(rotation(tokens))
    expect(await store().findAccessToken(tokens.access, start)).toBeDefined()
  })

  for (const kind of ['access', 'refresh'] as const) {
    test(`revoking the ${kind} token ends the whole family, once`, async () => {
      const tokens = await logIn(store())
      const bystander = await logIn(store(), { user: tokens.user, apiKey: tokens.apiKey })
      const next = rotation(tokens)
      await store().rotateRefresh(next)
      expect(await store().revokeToken(tokens[kind], tokens.apiKey, start)).toEqual({ apiKey: tokens.apiKey })
      expect(await store().revokeToken(tokens[kind], tokens.apiKey, start)).toBeUndefined()
      expect(await works(store(), tokens)).toBe(false)
      const successors = { ...tokens, access: next.access.digest, refresh: next.refresh.digest }
      expect(await works(store(), successors)).toBe(false)
      expect(await works(store(), bystander)).toBe(true)
    })

    test(`another client cannot revoke by the ${kind} token`, async () => {
      const tokens = await logIn(store())
      expect(await store().revokeToken(tokens[kind], await addApp(store()), start)).toBeUndefined()
      expect(await works(store(), tokens)).toBe(true)
    })

    test(`the ${kind} token is proof enough where no client is named`, async () => {
      const tokens = await logIn(store())
      expect(await store().revokeToken(tokens[kind], null, start)).toEqual({ apiKey: tokens.apiKey })
      expect(await works(store(), tokens)).toBe(false)
    })
  }

  test('tokens of a client without a key are no other client’s to revoke (RV-4)', async () => {
    const tokens = await logIn(store(), { apiKey: null })
    expect(await store().revokeToken(tokens.access, await addApp(store()), start)).toBeUndefined()
    expect(await store().revokeToken(tokens.access, null, start)).toEqual({ apiKey: null })
    expect(await works(store(), tokens)).toBe(false)
  })

  test('revoking what is unknown is nothing', async () => {
    const tokens = await logIn(store())
    expect(await store().revokeToken(digest(), tokens.apiKey, start)).toBeUndefined()
  })
}
