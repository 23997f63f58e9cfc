import { describe, expect, test } from 'vitest'
import type { AuthorizationRequest } from '../../../src/store/contract/oauth.ts'
import type { Store } from '../../../src/store/contract/store.ts'
import {
  type Allowed,
  addApp,
  addUser,
  atOnce,
  digest,
  minute,
  newCode,
  pendingRequest,
  redemption,
  rotation,
  signedIn,
  start,
  works,
} from '../world.ts'

/** What a store must do for a browser that asks again for what it was allowed. */
export function repeatApprovalContract(store: () => Store): void {
  async function approved(overrides: Partial<AuthorizationRequest> = {}) {
    const user = await addUser(store())
    const apiKey = await addApp(store())
    const pending = pendingRequest({ apiKey, scope: 'read', ...overrides })
    const code = await newCode(store(), user.id)
    expect(await store().approveRequest(pending, code, 'once')).toEqual({ outcome: 'finished' })
    const first: Allowed = { user, apiKey: pending.request.apiKey, code: code.digest }
    const repeat = async (
      asked: Partial<AuthorizationRequest> = {},
      { browsers = [pending.browser], userId = user.id, since = start - 1, now = start } = {},
    ) => {
      const code = { ...(await newCode(store(), userId)), createdAt: now, expiresAt: now + minute }
      const repeated = { browsers, request: { ...pending.request, ...asked }, userId, since }
      const isRepeated = await store().isRepeated(repeated)
      expect(await store().repeatApproval(repeated, code)).toBe(isRepeated)
      return isRepeated ? { ...first, code: code.digest } : undefined
    }
    return { user, apiKey, pending, first, repeat }
  }
  const redeem = async (allowed: Allowed) => store().redeemCode(redemption(allowed, { now: start + 1 }))

  test('another code takes the place of one that was not exchanged', async () => {
    const { first, repeat, pending } = await approved()
    const second = await repeat({}, { browsers: [digest(), pending.browser] })
    expect(await redeem(first)).toEqual({ outcome: 'refused', reason: 'expired' })
    expect(await redeem(second ?? first)).toMatchObject({ outcome: 'redeemed' })
    expect((await store().findAnswer(pending))?.code?.digest).toEqual(second?.code)
  })

  test('what was issued from the code before ends', async () => {
    const { first, repeat } = await approved()
    const redeemed = redemption(first)
    await store().redeemCode(redeemed)
    const tokens = { ...first, access: redeemed.access.digest, refresh: redeemed.refresh.digest }
    const next = rotation(tokens)
    await store().rotateRefresh(next)
    const second = await repeat()
    expect(await works(store(), tokens)).toBe(false)
    expect(
      await works(store(), { ...tokens, access: next.access.digest, refresh: next.refresh.digest }),
    ).toBe(false)
    expect(await redeem(second ?? first)).toMatchObject({ outcome: 'redeemed' })
  })

  describe('is nothing for', () => {
    test.each<[string, Partial<AuthorizationRequest>]>([
      ['another redirect URI', { redirectUri: 'https://app.example/other' }],
      ['another state', { state: 'other' }],
      ['no state', { state: null }],
      ['another challenge', { codeChallenge: 'x'.repeat(43) }],
      ['a wider scope', { scope: 'write' }],
      ['an app by its name alone', { apiKey: null }],
    ])('%s', async (_, asked) => {
      const { repeat } = await approved()
      expect(await repeat(asked)).toBeUndefined()
    })

    test('another browser, user, app, or time', async () => {
      const { repeat } = await approved()
      expect(await repeat({}, { browsers: [digest()] })).toBeUndefined()
      expect(await repeat({}, { browsers: [] })).toBeUndefined()
      expect(await repeat({}, { userId: (await addUser(store())).id })).toBeUndefined()
      expect(await repeat({ apiKey: await addApp(store()) })).toBeUndefined()
      expect(await repeat({}, { since: start })).toBeUndefined()
      expect(await repeat()).toBeDefined()
    })

    test('what was cancelled', async () => {
      const user = await addUser(store())
      const pending = pendingRequest()
      await store().cancelRequest(pending, await signedIn(store(), user.id), start)
      const repeated = {
        browsers: [pending.browser],
        request: pending.request,
        userId: user.id,
        since: start - 1,
      }
      expect(await store().isRepeated(repeated)).toBe(false)
      expect(await store().repeatApproval(repeated, await newCode(store(), user.id))).toBe(false)
    })

    test.each<[string, (first: Awaited<ReturnType<typeof approved>>) => Promise<unknown>]>([
      ['the person withdrew', ({ user, apiKey }) => store().withdrawGrant(user.id, apiKey, start + 1)],
      ['was disabled', ({ user }) => store().disableUser(user.handle, start + 1)],
      ['whose app was deleted', ({ apiKey }) => store().deleteApp(apiKey, start + 1)],
    ])('what %s, before or after the exchange', async (_, end) => {
      for (const isExchanged of [false, true]) {
        const asked = await approved()
        if (isExchanged) await store().redeemCode(redemption(asked.first))
        await end(asked)
        expect(await asked.repeat({}, { now: start + 2 })).toBeUndefined()
      }
    })

    test('what the person withdrew after its code had come twice', async () => {
      const { user, apiKey, first, repeat } = await approved()
      await redeem(first)
      expect(await redeem(first)).toEqual({ outcome: 'replayed' })
      await store().withdrawGrant(user.id, apiKey, start + 2)
      expect(await repeat({}, { now: start + 3 })).toBeUndefined()
    })

    test('what the app logged out of', async () => {
      const { first, repeat } = await approved()
      const redeemed = redemption(first)
      await store().redeemCode(redeemed)
      await store().revokeToken(redeemed.refresh.digest, null, start + 1)
      expect(await repeat({}, { now: start + 2 })).toBeUndefined()
    })
  })

  test('a code that came twice, because its answer was lost, can be asked for again', async () => {
    const { first, repeat } = await approved()
    await redeem(first)
    expect(await redeem(first)).toEqual({ outcome: 'replayed' })
    const second = await repeat({}, { now: start + 2 })
    expect(await redeem(second ?? first)).toMatchObject({ outcome: 'redeemed' })
  })

  test('of two that ask at once, and an exchange of the code before, one login is left', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { first, repeat } = await approved()
      const redeemed = redemption(first)
      const exchange = () => store().redeemCode(redeemed)
      const early = round % 2 === 0 ? exchange() : undefined
      const asked = await atOnce(2, () => repeat())
      await (early ?? exchange())
      const codes = asked.flatMap((each) => each ?? [])
      const tokens = { ...first, access: redeemed.access.digest, refresh: redeemed.refresh.digest }
      expect(await works(store(), tokens)).toBe(false)
      const outcomes = await Promise.all(codes.map(async (code) => (await redeem(code)).outcome))
      expect(outcomes.filter((outcome) => outcome === 'redeemed')).toHaveLength(1)
    }
  })
}
