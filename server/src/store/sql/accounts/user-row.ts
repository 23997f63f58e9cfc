import type { Selectable } from 'kysely'
import type { User } from '../../contract/store.ts'
import type { Schema } from '../schema.ts'

/** The columns that make a `User`, for any statement that joins `users`. */
export const userColumns = [
  'users.id',
  'users.handle',
  'users.name',
  'users.email',
  'users.email_key',
  'users.email_confirmed_at',
  'users.is_verified',
  'users.bio',
  'users.location',
  'users.website',
  'users.profile_picture',
  'users.cover_photo',
  'users.created_at',
  'users.updated_at',
  'users.disabled_at',
] as const

type UserRow = Omit<
  Selectable<Schema['users']>,
  | 'handle_key'
  | 'name_key'
  | 'password_hash'
  | 'passkey_handle'
  | 'follower_count'
  | 'followee_count'
  | 'repost_count'
>

/** The user in a row that was selected with `userColumns`. */
export function toUser(row: UserRow): User {
  return {
    id: row.id,
    handle: row.handle,
    name: row.name,
    email: row.email,
    emailStatus: emailStatus(row),
    isVerified: row.is_verified === 1,
    bio: row.bio,
    location: row.location,
    website: row.website,
    profilePicture: row.profile_picture,
    coverPhoto: row.cover_photo,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    disabledAt: row.disabled_at,
  }
}

const emailStatus = ({ email_key, email_confirmed_at }: UserRow): User['emailStatus'] => {
  if (email_confirmed_at !== null) return 'confirmed'
  return email_key === null ? 'lost' : 'unconfirmed'
}
