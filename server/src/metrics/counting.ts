import type { Limits } from '../rate-limits/limits.ts'
import { TooMany } from '../rate-limits/too-many.ts'
import type { Store } from '../store/contract/store.ts'
import { withVerbs } from '../store/contract/with-verbs.ts'
import type { Metrics } from './metrics.ts'

/** A store whose answers are counted where they say what became of a login. */
export function countingStore(store: Store, metrics: Metrics): Store {
  return withVerbs(store, {
    as: (actor) => countingStore(store.as(actor), metrics),
    async approveRequest(...given) {
      const finish = await store.approveRequest(...given)
      if (finish.outcome === 'finished') metrics.login('allowed')
      return finish
    },
    async cancelRequest(...given) {
      const finish = await store.cancelRequest(...given)
      if (finish.outcome === 'finished') metrics.login('cancelled')
      return finish
    },
    async createSession(session) {
      const created = await store.createSession(session)
      metrics.signIn(created === null ? 'wrong' : 'right')
      return created
    },
    async noteRefusal(refusal) {
      metrics.signIn('wrong')
      return store.noteRefusal(refusal)
    },
    async redeemCode(redemption) {
      const redeemed = await store.redeemCode(redemption)
      metrics.grant('authorization_code', redeemed.outcome)
      return redeemed
    },
    async rotateRefresh(rotation) {
      const rotated = await store.rotateRefresh(rotation)
      metrics.grant('refresh_token', rotated.outcome)
      return rotated
    },
    async revokeToken(...given) {
      const revoked = await store.revokeToken(...given)
      if (revoked) metrics.revoked()
      return revoked
    },
  })
}

/** Limits of which is counted what they have not let through. */
export const countingLimits = (limits: Limits, metrics: Metrics): Limits => ({
  ...limits,
  take(pace, key) {
    try {
      limits.take(pace, key)
    } catch (error) {
      if (error instanceof TooMany) metrics.limited(pace)
      throw error
    }
  },
  async begin(counted) {
    const attempt = await limits.begin(counted)
    if ('waitMs' in attempt) metrics.limited(counted[0]?.of ?? 'attempts')
    return attempt
  },
})
