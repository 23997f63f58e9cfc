import { lifetimes } from '../../../limits.ts'
import type { Instant } from '../../contract/store.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { change, one, type Verb } from '../transaction.ts'

type Play = { trackId: number; listener: number; now: Instant; expiresAt: Instant }

const selectTrack = statement((p: Placeholder<{ cid: string }>) =>
  query
    .selectFrom('tracks')
    .select('id')
    .where('track_cid', '=', p('cid'))
    .where('deleted_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(1),
)

const insertPlay = statement((p: Placeholder<Play>) =>
  query
    .insertInto('plays')
    .values({ track_id: p('trackId'), listener: p('listener'), expires_at: p('expiresAt') })
    .onConflict((conflict) =>
      conflict
        .columns(['track_id', 'listener'])
        .doUpdateSet({ expires_at: p('expiresAt') })
        .where('plays.expires_at', '<=', p('now')),
    ),
)

const countOneMore = statement((p: Placeholder<Pick<Play, 'trackId'>>) =>
  query
    .updateTable('tracks')
    .set((set) => ({ play_count: set('play_count', '+', 1) }))
    .where('id', '=', p('trackId')),
)

/** Counts that audio was heard, for the newest track that plays it: once for each listener in an hour. */
export function* countPlay(cid: string, listener: number, now: Instant): Verb<boolean> {
  const track = yield* one(selectTrack, { cid })
  if (track === undefined) return false
  const play = { trackId: track.id, listener, now, expiresAt: now + lifetimes.play }
  if ((yield* change(insertPlay, play)) === 0) return false
  yield* change(countOneMore, { trackId: track.id })
  return true
}
