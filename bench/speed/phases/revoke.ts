import { clients, posting, sending } from '../clients.ts'
import type { Phase } from '../phase.ts'
import { bareRoutes } from '../yardsticks.ts'

/** The end of an app's login (RFC 7009), of those that earlier phases left. */
export const revoke: Phase = {
  name: 'revoke',
  isOnce: true,
  beside: bareRoutes,
  prepare: async ({ subject, pairs }, { rounds, warmUps }) => {
    const { revokePath, clientId } = subject.prepared
    if (revokePath === undefined) return undefined
    const always = { token_type_hint: 'refresh_token', client_id: clientId }
    const ofARound = Math.floor(pairs.length / (1 + warmUps + rounds))
    return async () => {
      const requests = Array.from(pairs.splice(0, ofARound), ({ refresh }, index) =>
        posting(subject, revokePath, { ...always, token: refresh }, index),
      )
      return clients(() => sending(requests, 200))
    }
  },
}
