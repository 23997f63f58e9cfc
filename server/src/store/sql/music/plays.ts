import { lifetimes } from '../../../limits.ts'
import type { Instant } from '../../contract/store.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { change, one, run, together, type Verb } from '../transaction.ts'

const dayMs = 86_400_000
/** The beginning of the day of a moment. */
export const dayOf = (at: Instant): Instant => at - (at % dayMs)

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

const countOnDay = statement((p: Placeholder<Pick<Play, 'trackId'> & { day: number }>) =>
  query
    .insertInto('daily_plays')
    .values({ day: p('day'), track_id: p('trackId'), plays: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['day', 'track_id'])
        .doUpdateSet((set) => ({ plays: set('daily_plays.plays', '+', 1) })),
    ),
)

/** Counts that audio was heard, for the newest track that plays it: once for each listener in an hour. */
export function* countPlay(cid: string, listener: number, now: Instant): Verb<boolean> {
  const track = yield* one(selectTrack, { cid })
  if (track === undefined) return false
  const play = { trackId: track.id, listener, now, expiresAt: now + lifetimes.play }
  if ((yield* change(insertPlay, play)) === 0) return false
  const trackId = track.id
  yield* together([run(countOneMore, { trackId }), run(countOnDay, { trackId, day: dayOf(now) })])
  return true
}
