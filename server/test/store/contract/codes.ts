import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Store } from '../../../src/store/contract/store.ts'
import { addApp, allow, day, digest, hour, minute, redemption, rotation, start, works } from '../world.ts'

/** What a store must do for authorization codes (RFC 6749 §4.1.2, RFC 7636 §4.6). */
export function codesContract(store: () => Store): void {
  test('a code yields its scope and working tokens', async () => {
    const allowed = await allow(store(), { scope: 'read' })
    const redeemed = redemption(allowed, { now: start + minute - 1 })
    expect(await store().redeemCode(redeemed)).toEqual({ outcome: 'redeemed', scope: 'read' })
    expect(await store().findAccessToken(redeemed.access.digest, start + minute)).toEqual({
      user: allowed.user,
      apiKey: allowed.apiKey,
      scope: 'read',
      identity: null,
      thumbprint: null,
      expiresAt: start + minute - 1 + hour,
    })
    const tokens = { ...allowed, access: redeemed.access.digest, refresh: redeemed.refresh.digest }
    expect(await works(store(), tokens, start + minute)).toBe(true)
  })

  test('a client without a key redeems its code by none', async () => {
    const allowed = await allow(store(), { apiKey: null })
    const someApp = await addApp(store())
    expect(await store().redeemCode(redemption(allowed, { apiKey: someApp }))).toEqual({
      outcome: 'refused',
      reason: 'client',
    })
    expect((await store().redeemCode(redemption(allowed))).outcome).toBe('redeemed')
  })

  test('an unknown code is unknown (CD-8)', async () => {
    const allowed = await allow(store())
    const answer = await store().redeemCode(redemption({ ...allowed, code: digest() }))
    expect(answer).toEqual({ outcome: 'refused', reason: 'unknown' })
  })

  test('a code expires', async () => {
    const allowed = await allow(store())
    const expired = { outcome: 'refused', reason: 'expired' }
    expect(await store().redeemCode(redemption(allowed, { now: start + minute }))).toEqual(expired)
    expect((await store().redeemCode(redemption(allowed, { now: start + minute - 1 }))).outcome).toBe(
      'redeemed',
    )
  })

  test('the first wrong binding is named, and nothing changes (PK-8, CD-4)', async () => {
    const someApp = await addApp(store())
    const seldom = fc.nat({ max: 3 }).map((dice) => dice === 0)
    const wrongs = fc.record({
      client: fc.constantFrom('right', 'right', 'right', 'none', 'other'),
      redirectUri: seldom,
      verifier: seldom,
      expired: fc.boolean(),
      used: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(wrongs, async (wrong) => {
        const allowed = await allow(store())
        const first = redemption(allowed)
        if (wrong.used) await store().redeemCode(first)
        const answer = await store().redeemCode(
          redemption(allowed, {
            now: wrong.expired ? start + minute : start,
            ...(wrong.client === 'none' && { apiKey: null }),
            ...(wrong.client === 'other' && { apiKey: someApp }),
            ...(wrong.redirectUri && { redirectUri: 'https://app.example/callback/' }),
            ...(wrong.verifier && { codeChallenge: 'E9melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM' }),
          }),
        )
        const misbound =
          (wrong.client !== 'right' && 'client') ||
          (wrong.redirectUri && 'redirect_uri') ||
          (wrong.verifier && 'code_verifier')
        const reason = misbound || (wrong.expired && !wrong.used && 'expired')
        if (reason) expect(answer).toEqual({ outcome: 'refused', reason })
        else expect(answer.outcome).toBe(wrong.used ? 'replayed' : 'redeemed')

        const tokens = { ...allowed, access: first.access.digest, refresh: first.refresh.digest }
        if (wrong.used) expect(await works(store(), tokens)).toBe(misbound !== false)
        else if (reason) expect((await store().redeemCode(redemption(allowed))).outcome).toBe('redeemed')
      }),
      { numRuns: 120 },
    )
  })

  test('a replay revokes every token issued from the code, also after the code’s expiry', async () => {
    const allowed = await allow(store())
    const first = redemption(allowed)
    await store().redeemCode(first)
    const tokens = { ...allowed, access: first.access.digest, refresh: first.refresh.digest }
    const next = rotation(tokens)
    await store().rotateRefresh(next)
    const replay = () => store().redeemCode(redemption(allowed, { now: start + hour / 2 }))
    expect(await replay()).toEqual({ outcome: 'replayed' })
    expect(await replay()).toEqual({ outcome: 'replayed' })
    expect(await works(store(), tokens)).toBe(false)
    const successors = { ...allowed, access: next.access.digest, refresh: next.refresh.digest }
    expect(await works(store(), successors)).toBe(false)
  })

  test('no token outlives the family', async () => {
    const allowed = await allow(store())
    const familyExpiresAt = start + minute
    const first = redemption(allowed, { familyExpiresAt })
    await store().redeemCode(first)
    expect((await store().findAccessToken(first.access.digest, start))?.expiresAt).toBe(familyExpiresAt)
    expect(await store().findAccessToken(first.access.digest, familyExpiresAt)).toBeUndefined()
    const tokens = { ...allowed, refresh: first.refresh.digest }
    const answer = await store().rotateRefresh(rotation(tokens, { now: familyExpiresAt }))
    expect(answer).toEqual({ outcome: 'refused', reason: 'expired' })
  })

  test('a redemption that cannot be stored leaves the code unused', async () => {
    const allowed = await allow(store())
    const first = redemption(allowed)
    await store().redeemCode(first)
    const second = await allow(store())
    const clash = redemption(second, { access: { digest: first.access.digest, expiresAt: start + day } })
    await expect(store().redeemCode(clash)).rejects.toThrow()
    expect((await store().redeemCode(redemption(second))).outcome).toBe('redeemed')
  })
}
