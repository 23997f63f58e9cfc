import type { Instant } from '../../contract/store.ts'

/** When a user listened to a track last. */
export interface Listenings {
  user_id: number
  track_id: number
  listened_at: Instant
}

/** How often a track was heard on the day that began at `day`. */
export interface DailyPlays {
  day: Instant
  track_id: number
  plays: number
}
