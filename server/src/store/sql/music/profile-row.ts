import { sql } from 'kysely'
import type { Profile } from '../../contract/music.ts'
import { toUser, userColumns } from '../accounts/user-row.ts'
import { query } from '../statement.ts'

const trackCount = query
  .selectFrom('tracks as listed')
  .select((of) => of.fn.countAll<number>().as('count'))
  .where('listed.user_id', '=', sql.ref<number>('users.id'))
  .where('listed.is_unlisted', '=', 0)
  .where('listed.deleted_at', 'is', null)
  .as('track_count')

const publicCount = (isAlbum: 0 | 1) =>
  query
    .selectFrom('playlists as public')
    .select((of) => of.fn.countAll<number>().as('count'))
    .where('public.user_id', '=', sql.ref<number>('users.id'))
    .where('public.is_album', '=', isAlbum)
    .where('public.is_private', '=', 0)
    .where('public.deleted_at', 'is', null)

/** The columns that make a `Profile`, for any statement that joins `users`. */
export const profileColumns = [
  ...userColumns,
  'users.follower_count',
  'users.followee_count',
  'users.repost_count as user_repost_count',
  trackCount,
  publicCount(0).as('playlist_count'),
  publicCount(1).as('album_count'),
] as const

export type ProfileRow = Parameters<typeof toUser>[0] & {
  readonly track_count: number | null
  readonly playlist_count: number | null
  readonly album_count: number | null
  readonly follower_count: number
  readonly followee_count: number
  readonly user_repost_count: number
}

/** The profile in a row that was selected with `profileColumns`. */
export const toProfile = (row: ProfileRow): Profile => ({
  ...toUser(row),
  trackCount: row.track_count ?? 0,
  playlistCount: row.playlist_count ?? 0,
  albumCount: row.album_count ?? 0,
  followerCount: row.follower_count,
  followeeCount: row.followee_count,
  repostCount: row.user_repost_count,
})
