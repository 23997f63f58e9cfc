import { expect, test } from 'vitest'
import type { Store } from '../../../src/store/contract/store.ts'
import { addApp, day, digest, hour, logIn, minute, rotation, second, start, works } from '../world.ts'

/** What a store must do for refresh tokens (RFC 9700 §4.14.2). */
export function refreshContract(store: () => Store): void {
  test('a login that is bound to a key is refreshed by that key alone', async () => {
    const tokens = await logIn(store(), {}, { thumbprint: 'a key' })
    const by = (thumbprint: string | null) => store().rotateRefresh(rotation(tokens, { thumbprint }))
    expect(await by(null)).toEqual({ outcome: 'refused', reason: 'no_key' })
    expect(await by('another key')).toEqual({ outcome: 'refused', reason: 'other_key' })
    expect(await by('a key')).toMatchObject({ outcome: 'rotated', isBound: true })
  })

  test('a rotation answers the successor pair, which works (RT-1)', async () => {
    const tokens = await logIn(store())
    const next = rotation(tokens, { now: start + hour })
    expect(await store().rotateRefresh(next)).toEqual({
      outcome: 'rotated',
      scope: 'write',
      accessExpiresAt: start + 2 * hour,
      refreshExpiresAt: start + hour + 30 * day,
      isBound: false,
    })
    const access = await store().findAccessToken(next.access.digest, start + hour)
    expect(access).toMatchObject({ scope: 'write', apiKey: tokens.apiKey, expiresAt: start + 2 * hour })
    const successors = { ...tokens, access: next.access.digest, refresh: next.refresh.digest }
    expect(await works(store(), successors, start + hour)).toBe(true)
  })

  test('an unknown token is unknown, an access token is no refresh token', async () => {
    const tokens = await logIn(store())
    const unknown = { outcome: 'refused', reason: 'unknown' }
    expect(await store().rotateRefresh(rotation({ ...tokens, refresh: digest() }))).toEqual(unknown)
    expect(await store().rotateRefresh(rotation({ ...tokens, refresh: tokens.access }))).toEqual(unknown)
  })

  test('another client’s attempt changes nothing, before and after its use (RT-11)', async () => {
    const tokens = await logIn(store())
    const other = await addApp(store())
    const refusedAs = async (apiKey: string | null) =>
      expect(await store().rotateRefresh(rotation({ ...tokens, apiKey }, { now: start + hour }))).toEqual({
        outcome: 'refused',
        reason: 'client',
      })
    await refusedAs(other)
    await refusedAs(null)
    expect((await store().rotateRefresh(rotation(tokens))).outcome).toBe('rotated')
    await refusedAs(other)
    await refusedAs(null)
    expect((await store().rotateRefresh(rotation(tokens))).outcome).toBe('repeated')
  })

  test('inside the window the same pair comes again, however often, counted from the first use', async () => {
    const tokens = await logIn(store())
    const first = rotation(tokens)
    const answered = await store().rotateRefresh(first)
    for (const now of [start, start + 5 * second, start + 10 * second - 1]) {
      const { outcome, ...pair } = await store().rotateRefresh(rotation(tokens, { now }))
      expect(outcome).toBe('repeated')
      expect(pair).toEqual({ ...answered, outcome: undefined, successorSalt: first.successorSalt })
    }
    const successors = { ...tokens, access: first.access.digest, refresh: first.refresh.digest }
    await store().findAccessToken(successors.access, start)
    const late = await store().rotateRefresh(rotation(tokens, { now: start + 10 * second }))
    expect(late).toEqual({ outcome: 'reused' })
    expect(await works(store(), successors)).toBe(false)
    const again = await store().rotateRefresh(rotation(tokens, { now: start + 10 * second }))
    expect(again).toEqual({ outcome: 'refused', reason: 'revoked' })
  })

  test('without a window every second use is reuse', async () => {
    const tokens = await logIn(store())
    await store().rotateRefresh(rotation(tokens, { graceMs: 0 }))
    const again = rotation(tokens, { graceMs: 0, now: start - hour })
    expect(await store().rotateRefresh(again)).toEqual({ outcome: 'reused' })
  })

  test('once the successor was used a second use is reuse; checking its access token is no use', async () => {
    const tokens = await logIn(store())
    const next = rotation(tokens)
    await store().rotateRefresh(next)
    await store().findAccessToken(next.access.digest, start)
    expect((await store().rotateRefresh(rotation(tokens))).outcome).toBe('repeated')
    const last = rotation({ ...tokens, refresh: next.refresh.digest })
    await store().rotateRefresh(last)
    expect(await store().rotateRefresh(rotation(tokens))).toEqual({ outcome: 'reused' })
    const newest = { ...tokens, access: last.access.digest, refresh: last.refresh.digest }
    expect(await works(store(), newest)).toBe(false)
  })

  test('a clock that is set back revokes nothing', async () => {
    const tokens = await logIn(store())
    await store().rotateRefresh(rotation(tokens))
    const earlier = rotation(tokens, { now: start - day })
    expect((await store().rotateRefresh(earlier)).outcome).toBe('repeated')
  })

  test('a scope narrows the access token alone', async () => {
    const tokens = await logIn(store())
    const next = rotation(tokens, { scope: 'read' })
    expect(await store().rotateRefresh(next)).toMatchObject({ outcome: 'rotated', scope: 'read' })
    expect((await store().findAccessToken(next.access.digest, start))?.scope).toBe('read')
    const last = rotation({ ...tokens, refresh: next.refresh.digest })
    expect(await store().rotateRefresh(last)).toMatchObject({ outcome: 'rotated', scope: 'write' })
  })

  test('a wider scope is refused and changes nothing', async () => {
    const tokens = await logIn(store(), { scope: 'read' })
    const wider = rotation(tokens, { scope: 'write' })
    expect(await store().rotateRefresh(wider)).toEqual({ outcome: 'refused', reason: 'scope' })
    expect((await store().rotateRefresh(rotation(tokens, { scope: 'read' }))).outcome).toBe('rotated')
  })

  test('a repetition is for the scope that was granted; asking for another changes nothing', async () => {
    const tokens = await logIn(store())
    await store().rotateRefresh(rotation(tokens, { scope: 'read' }))
    const scopeRefused = { outcome: 'refused', reason: 'scope' }
    expect(await store().rotateRefresh(rotation(tokens))).toEqual(scopeRefused)
    expect(await store().rotateRefresh(rotation(tokens, { scope: 'write' }))).toEqual(scopeRefused)
    const same = await store().rotateRefresh(rotation(tokens, { scope: 'read' }))
    expect(same).toMatchObject({ outcome: 'repeated', scope: 'read' })
  })

  test('an unused token expires and the family ends, however often it was rotated', async () => {
    const tokens = await logIn(store(), {}, { familyExpiresAt: start + 40 * day })
    const expired = { outcome: 'refused', reason: 'expired' }
    expect(await store().rotateRefresh(rotation(tokens, { now: start + 30 * day }))).toEqual(expired)
    const next = rotation(tokens, { now: start + 30 * day - minute })
    expect(await store().rotateRefresh(next)).toMatchObject({ refreshExpiresAt: start + 40 * day })
    const successor = { ...tokens, refresh: next.refresh.digest }
    expect(await store().rotateRefresh(rotation(successor, { now: start + 40 * day }))).toEqual(expired)
    expect(await store().rotateRefresh(rotation(tokens, { now: start + 40 * day }))).toEqual(expired)
    const near = rotation(successor, { now: start + 40 * day - minute })
    expect(await store().rotateRefresh(near)).toEqual({
      outcome: 'rotated',
      scope: 'write',
      accessExpiresAt: start + 40 * day,
      refreshExpiresAt: start + 40 * day,
      isBound: false,
    })
  })

  test('a used token past its expiry still shows its reuse', async () => {
    const tokens = await logIn(store())
    const next = rotation(tokens)
    await store().rotateRefresh(next)
    await store().findAccessToken(next.access.digest, start)
    const reuse = rotation(tokens, { now: start + 31 * day })
    expect(await store().rotateRefresh(reuse)).toEqual({ outcome: 'reused' })
  })

  test('a client without a key rotates its tokens by none', async () => {
    const tokens = await logIn(store(), { apiKey: null })
    expect((await store().rotateRefresh(rotation(tokens))).outcome).toBe('rotated')
  })
}
