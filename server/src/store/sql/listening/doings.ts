import type { Feed } from '../../contract/listening.ts'
import type { Paging, Viewer } from '../../contract/music.ts'
import type { Doing } from '../../contract/playlists.ts'
import type { Instant } from '../../contract/store.ts'
import { findTrack } from '../music/track-lists.ts'
import { findPlaylist } from '../playlists/playlist-lists.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { all, type Verb } from '../transaction.ts'

/** Of how many of those whom somebody follows, the last ones, their feed tells. */
const toldOf = 1_000

type OfUser = { userId: number; since: Instant; most: number }

const followees = (p: Placeholder<OfUser>) =>
  query
    .selectFrom('follows')
    .select('followee_id')
    .where('follower_id', '=', p('userId'))
    .orderBy('created_at', 'desc')
    .limit((of) => of.lit(toldOf))

const selectNewTracks = statement((p: Placeholder<OfUser>) =>
  query
    .selectFrom('tracks')
    .select(['id', 'created_at as at'])
    .where('user_id', 'in', followees(p))
    .where('is_unlisted', '=', 0)
    .where('deleted_at', 'is', null)
    .where('created_at', '>=', p('since'))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(p('most')),
)

const selectNewPlaylists = statement((p: Placeholder<OfUser>) =>
  query
    .selectFrom('playlists')
    .select(['id', 'created_at as at'])
    .where('user_id', 'in', followees(p))
    .where('is_private', '=', 0)
    .where('deleted_at', 'is', null)
    .where('created_at', '>=', p('since'))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(p('most')),
)

const selectRepostsBy = (table: 'track_reposts' | 'playlist_reposts') =>
  statement((p: Placeholder<OfUser>) =>
    query
      .selectFrom(table)
      .select((of) => ['item_id as id', of.fn.max<number>('created_at').as('at')])
      .where('user_id', 'in', followees(p))
      .where('created_at', '>=', p('since'))
      .groupBy('item_id')
      .orderBy('at', 'desc')
      .orderBy('item_id', 'desc')
      .limit(p('most')),
  )
const selectRepostedTracks = selectRepostsBy('track_reposts')
const selectRepostedPlaylists = selectRepostsBy('playlist_reposts')

const selectOwnReposts = (table: 'track_reposts' | 'playlist_reposts') =>
  statement((p: Placeholder<{ userId: number; most: number }>) =>
    query
      .selectFrom(table)
      .select(['item_id as id', 'created_at as at'])
      .where('user_id', '=', p('userId'))
      .orderBy('created_at', 'desc')
      .orderBy('item_id', 'desc')
      .limit(p('most')),
  )
const selectOwnTrackReposts = selectOwnReposts('track_reposts')
const selectOwnPlaylistReposts = selectOwnReposts('playlist_reposts')

interface Told {
  readonly kind: 'track' | 'playlist'
  readonly id: number
  readonly at: Instant
}

type Rows = readonly { readonly id: number; readonly at: Instant }[]
const told = (kind: Told['kind'], rows: Rows): Told[] => rows.map(({ id, at }) => ({ kind, id, at }))

/** What is told, the newest first, each thing once; what its viewer may see in lists. */
function* shown(
  found: readonly Told[],
  { offset, limit }: Paging,
  { viewerId }: Viewer,
): Verb<readonly Doing[]> {
  const doings: Doing[] = []
  const seen = new Set<string>()
  for (const one of found.toSorted((one, other) => other.at - one.at || other.id - one.id)) {
    if (doings.length === offset + limit) break
    const name = `${one.kind} ${one.id}`
    const doing = seen.has(name) ? undefined : yield* doingOf(one, viewerId)
    seen.add(name)
    if (doing !== undefined) doings.push(doing)
  }
  return doings.slice(offset)
}

function* doingOf({ kind, id, at }: Told, viewerId: number | null): Verb<Doing | undefined> {
  if (kind === 'track') {
    const track = yield* findTrack(id, { viewerId })
    return track && (!track.isUnlisted || track.user.id === viewerId) ? { kind, track, at } : undefined
  }
  const playlist = yield* findPlaylist(id, { viewerId })
  return playlist && (!playlist.isPrivate || playlist.user.id === viewerId)
    ? { kind, playlist, at }
    : undefined
}

/** What those whom a user follows have published and reposted. */
export function* listFeed(feed: Feed): Verb<readonly Doing[]> {
  const { userId, filter, isTracksOnly, since, offset, limit } = feed
  const values = { userId, since, most: offset + limit }
  const [own, reposts] = [filter !== 'repost', filter !== 'original']
  const found = [
    ...told('track', own ? yield* all(selectNewTracks, values) : []),
    ...told('track', reposts ? yield* all(selectRepostedTracks, values) : []),
    ...told('playlist', own && !isTracksOnly ? yield* all(selectNewPlaylists, values) : []),
    ...told('playlist', reposts && !isTracksOnly ? yield* all(selectRepostedPlaylists, values) : []),
  ]
  return yield* shown(found, feed, { viewerId: userId })
}

/** What a user has reposted. */
export function* listReposts(list: Paging & Viewer & { readonly userId: number }): Verb<readonly Doing[]> {
  const values = { userId: list.userId, most: list.offset + list.limit }
  const found = [
    ...told('track', yield* all(selectOwnTrackReposts, values)),
    ...told('playlist', yield* all(selectOwnPlaylistReposts, values)),
  ]
  return yield* shown(found, list, list)
}
