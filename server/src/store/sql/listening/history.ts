import type { Listening } from '../../contract/listening.ts'
import type { Paging } from '../../contract/music.ts'
import type { Instant } from '../../contract/store.ts'
import { listedTracks, toTrack } from '../music/track-row.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { all, change, type Verb } from '../transaction.ts'

type Heard = { userId: number; trackId: number; now: Instant }

const upsertListening = statement((p: Placeholder<Heard>) =>
  query
    .insertInto('listenings')
    .columns(['user_id', 'track_id', 'listened_at'])
    .expression(
      query
        .selectFrom('tracks')
        .select([p('userId').as('user_id'), 'id', p('now').as('listened_at')])
        .where('id', '=', p('trackId'))
        .where('deleted_at', 'is', null),
    )
    .onConflict((conflict) =>
      conflict.columns(['user_id', 'track_id']).doUpdateSet({ listened_at: p('now') }),
    ),
)

const selectHistory = statement(
  (p: Placeholder<{ userId: number; viewerId: number | null; offset: number; limit: number }>) =>
    listedTracks(p)
      .innerJoin('listenings', 'listenings.track_id', 'tracks.id')
      .select('listenings.listened_at')
      .where('listenings.user_id', '=', p('userId'))
      .orderBy('listenings.listened_at', 'desc')
      .orderBy('tracks.id', 'desc')
      .limit(p('limit'))
      .offset(p('offset')),
)

/** Notes that a user listens to a track. */
export function* noteListening(userId: number, trackId: number, now: Instant): Verb<void> {
  yield* change(upsertListening, { userId, trackId, now })
}

/** What a user has listened to, the last first. */
export function* listHistory({
  userId,
  offset,
  limit,
}: Paging & { readonly userId: number }): Verb<readonly Listening[]> {
  const rows = yield* all(selectHistory, { userId, viewerId: userId, offset, limit })
  return rows.map((row) => ({ track: toTrack(row), at: row.listened_at }))
}
