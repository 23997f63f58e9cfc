import { type Static, type TObject, Type } from 'typebox'
import { paging, shortText } from './fields.ts'
import { playlistJson } from './playlist.ts'
import { Playlists } from './playlist-schema.ts'
import { type Resource, resource, value } from './resource.ts'
import { trackJson } from './track.ts'
import { viewerOf } from './track-reads.ts'
import { Tracks } from './track-schema.ts'

const day = 86_400_000
const spans: Readonly<Record<string, number | null>> = {
  week: 7 * day,
  month: 30 * day,
  year: 365 * day,
  allTime: null,
}

const time = Type.Optional(
  Type.Union(
    Object.keys(spans).map((name) => Type.Literal(name)),
    { description: `one of ${Object.keys(spans).join(', ')}` },
  ),
)

/** From when on what was done counts. */
function sinceOf(name: string | undefined, now: number): number | null {
  const span = spans[name ?? 'week'] ?? null
  return span === null ? null : now - span
}

/** What is saved and reposted most. */
export const trending: readonly Resource[] = [
  resource({
    method: 'GET',
    path: '/v1/tracks/trending',
    name: 'getTrendingTracks',
    group: 'Tracks',
    summary: 'The tracks that were heard, saved and reposted most in the last week, month or year, or ever',
    access: 'anyone',
    query: { genre: Type.Optional(shortText(64)), time, ...paging },
    answer: Tracks,
    async respond({ caller, query }, { store, issuer, clock }) {
      const viewer = viewerOf(caller)
      const tracks = await store.listTrendingTracks({
        ...viewer,
        since: sinceOf(query.time, clock()),
        genre: query.genre ?? null,
        ...withinCharts(query),
      })
      return value({ data: tracks.map((track) => trackJson(track, viewer, issuer)) })
    },
  }),
  resource({
    method: 'GET',
    path: '/v1/playlists/trending',
    name: 'getTrendingPlaylists',
    group: 'Playlists',
    summary: 'The playlists or albums that were saved and reposted most lately, or ever',
    access: 'anyone',
    query: {
      time,
      type: Type.Optional(
        Type.Union([Type.Literal('playlist'), Type.Literal('album')], { description: 'playlist or album' }),
      ),
      ...paging,
    },
    answer: Playlists,
    async respond({ caller, query }, { store, issuer, clock }) {
      const playlists = await store.listTrendingPlaylists({
        ...viewerOf(caller),
        since: sinceOf(query.time, clock()),
        isAlbum: query.type === 'album',
        ...withinCharts(query),
      })
      return value({ data: playlists.map((playlist) => playlistJson(playlist, issuer)) })
    },
  }),
]

/** Charts end there. */
const furthest = 1_000

/** The part of a page that is of a chart: what lies beyond its end is nothing. */
export const withinCharts = ({ offset, limit }: Static<TObject<typeof paging>>) => ({
  offset: Math.min(offset, furthest),
  limit: Math.max(0, Math.min(limit, furthest - offset)),
})
