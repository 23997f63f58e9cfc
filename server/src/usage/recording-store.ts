import { isTestLogin } from '../oauth/test-login.ts'
import type { AuthorizationRequest, Store } from '../store/contract/store.ts'
import type { Recorder } from './recorder.ts'

/** What the store's answers have told of a request so far. */
export interface Witnessed {
  /** The app whose login it belongs to. */
  apiKey: string | null
}

/**
 * The store for one request at a door of a login, whose verbs tell what the request came to. A step is noted where
 * it became true, so that no page or grant has to say so itself.
 */
export function witness(
  requestId: string,
  seen: Witnessed,
  deps: { readonly store: Store; readonly recorder: Recorder; readonly issuer: string },
): Store {
  const { store, recorder } = deps
  // A test is this server's doing, not the app's.
  const appOf = (request: AuthorizationRequest) => (isTestLogin(request, deps.issuer) ? null : request.apiKey)
  const verbs: Partial<Store> = {
    async createRequest(key, request) {
      await store.createRequest(key, request)
      seen.apiKey = appOf(request)
      const milestones = request.state === null ? (['authorize'] as const) : (['authorize', 'state'] as const)
      const words = request.state === null ? 'Without state.' : undefined
      recorder.done(seen.apiKey, {
        step: 'authorize',
        requestId,
        metric: 'authorized',
        milestones,
        ...(words !== undefined && { words }),
      })
    },
    async findRequest(key, now) {
      const request = await store.findRequest(key, now)
      if (request !== undefined) seen.apiKey = appOf(request)
      return request
    },
    async approveRequest(key, code, consent) {
      const finish = await store.approveRequest(key, code, consent)
      if (finish.outcome === 'finished')
        recorder.done(appOf(finish.request), {
          step: 'consent',
          requestId,
          metric: 'allowed',
          milestones: ['consent'],
          words: consent === 'recorded' ? 'Allowed before, so nothing was asked.' : 'The person allowed it.',
          userId: code.userId,
        })
      return finish
    },
    async redeemCode(redemption) {
      const redeemed = await store.redeemCode(redemption)
      if (redeemed.outcome === 'redeemed')
        recorder.done(redemption.apiKey, {
          step: 'token',
          requestId,
          metric: 'exchanged',
          milestones: ['token', 'pkce'],
        })
      return redeemed
    },
    async rotateRefresh(rotation) {
      const rotated = await store.rotateRefresh(rotation)
      if (rotated.outcome === 'rotated' || rotated.outcome === 'repeated')
        recorder.done(rotation.apiKey, {
          step: 'refresh',
          requestId,
          metric: 'refreshed',
          milestones: ['refresh'],
          ...(rotated.outcome === 'repeated' && {
            words: 'Asked again for an answer that was lost: the same pair.',
          }),
        })
      return rotated
    },
    async revokeToken(token, apiKey, now) {
      const isRevoked = await store.revokeToken(token, apiKey, now)
      if (isRevoked)
        recorder.done(apiKey, { step: 'revoke', requestId, metric: 'revoked', milestones: ['revoke'] })
      return isRevoked
    },
  }
  // Made for every request: the other verbs are inherited, as copying them all would cost ten times as much.
  return Object.assign(Object.create(store), verbs)
}
