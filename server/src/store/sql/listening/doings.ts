import { sql } from 'kysely'
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

type OfUser = { userId: number; viewerId: number | null; since: Instant; most: number }

const followees = (p: Placeholder<OfUser>) =>
  query
    .selectFrom('follows')
    .select('followee_id')
    .where('follower_id', '=', p('userId'))
    .orderBy('created_at', 'desc')
    .limit((of) => of.lit(toldOf))

type OfViewer = { viewerId: number | null }

/** The track of a column, if its viewer may see it in lists: a page is full though others have gone. */
const trackShown = (p: Placeholder<OfViewer>, column: string) =>
  query
    .selectFrom('tracks')
    .innerJoin('users', 'users.id', 'tracks.user_id')
    .select('tracks.id')
    .where('tracks.id', '=', sql.ref<number>(column))
    .where('tracks.deleted_at', 'is', null)
    .where('users.disabled_at', 'is', null)
    .where((is) => is.or([is('tracks.is_unlisted', '=', 0), is('tracks.user_id', '=', p('viewerId'))]))

const playlistShown = (p: Placeholder<OfViewer>, column: string) =>
  query
    .selectFrom('playlists')
    .innerJoin('users', 'users.id', 'playlists.user_id')
    .select('playlists.id')
    .where('playlists.id', '=', sql.ref<number>(column))
    .where('playlists.deleted_at', 'is', null)
    .where('users.disabled_at', 'is', null)
    .where((is) => is.or([is('playlists.is_private', '=', 0), is('playlists.user_id', '=', p('viewerId'))]))

const itemShown = (p: Placeholder<OfViewer>, table: 'track_reposts' | 'playlist_reposts') =>
  table === 'track_reposts'
    ? sql<boolean>`EXISTS ${trackShown(p, 'track_reposts.item_id')}`
    : sql<boolean>`EXISTS ${playlistShown(p, 'playlist_reposts.item_id')}`

const selectNewTracks = statement((p: Placeholder<OfUser>) =>
  query
    .selectFrom('tracks as fresh')
    .select(['id', 'created_at as at'])
    .where('user_id', 'in', followees(p))
    .where('is_unlisted', '=', 0)
    .where('created_at', '>=', p('since'))
    .where((is) => is.exists(trackShown(p, 'fresh.id')))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(p('most')),
)

const selectNewPlaylists = statement((p: Placeholder<OfUser>) =>
  query
    .selectFrom('playlists as fresh')
    .select(['id', 'created_at as at'])
    .where('user_id', 'in', followees(p))
    .where('is_private', '=', 0)
    .where('created_at', '>=', p('since'))
    .where((is) => is.exists(playlistShown(p, 'fresh.id')))
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
      .where(itemShown(p, table))
      .groupBy('item_id')
      .orderBy('at', 'desc')
      .orderBy('item_id', 'desc')
      .limit(p('most')),
  )
const selectRepostedTracks = selectRepostsBy('track_reposts')
const selectRepostedPlaylists = selectRepostsBy('playlist_reposts')

const selectOwnReposts = (table: 'track_reposts' | 'playlist_reposts') =>
  statement((p: Placeholder<OfViewer & { userId: number; most: number }>) =>
    query
      .selectFrom(table)
      .select(['item_id as id', 'created_at as at'])
      .where('user_id', '=', p('userId'))
      .where(itemShown(p, table))
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
  const values = { userId, viewerId: userId, since, most: offset + limit }
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
  const values = { userId: list.userId, viewerId: list.viewerId, most: list.offset + list.limit }
  const found = [
    ...told('track', yield* all(selectOwnTrackReposts, values)),
    ...told('playlist', yield* all(selectOwnPlaylistReposts, values)),
  ]
  return yield* shown(found, list, list)
}
