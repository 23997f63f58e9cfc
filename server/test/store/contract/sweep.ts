import { expect, test } from 'vitest'
import type { Store } from '../../../src/store/contract/store.ts'
import { sweptStore } from '../../../src/store/swept-store.ts'
import {
  addUser,
  allow,
  atOnce,
  day,
  digest,
  hour,
  logIn,
  minute,
  redemption,
  rotation,
  somewhere,
  start,
} from '../world.ts'

/** What a sweep takes and what it leaves. */
export function sweepContract(store: () => Store): void {
  test('of nodes that share a store one sweeps, and another once it is gone', async () => {
    const take = (now: number) =>
      atOnce(20, (at) => store().takeLease('sweep', `node ${at}`, now, now + minute))
    const first = await take(start)
    expect(first.filter(Boolean)).toHaveLength(1)
    expect(await take(start + minute - 1)).toEqual(first)
    const swept = sweptStore(store(), day, 'another')
    const late = start + 2 * minute - 1
    expect(await swept.sweep(late - 1, 10)).toBe(0)
    expect((await take(late)).filter(Boolean)).toHaveLength(1)
  })

  test('a sweep takes nothing that is alive', async () => {
    const tokens = await logIn(store())
    const next = rotation(tokens)
    await store().rotateRefresh(next)
    const pending = await allow(store())
    const session = { digest: digest(), userId: tokens.user.id, createdAt: start, expiresAt: start + day }
    await store().createSession({ ...session, replaces: null, ...somewhere() })
    expect(await store().sweep(start + minute - 1, 100)).toBe(0)
    expect(await store().findSession(session.digest, start)).toBeDefined()
    expect((await store().redeemCode(redemption(pending))).outcome).toBe('redeemed')
    expect((await store().rotateRefresh(rotation(tokens))).outcome).toBe('repeated')
  })

  test('expired requests, sessions and access tokens go', async () => {
    const { user } = await logIn(store())
    await store().createSession({
      digest: digest(),
      userId: user.id,
      createdAt: start,
      expiresAt: start + hour,
      replaces: null,
      ...somewhere(),
    })
    // The session and the access token. An approval can be asked for again for two minutes.
    expect(await store().sweep(start + hour, 100)).toBe(2)
    expect(await store().sweep(start + hour + 2 * minute - 1, 100)).toBe(0)
    expect(await store().sweep(start + hour + 2 * minute, 100)).toBe(1)
  })

  test('a used code is known as replayed for a day after its expiry', async () => {
    const tokens = await logIn(store())
    const now = start + minute + day - 1
    await store().sweep(now, 100)
    expect((await store().redeemCode(redemption(tokens, { now }))).outcome).toBe('replayed')
    await store().sweep(now + 1, 100)
    expect(await store().redeemCode(redemption(tokens, { now }))).toEqual({
      outcome: 'refused',
      reason: 'unknown',
    })
  })

  test('reuse is noticed for as long as the used token would have lived', async () => {
    const tokens = await logIn(store())
    const next = rotation(tokens, { now: start + 20 * day })
    await store().rotateRefresh(next)
    await store().findAccessToken(next.access.digest, start + 20 * day)
    const now = start + 30 * day - 1
    await store().sweep(now, 100)
    expect(await store().rotateRefresh(rotation(tokens, { now }))).toEqual({ outcome: 'reused' })
  })

  test('the unused successor survives the sweep of what it replaced', async () => {
    const tokens = await logIn(store())
    const next = rotation(tokens, { now: start + 20 * day })
    await store().rotateRefresh(next)
    const now = start + 40 * day
    await store().sweep(now, 100)
    expect(await store().rotateRefresh(rotation(tokens, { now }))).toEqual({
      outcome: 'refused',
      reason: 'unknown',
    })
    const successor = { ...tokens, refresh: next.refresh.digest }
    expect((await store().rotateRefresh(rotation(successor, { now }))).outcome).toBe('rotated')
  })

  test('a revoked family explains itself for a day, then goes with its children first', async () => {
    const tokens = await logIn(store())
    await store().rotateRefresh(rotation(tokens))
    await store().revokeToken(tokens.refresh, tokens.apiKey, start)
    await store().sweep(start + day - 1, 100)
    expect(await store().rotateRefresh(rotation(tokens))).toEqual({ outcome: 'refused', reason: 'revoked' })
    // Two refresh tokens and the family; code, request and access tokens went before or later.
    expect(await store().sweep(start + day, 100)).toBe(3)
    expect(await store().rotateRefresh(rotation(tokens))).toEqual({ outcome: 'refused', reason: 'unknown' })
  })

  test('a family stays until its last access token has ended, as another may get its number', async () => {
    const access = { digest: digest(), expiresAt: start + 2 * day }
    const tokens = await logIn(store(), {}, { access })
    await store().revokeToken(tokens.refresh, tokens.apiKey, start)
    await store().sweep(access.expiresAt - 1, 100)
    const now = access.expiresAt
    expect(await store().rotateRefresh(rotation(tokens, { now }))).toEqual({
      outcome: 'refused',
      reason: 'revoked',
    })
    // The access token first, then the refresh token and the family.
    expect(await store().sweep(now, 1)).toBe(1)
    expect(await store().sweep(now, 1)).toBe(1)
    expect(await store().sweep(now, 100)).toBe(1)
  })

  test('a family that has ended by time goes with all it had', async () => {
    await logIn(store())
    const now = start + 181 * day
    // Request, code, known browser, refresh token, access token, family.
    expect(await store().sweep(now, 100)).toBe(6)
    expect(await store().sweep(now, 100)).toBe(0)
  })

  test('a sweep takes at most the limit and comes to an end', async () => {
    const user = await addUser(store())
    for (let n = 0; n < 5; n += 1) await logIn(store(), { user })
    const counts: number[] = []
    for (;;) {
      const count = await store().sweep(start + 365 * day, 2)
      if (count === 0) break
      counts.push(count)
      expect(count).toBeLessThanOrEqual(2)
    }
    expect(counts.reduce((sum, count) => sum + count)).toBe(30)
    expect(counts).toHaveLength(15)
  })
}
