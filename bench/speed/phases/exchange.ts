import { clients, exchanging } from '../clients.ts'
import type { Phase } from '../phase.ts'
import { bareRoutes } from '../yardsticks.ts'

/** Codes of a round, or as many as can be made in half as long again as it lasts. */
const codes = 2000

/** The end of a login: a code for tokens (RFC 6749 §4.1.3). */
export const exchange: Phase = {
  name: 'exchange',
  isOnce: true,
  beside: bareRoutes,
  prepare:
    async ({ subject, pairs }, { milliseconds }) =>
    async () => {
      const logins = await subject.logins(codes, 1.5 * milliseconds)
      return clients((index) => exchanging(subject, logins, pairs, index))
    },
}
