import { clients, getting, repeating } from '../clients.ts'
import type { Ours, Phase } from '../phase.ts'
import { bareRoutes } from '../yardsticks.ts'

const reading = (name: string, path: (ours: Ours) => string): Phase => ({
  name,
  beside: bareRoutes,
  prepare: async ({ subject, ours }) =>
    ours === null
      ? undefined
      : async () => clients((index) => getting(subject, path(ours), [ours.song.token], index)),
})

export const track: Phase = reading('track', ({ song }) => `/v1/tracks/${song.trackId}`)
export const tracks: Phase = reading('list of tracks', ({ song }) => `/v1/users/${song.userId}/tracks`)

export const search: Phase = {
  name: 'search',
  beside: bareRoutes,
  prepare: async ({ subject, ours }) =>
    ours === null
      ? undefined
      : async () =>
          clients((index) => repeating(subject, 'GET /v1/tracks/search?query=song', {}, 200, index)),
}

/** A part of a song's sound (RFC 9110 §14). */
export const rangedContent: Phase = {
  name: 'content, 64 kB of a range',
  beside: bareRoutes,
  prepare: async ({ subject, ours }) => {
    if (ours === null) return undefined
    const line = `GET /content/${ours.song.cid}`
    const range = { range: `bytes=${64 * 1024}-${128 * 1024 - 1}` }
    return async () => clients((index) => repeating(subject, line, range, 206, index))
  },
}
