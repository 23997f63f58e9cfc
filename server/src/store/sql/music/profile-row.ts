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

/** The columns that make a `Profile`, for any statement that joins `users`. */
export const profileColumns = [...userColumns, trackCount] as const

export type ProfileRow = Parameters<typeof toUser>[0] & { readonly track_count: number | null }

/** The profile in a row that was selected with `profileColumns`. */
export const toProfile = (row: ProfileRow): Profile => ({ ...toUser(row), trackCount: row.track_count ?? 0 })
