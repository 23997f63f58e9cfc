import type {
  NewPlaylist,
  PlaylistChange,
  PlaylistChanges,
  PlaylistCreation,
  PlaylistFacts,
} from '../../contract/playlists.ts'
import type { Instant } from '../../contract/store.ts'
import { dropRepostsOfPlaylist } from '../listening/drop-reposts.ts'
import { searchKey } from '../music/search-key.ts'
import { slugOf } from '../music/slug.ts'
import { artistOf, hide, makeFound } from '../search/documents.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { change, one, type Verb } from '../transaction.ts'
import { claim, findSources } from '../uploads/claims.ts'
import { release } from '../uploads/releases.ts'
import { replaceEntries, unknownTracks } from './entries.ts'

type FactValues = {
  name: string
  nameKey: string
  description: string | null
  isAlbum: 0 | 1
  isPrivate: 0 | 1
  coverArt: string | null
  upc: string | null
  releaseDate: Instant | null
}
type Owned = { id: number; userId: number; now: Instant }

const writeFacts = (p: Placeholder<FactValues>) => ({
  name: p('name'),
  name_key: p('nameKey'),
  description: p('description'),
  is_album: p('isAlbum'),
  is_private: p('isPrivate'),
  cover_art: p('coverArt'),
  upc: p('upc'),
  release_date: p('releaseDate'),
})

const insertPlaylist = statement(
  (
    p: Placeholder<
      FactValues & { userId: number; apiKey: string | null; slug: string; createdAt: Instant; now: Instant }
    >,
  ) =>
    query
      .insertInto('playlists')
      .values({
        ...writeFacts(p),
        user_id: p('userId'),
        api_key: p('apiKey'),
        slug: p('slug'),
        created_at: p('createdAt'),
        updated_at: p('now'),
      })
      .returning('id'),
)

const factColumns = [
  'name',
  'description',
  'is_album',
  'is_private',
  'cover_art',
  'upc',
  'release_date',
] as const

// Writing the row first makes concurrent changes of one playlist wait for each other.
const touchPlaylist = statement((p: Placeholder<Owned>) =>
  query
    .updateTable('playlists')
    .set({ updated_at: p('now') })
    .where('id', '=', p('id'))
    .where('user_id', '=', p('userId'))
    .where('deleted_at', 'is', null)
    .returning(factColumns),
)

const updateFacts = statement((p: Placeholder<FactValues & { id: number }>) =>
  query.updateTable('playlists').set(writeFacts(p)).where('id', '=', p('id')),
)

const setDeleted = statement((p: Placeholder<Owned>) =>
  query
    .updateTable('playlists')
    .set({ deleted_at: p('now'), updated_at: p('now') })
    .where('id', '=', p('id'))
    .where('user_id', '=', p('userId'))
    .where('deleted_at', 'is', null)
    .returning('cover_art'),
)

const selectOwner = statement((p: Placeholder<{ id: number }>) =>
  query.selectFrom('playlists').select('user_id').where('id', '=', p('id')).where('deleted_at', 'is', null),
)

const selectArtist = statement((p: Placeholder<{ userId: number }>) =>
  query.selectFrom('users').select(['name', 'handle']).where('id', '=', p('userId')),
)

const toValues = ({ name, isAlbum, isPrivate, ...facts }: PlaylistFacts): FactValues => ({
  description: facts.description,
  coverArt: facts.coverArt,
  upc: facts.upc,
  releaseDate: facts.releaseDate,
  name,
  nameKey: searchKey(name),
  isAlbum: isAlbum ? 1 : 0,
  isPrivate: isPrivate ? 1 : 0,
})

const coverOf = (cid: string | null | undefined) => (cid ? [{ field: 'coverArt', cid } as const] : [])

/** Lets a playlist be found by its name, unless it is private. */
function* showFound(id: number, userId: number, { name, isPrivate }: PlaylistFacts): Verb<void> {
  const artist = yield* one(selectArtist, { userId })
  if (isPrivate || artist === undefined) return yield* hide('playlists', id)
  yield* makeFound('playlists', { id, ownerId: userId, title: name, artist: artistOf(artist), tags: '' })
}

/** Creates a playlist and claims its cover. */
export function* createPlaylist({
  userId,
  apiKey,
  entries,
  now,
  createdAt = now,
  ...facts
}: NewPlaylist): Verb<PlaylistCreation> {
  const found = yield* findSources(coverOf(facts.coverArt), userId, now)
  const trackIds = yield* unknownTracks(entries, userId)
  if ('faults' in found || trackIds.length > 0)
    return { outcome: 'refused', faults: 'faults' in found ? found.faults : [], trackIds }
  yield* claim(found.sources, userId, now)
  const slug = slugOf(facts.name)
  const row = yield* one(insertPlaylist, { ...toValues(facts), userId, apiKey, slug, createdAt, now })
  if (!row) throw new Error('An insert answered no row')
  yield* replaceEntries(row.id, entries)
  yield* showFound(row.id, userId, facts)
  return { outcome: 'created', id: row.id }
}

/** Changes a playlist of this user, claims its new cover and releases the old. */
export function* updatePlaylist(
  id: number,
  userId: number,
  { entries, ...changes }: PlaylistChanges,
  now: Instant,
): Verb<PlaylistChange> {
  const owner = yield* one(selectOwner, { id })
  if (owner?.user_id !== userId) return { outcome: owner ? 'foreign' : 'unknown' }
  const found = yield* findSources(coverOf(changes.coverArt), userId, now)
  const trackIds = yield* unknownTracks(entries ?? [], userId)
  if ('faults' in found || trackIds.length > 0)
    return { outcome: 'refused', faults: 'faults' in found ? found.faults : [], trackIds }
  const row = yield* one(touchPlaylist, { id, userId, now })
  if (!row) return { outcome: 'unknown' }
  yield* claim(found.sources, userId, now)
  const facts = {
    name: row.name,
    description: row.description,
    isAlbum: row.is_album === 1,
    isPrivate: row.is_private === 1,
    coverArt: row.cover_art,
    upc: row.upc,
    releaseDate: row.release_date,
    ...changes,
  }
  yield* change(updateFacts, { ...toValues(facts), id })
  if (entries !== undefined) yield* replaceEntries(id, entries)
  yield* showFound(id, userId, facts)
  yield* release([row.cover_art], now)
  return { outcome: 'changed' }
}

/** Deletes a playlist of this user and releases its cover. */
export function* deletePlaylist(
  id: number,
  userId: number,
  now: Instant,
): Verb<'deleted' | 'unknown' | 'foreign'> {
  const row = yield* one(setDeleted, { id, userId, now })
  if (!row) return (yield* one(selectOwner, { id })) ? 'foreign' : 'unknown'
  yield* hide('playlists', id)
  yield* dropRepostsOfPlaylist(id)
  yield* release([row.cover_art], now)
  return 'deleted'
}
