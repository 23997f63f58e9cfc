import type { Track, TrackList, Viewer } from '../../contract/music.ts'
import { handleKey } from '../accounts/login-keys.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { all, one, type Verb } from '../transaction.ts'
import { contains, searchPattern } from './contains.ts'
import { slugKey } from './slug.ts'
import { listedTracks, toTrack, visibleTracks } from './track-row.ts'

const selectTrack = statement((p: Placeholder<{ id: number; viewerId: number | null }>) =>
  visibleTracks(p).where('tracks.id', '=', p('id')),
)

const selectBySlug = statement((p: Placeholder<{ handleKey: string; slug: string }>) =>
  query
    .selectFrom('tracks')
    .innerJoin('users', 'users.id', 'tracks.user_id')
    .select('tracks.id')
    .where('users.handle_key', '=', p('handleKey'))
    .where('tracks.slug', '=', p('slug'))
    .where('tracks.deleted_at', 'is', null)
    .where('users.disabled_at', 'is', null),
)

type ListValues = {
  userId: number
  viewerId: number | null
  pattern: string
  offset: number
  limit: number
}

const columns = {
  date: 'tracks.created_at',
  title: 'tracks.title_key',
  favorites: 'tracks.favorite_count',
  plays: 'tracks.play_count',
} as const

const selectList = (sort: TrackList['sort'], direction: TrackList['direction']) =>
  statement((p: Placeholder<ListValues>) =>
    listedTracks(p)
      .where('tracks.user_id', '=', p('userId'))
      .where(contains('tracks.title_key', p))
      .orderBy(columns[sort], direction)
      // Two of one moment keep the order they were published in.
      .orderBy('tracks.id', direction)
      .limit(p('limit'))
      .offset(p('offset')),
  )

const lists = {
  date: { asc: selectList('date', 'asc'), desc: selectList('date', 'desc') },
  title: { asc: selectList('title', 'asc'), desc: selectList('title', 'desc') },
  favorites: { asc: selectList('favorites', 'asc'), desc: selectList('favorites', 'desc') },
  plays: { asc: selectList('plays', 'asc'), desc: selectList('plays', 'desc') },
}

/** A track that is there, unlisted or not. */
export function* findTrack(id: number, { viewerId }: Viewer): Verb<Track | undefined> {
  const row = yield* one(selectTrack, { id, viewerId })
  return row && toTrack(row)
}

/** The track that a permalink names. */
export function* findTrackId(handle: string, slug: string): Verb<number | undefined> {
  const key = { handleKey: handleKey(handle), slug: slugKey(slug) }
  return (yield* one(selectBySlug, key))?.id
}

/** The tracks of these ids that are there, in their order, each once. */
export function* findTracks(ids: readonly number[], viewer: Viewer): Verb<readonly Track[]> {
  const tracks: Track[] = []
  for (const id of new Set(ids)) {
    const track = yield* findTrack(id, viewer)
    if (track) tracks.push(track)
  }
  return tracks
}

/** A user's tracks. */
export function* listTracks(list: TrackList): Verb<readonly Track[]> {
  const { userId, viewerId, sort, direction, offset, limit } = list
  const pattern = searchPattern(list.query)
  return (yield* all(lists[sort][direction], { userId, viewerId, pattern, offset, limit })).map(toTrack)
}
