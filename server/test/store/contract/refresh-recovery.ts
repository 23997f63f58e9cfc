import { expect, test } from 'vitest'
import type { Store } from '../../../src/store/contract/store.ts'
import { addApp, atOnce, day, hour, logIn, minute, rotation, second, start, tally, works } from '../world.ts'

/** What a store must do for a refresh whose answer was lost: until its pair is seen, it can be asked for again. */
export function refreshRecoveryContract(store: () => Store): void {
  /** A login whose refresh token was used, and the rotation that used it. */
  async function rotated() {
    const tokens = await logIn(store())
    const next = rotation(tokens)
    const answered = await store().rotateRefresh(next)
    const successors = { ...tokens, access: next.access.digest, refresh: next.refresh.digest }
    return { tokens, next, answered, successors }
  }

  test('a pair that nobody has seen comes again after hours, and goes on', async () => {
    const { tokens, next, answered, successors } = await rotated()
    for (const now of [start + 11.5 * second, start + 20 * minute, start + 9 * hour, start + 29 * day]) {
      const again = await store().rotateRefresh(rotation(tokens, { now }))
      expect(again).toEqual({ ...answered, outcome: 'repeated', successorSalt: next.successorSalt })
    }
    const later = rotation(successors, { now: start + 29 * day })
    expect((await store().rotateRefresh(later)).outcome).toBe('rotated')
    expect(await store().rotateRefresh(rotation(tokens, { now: start + 29 * day }))).toEqual({
      outcome: 'reused',
    })
  })

  test('past the window, a pair whose access token was seen once is not given again: reuse', async () => {
    const { tokens, successors } = await rotated()
    expect(await store().findAccessToken(successors.access, start + minute)).toBeDefined()
    expect((await store().rotateRefresh(rotation(tokens, { now: start + 9 * second }))).outcome).toBe(
      'repeated',
    )
    expect(await store().rotateRefresh(rotation(tokens, { now: start + minute }))).toEqual({
      outcome: 'reused',
    })
    expect(await works(store(), successors, start + minute)).toBe(false)
  })

  test('an access token that had expired when it was seen was seen all the same', async () => {
    const { tokens, successors } = await rotated()
    expect(await store().findAccessToken(successors.access, start + 2 * hour)).toBeUndefined()
    expect(await store().rotateRefresh(rotation(tokens, { now: start + 2 * hour }))).toEqual({
      outcome: 'reused',
    })
  })

  test('a successor that was presented wrongly was seen all the same, and still works', async () => {
    const other = await addApp(store())
    for (const mistake of [{ apiKey: other }, { apiKey: null }]) {
      const { tokens, successors } = await rotated()
      const wrong = await store().rotateRefresh(rotation({ ...successors, ...mistake }))
      expect(wrong.outcome).toBe('refused')
      const inWindow = await store().rotateRefresh(rotation(tokens, { now: start + second }))
      expect(inWindow.outcome).toBe('repeated')
      expect(await store().rotateRefresh(rotation(tokens, { now: start + hour }))).toEqual({
        outcome: 'reused',
      })
    }
  })

  test('what anyone does with the token before, or with its access token, is no sighting', async () => {
    const { tokens } = await rotated()
    await store().findAccessToken(tokens.access, start)
    await store().rotateRefresh(rotation({ ...tokens, apiKey: await addApp(store()) }))
    await store().rotateRefresh(rotation(tokens, { scope: 'read' }))
    expect((await store().rotateRefresh(rotation(tokens, { now: start + hour }))).outcome).toBe('repeated')
  })

  test('a lost answer in the middle of a chain is found, the ones before it stay reuse', async () => {
    const { tokens, successors } = await rotated()
    await store().findAccessToken(successors.access, start)
    await store().rotateRefresh(rotation(successors))
    expect((await store().rotateRefresh(rotation(successors, { now: start + hour }))).outcome).toBe(
      'repeated',
    )
    expect(await store().rotateRefresh(rotation(tokens, { now: start + hour }))).toEqual({
      outcome: 'reused',
    })
    expect(await store().rotateRefresh(rotation(successors, { now: start + hour }))).toEqual({
      outcome: 'refused',
      reason: 'revoked',
    })
  })

  test('without a window nothing is ever given again', async () => {
    const tokens = await logIn(store())
    await store().rotateRefresh(rotation(tokens, { graceMs: 0 }))
    expect(await store().rotateRefresh(rotation(tokens, { graceMs: 0, now: start + hour }))).toEqual({
      outcome: 'reused',
    })
  })

  test('an unseen pair that has expired is no theft', async () => {
    const { tokens } = await rotated()
    const expired = { outcome: 'refused', reason: 'expired' }
    expect(await store().rotateRefresh(rotation(tokens, { now: start + 30 * day }))).toEqual(expired)
  })

  test('of a hundred who ask for an unseen pair at once all get it', async () => {
    const { tokens } = await rotated()
    const answers = await atOnce(100, () => store().rotateRefresh(rotation(tokens, { now: start + hour })))
    expect(tally(answers)).toEqual({ repeated: 100 })
  })

  test('a sighting that was answered comes before every later repetition', async () => {
    for (let round = 0; round < 50; round += 1) {
      const { tokens, successors } = await rotated()
      const now = start + minute
      let isSeen = false
      const sight = async () => {
        await store().findAccessToken(successors.access, now)
        isSeen = true
      }
      const repeat = async () => {
        const wasSeen = isSeen
        const { outcome } = await store().rotateRefresh(rotation(tokens, { now }))
        if (wasSeen) expect(outcome).not.toBe('repeated')
      }
      await Promise.all([repeat(), sight().then(repeat), sight(), repeat()])
    }
  })

  test('a token revoked beside its first sighting is dead once the revocation is answered', async () => {
    for (let round = 0; round < 50; round += 1) {
      const { tokens, successors } = await rotated()
      const revoke = store().revokeToken(tokens.refresh, tokens.apiKey, start)
      const after = revoke.then(() => store().findAccessToken(successors.access, start))
      await store().findAccessToken(successors.access, start)
      expect(await after).toBeUndefined()
    }
  })
}
