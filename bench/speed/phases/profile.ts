import { clients, getting } from '../clients.ts'
import type { Phase } from '../phase.ts'
import { bareRoutes } from '../yardsticks.ts'

/** Who is logged in, asked with one token: the call that every app makes. */
export const profile: Phase = {
  name: 'profile',
  beside: bareRoutes,
  prepare: async ({ subject, pairs }) => {
    const { profilePath, accessToken = pairs.at(-1)?.access ?? '' } = subject.prepared
    return async () => clients((index) => getting(subject, profilePath, [accessToken], index))
  },
}

/** The same with tokens at random, of a server that has grown by as many logins. */
export const randomProfile = (tokens: number): Phase => ({
  name: `profile by ${tokens.toLocaleString('en-GB')} tokens`,
  beside: bareRoutes,
  prepare: async ({ subject, ours }) => {
    if (ours === null) return undefined
    const { known } = await ours.fill(tokens)
    if (known.length !== tokens) throw new Error(`There are ${known.length} tokens.`)
    return async () => clients((index) => getting(subject, subject.prepared.profilePath, known, index))
  },
})
