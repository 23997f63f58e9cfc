import type { SealedRequests } from '../oauth/sealed-request.ts'
import type { AuthorizationRequest } from '../store/contract/oauth.ts'
import type { SentRequest, Store } from '../store/contract/store.ts'
import { withVerbs } from '../store/contract/with-verbs.ts'
import { because } from './reasons.ts'
import type { Recorder } from './recorder.ts'

/** What the store's answers have told of a request so far. */
export interface Observed {
  /** The app whose login it belongs to. */
  apiKey: string | null
  /** What the request sent, as anybody may see it. */
  readonly sent: () => SentRequest | null
}

/** What a request of a login works with. */
export interface Watched {
  readonly store: Store
  readonly requests: SealedRequests
}

/**
 * The store and the sealed requests for one request of a login, which tell what the request came to. A step is noted where
 * it became true, so that no page or grant has to say so itself.
 */
export function recordingStore(
  requestId: string,
  seen: Observed,
  deps: {
    readonly store: Store
    readonly requests: SealedRequests
    readonly recorder: Recorder
  },
): Watched {
  const { store, recorder } = deps
  // A test is this server's doing, not the app's; an app that nobody registered has nobody to read its log.
  const appOf = (request: AuthorizationRequest) =>
    request.isTest || request.documentAddress !== null ? null : request.apiKey
  const recording = withVerbs(store, {
    async approveRequest(pending, code, consent) {
      const finish = await store.approveRequest(pending, code, consent)
      if (finish.outcome === 'finished')
        recorder.done(appOf(pending.request), {
          step: 'consent',
          requestId,
          metric: 'allowed',
          milestones: ['consent'],
          reason: because(consent === 'recorded' ? 'allowed_before' : 'allowed'),
          userId: code.userId,
        })
      return finish
    },
    async repeatApproval(repeated, code) {
      const isRepeated = await store.repeatApproval(repeated, code)
      if (isRepeated)
        recorder.done(appOf(repeated.request), {
          step: 'consent',
          requestId,
          metric: 'allowed',
          milestones: [],
          reason: because('allowed_again'),
          userId: repeated.userId,
        })
      return isRepeated
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
          ...(rotated.outcome === 'repeated' && { reason: because('lost_answer') }),
        })
      return rotated
    },
    async revokeToken(token, client, now) {
      const revoked = await store.revokeToken(token, client, now)
      if (revoked)
        recorder.done(revoked.apiKey, {
          step: 'revoke',
          requestId,
          metric: 'revoked',
          milestones: ['revoke'],
        })
      return revoked
    },
  })
  const requests: SealedRequests = {
    seal(request, browser) {
      seen.apiKey = appOf(request)
      const milestones = request.state === null ? (['authorize'] as const) : (['authorize', 'state'] as const)
      recorder.done(seen.apiKey, {
        step: 'authorize',
        requestId,
        metric: 'authorized',
        milestones,
        ...(request.state === null && { reason: because('without_state') }),
        sent: seen.sent(),
      })
      return deps.requests.seal(request, browser)
    },
    open(text) {
      const opened = deps.requests.open(text)
      if (opened !== undefined) seen.apiKey = appOf(opened.request)
      return opened
    },
  }
  return { store: recording, requests }
}
