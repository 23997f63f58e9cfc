import type { NewTrack, TrackChange, TrackChanges, TrackCreation, TrackFacts } from '../../contract/music.ts'
import type { Instant } from '../../contract/store.ts'
import { dropRepostsOfTrack } from '../listening/drop-reposts.ts'
import { artistOf, hide, makeFound } from '../search/documents.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { change, one, type Verb } from '../transaction.ts'
import { claim, findSources, type Source, type Wish } from '../uploads/claims.ts'
import { release } from '../uploads/releases.ts'
import { nextSlug, slugOf } from './slug.ts'
import {
  completed,
  type FactValues,
  factColumns,
  factsOf,
  heard,
  toFacts,
  toFactValues,
  writeFacts,
} from './track-facts.ts'

type Owned = { id: number; userId: number; now: Instant }

const insertTrack = statement(
  (
    p: Placeholder<
      FactValues & { userId: number; apiKey: string | null; slug: string; createdAt: Instant; now: Instant }
    >,
  ) =>
    query
      .insertInto('tracks')
      .values({
        ...writeFacts(p),
        user_id: p('userId'),
        api_key: p('apiKey'),
        slug: p('slug'),
        created_at: p('createdAt'),
        updated_at: p('now'),
      })
      .onConflict((conflict) => conflict.columns(['user_id', 'slug']).doNothing())
      .returning('id'),
)

// Writing the row first makes concurrent changes of one track wait for each other.
const touchTrack = statement((p: Placeholder<Owned>) =>
  query
    .updateTable('tracks')
    .set({ updated_at: p('now') })
    .where('id', '=', p('id'))
    .where('user_id', '=', p('userId'))
    .where('deleted_at', 'is', null)
    .returning(factColumns),
)

const updateFacts = statement((p: Placeholder<FactValues & { id: number }>) =>
  query.updateTable('tracks').set(writeFacts(p)).where('id', '=', p('id')),
)

const setDeleted = statement((p: Placeholder<Owned>) =>
  query
    .updateTable('tracks')
    .set({ deleted_at: p('now'), updated_at: p('now') })
    .where('id', '=', p('id'))
    .where('user_id', '=', p('userId'))
    .where('deleted_at', 'is', null)
    .returning(factColumns),
)

const selectLive = statement((p: Placeholder<{ id: number }>) =>
  query.selectFrom('tracks').select('user_id').where('id', '=', p('id')).where('deleted_at', 'is', null),
)

const selectArtist = statement((p: Placeholder<{ userId: number }>) =>
  query.selectFrom('users').select(['name', 'handle']).where('id', '=', p('userId')),
)

/** Publishes a track and claims its files. */
export function* createTrack(track: NewTrack): Verb<TrackCreation> {
  const { userId, apiKey, now, createdAt = now, slug: given, ...rest } = track
  const found = yield* findSources(wishesOf(track), userId, now)
  if ('faults' in found) return { outcome: 'refused', faults: found.faults }
  yield* claim(found.sources, userId, now)
  const facts = toFactValues(completed(rest, found.sources.get('trackCid')))
  const wanted = given ?? slugOf(track.title)
  for (let slug = wanted; ; slug = yield* nextSlug(wanted, userId)) {
    const row = yield* one(insertTrack, { ...facts, userId, apiKey, slug, createdAt, now })
    if (!row) continue
    yield* showFound(row.id, userId, track)
    return { outcome: 'created', id: row.id }
  }
}

/** Changes a track of this user, claims its new files and releases the old. */
export function* updateTrack(
  id: number,
  userId: number,
  changes: TrackChanges,
  now: Instant,
): Verb<TrackChange> {
  const live = yield* one(selectLive, { id })
  if (live?.user_id !== userId) return { outcome: live ? 'foreign' : 'unknown' }
  const found = yield* findSources(wishesOf(changes), userId, now)
  if ('faults' in found) return { outcome: 'refused', faults: found.faults }
  const row = yield* one(touchTrack, { id, userId, now })
  if (!row) return { outcome: 'unknown' }
  const before = toFacts(row)
  const { previewOf, ...named } = changes
  if (previewOf !== undefined && previewOf !== (named.trackCid ?? before.trackCid))
    return { outcome: 'overtaken' }
  yield* claim(found.sources, userId, now)
  const source = found.sources.get('trackCid')
  // Other audio brings the files that were made of it along, where the track had such files and no others are named.
  const facts = {
    ...before,
    ...(source && factsOf(source)),
    ...(source && before.origFileCid !== null && { origFileCid: source.originalCid }),
    ...(source && before.previewCid !== null && previewOfSource(source)),
    ...named,
    ...heard(source ? source.duration : before.duration),
  }
  yield* change(updateFacts, { ...toFactValues(facts), id })
  if (isFoundOtherwise(before, facts)) yield* showFound(id, userId, facts)
  yield* release(filesOf(before), now)
  return { outcome: 'changed' }
}

/** Deletes a track of this user and releases its files. */
export function* deleteTrack(
  id: number,
  userId: number,
  now: Instant,
): Verb<'deleted' | 'unknown' | 'foreign'> {
  const row = yield* one(setDeleted, { id, userId, now })
  if (!row) return (yield* one(selectLive, { id })) ? 'foreign' : 'unknown'
  yield* hide('tracks', id)
  yield* dropRepostsOfTrack(id)
  yield* release(filesOf(toFacts(row)), now)
  return 'deleted'
}

const previewOfSource = ({ previewCid, previewStartSeconds }: Source) => ({ previewCid, previewStartSeconds })

type Found = Pick<TrackFacts, 'title' | 'tags' | 'isUnlisted'>

const isFoundOtherwise = (before: Found, after: Found): boolean =>
  before.title !== after.title || before.tags !== after.tags || before.isUnlisted !== after.isUnlisted

/** Lets a track be found by what it is called now, or not at all where it is unlisted. */
function* showFound(id: number, userId: number, { title, tags, isUnlisted }: Found): Verb<void> {
  const artist = yield* one(selectArtist, { userId })
  if (isUnlisted || artist === undefined) return yield* hide('tracks', id)
  yield* makeFound('tracks', { id, ownerId: userId, title, artist: artistOf(artist), tags: tags ?? '' })
}

const filesOf = ({ trackCid, origFileCid, previewCid, coverArt }: TrackFacts) => [
  trackCid,
  origFileCid,
  previewCid,
  coverArt,
]

function wishesOf(track: TrackChanges): Wish[] {
  const fields = ['trackCid', 'origFileCid', 'previewCid', 'coverArt'] as const
  return fields.flatMap((field) => {
    const cid = track[field]
    return cid ? [{ field, cid }] : []
  })
}
