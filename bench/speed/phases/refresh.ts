import { clients, connections, refreshing } from '../clients.ts'
import type { Phase, Yardstick } from '../phase.ts'
import { bareRoutes, fsync } from '../yardsticks.ts'

const refreshBy = (name: string, count: number, beside: readonly Yardstick[]): Phase => ({
  name,
  beside,
  prepare: async ({ subject, pairs }) => {
    const logins = pairs.splice(0, count).map(({ refresh }) => ({ refresh }))
    return async () =>
      clients((index) => refreshing(subject, logins[index] ?? { refresh: '' }, [], index), count)
  },
})

/** New tokens for a login (RFC 6749 §6). */
export const refresh: Phase = refreshBy('refresh', connections, bareRoutes)
/** The same by somebody who is alone. */
export const loneRefresh: Phase = refreshBy('refresh, one connection', 1, [...bareRoutes, fsync])
