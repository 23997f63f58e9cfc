import { expect, test } from 'vitest'
import type { Store } from '../../../src/store/contract/store.ts'
import { allow, atOnce, logIn, redemption, rotation, start, tally, works } from '../world.ts'

/** What must hold whoever comes first. */
export function racesContract(store: () => Store): void {
  test('of 100 redemptions of one code one wins, and its family is revoked', async () => {
    const allowed = await allow(store())
    const attempts = Array.from({ length: 100 }, () => redemption(allowed))
    const answers = await Promise.all(attempts.map((attempt) => store().redeemCode(attempt)))
    expect(tally(answers)).toEqual({ redeemed: 1, replayed: 99 })
    for (const { access, refresh } of attempts) {
      const tokens = { ...allowed, access: access.digest, refresh: refresh.digest }
      expect(await works(store(), tokens)).toBe(false)
    }
  })

  test('of 100 redemptions with one right verifier exactly that one wins, and its tokens live', async () => {
    const allowed = await allow(store())
    const attempts = Array.from({ length: 100 }, (_, n) =>
      redemption(allowed, n === 57 ? {} : { codeChallenge: 'wrong' }),
    )
    const answers = await Promise.all(attempts.map((attempt) => store().redeemCode(attempt)))
    expect(tally(answers)).toEqual({ redeemed: 1, refused: 99 })
    const winner = attempts[57]
    if (!winner) throw new Error('There is no such attempt')
    expect(await store().findAccessToken(winner.access.digest, start)).toBeDefined()
  })

  test('of 100 rotations within the window one rotates and all get its pair', async () => {
    const tokens = await logIn(store())
    const answers = await atOnce(100, () => store().rotateRefresh(rotation(tokens)))
    expect(tally(answers)).toEqual({ rotated: 1, repeated: 99 })
    const pairs = answers.flatMap((answer) =>
      answer.outcome === 'repeated' ? [Buffer.from(answer.successorSalt).toString('hex')] : [],
    )
    expect(new Set(pairs).size).toBe(1)
  })

  test('of 100 rotations without a window one rotates and the family is revoked', async () => {
    const tokens = await logIn(store())
    const attempts = Array.from({ length: 100 }, () => rotation(tokens, { graceMs: 0 }))
    const answers = await Promise.all(attempts.map((attempt) => store().rotateRefresh(attempt)))
    // The first reuse revokes the family; whoever comes after it finds that.
    expect(tally(answers)).toEqual({ rotated: 1, reused: 1, refused: 98 })
    for (const { access, refresh } of attempts) {
      const pair = { ...tokens, access: access.digest, refresh: refresh.digest }
      expect(await works(store(), pair)).toBe(false)
    }
  })

  test('once a revocation is answered nothing of the family works, whatever was rotated beside it (RT-8)', async () => {
    for (let round = 0; round < 100; round += 1) {
      const tokens = await logIn(store())
      const rotations = Array.from({ length: 4 }, () => rotation(tokens))
      const calls = rotations.map((next) => () => store().rotateRefresh(next) as Promise<unknown>)
      calls.splice(round % 5, 0, () => store().revokeToken(tokens.access, tokens.apiKey, start))
      await Promise.all(calls.map((call) => call()))
      const pairs = rotations.map((next) => ({ access: next.access.digest, refresh: next.refresh.digest }))
      for (const pair of [tokens, ...pairs]) {
        expect(await works(store(), { ...pair, apiKey: tokens.apiKey })).toBe(false)
      }
    }
  })

  test('disabling a user beside redemptions and rotations leaves nothing that works', async () => {
    for (let round = 0; round < 30; round += 1) {
      const tokens = await logIn(store())
      const allowed = await allow(store(), { user: tokens.user, apiKey: tokens.apiKey })
      const [redeem, rotate] = [redemption(allowed), rotation(tokens)]
      const calls: (() => Promise<unknown>)[] = [
        () => store().redeemCode(redeem),
        () => store().rotateRefresh(rotate),
      ]
      calls.splice(round % 3, 0, () => store().disableUser(tokens.user.handle, start))
      await Promise.all(calls.map((call) => call()))
      for (const { access, refresh } of [redeem, rotate]) {
        const pair = { access: access.digest, refresh: refresh.digest, apiKey: tokens.apiKey }
        expect(await works(store(), pair)).toBe(false)
      }
    }
  })
}
