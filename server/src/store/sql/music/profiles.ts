import type { Profile, ProfileChange, ProfileChanges } from '../../contract/music.ts'
import type { Instant } from '../../contract/store.ts'
import { handleKey } from '../accounts/login-keys.ts'
import { userColumns } from '../accounts/user-row.ts'
import { tellApps } from '../outbox/tell-apps.ts'
import { rename } from '../search/documents.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { change, one, type Verb } from '../transaction.ts'
import { claim, findSources, type Wish } from '../uploads/claims.ts'
import { release } from '../uploads/releases.ts'
import { profileColumns, toProfile } from './profile-row.ts'
import { searchKey } from './search-key.ts'

const profiles = query.selectFrom('users').select(profileColumns).where('disabled_at', 'is', null)

const selectProfile = statement((p: Placeholder<{ userId: number }>) =>
  profiles.where('users.id', '=', p('userId')),
)

const selectByHandle = statement((p: Placeholder<{ handleKey: string }>) =>
  profiles.where('handle_key', '=', p('handleKey')),
)

// Writing the row first makes concurrent changes of one profile wait for each other.
const touchUser = statement((p: Placeholder<{ userId: number; now: Instant }>) =>
  query
    .updateTable('users')
    .set({ updated_at: p('now') })
    .where('id', '=', p('userId'))
    .where('disabled_at', 'is', null)
    .returning(userColumns),
)

type ProfileValues = {
  userId: number
  name: string
  nameKey: string
  bio: string | null
  location: string | null
  website: string | null
  profilePicture: string | null
  coverPhoto: string | null
}

const updateUser = statement((p: Placeholder<ProfileValues>) =>
  query
    .updateTable('users')
    .set({
      name: p('name'),
      name_key: p('nameKey'),
      bio: p('bio'),
      location: p('location'),
      website: p('website'),
      profile_picture: p('profilePicture'),
      cover_photo: p('coverPhoto'),
    })
    .where('id', '=', p('userId')),
)

/** A user who is not disabled. */
export function* findProfile(userId: number): Verb<Profile | undefined> {
  const row = yield* one(selectProfile, { userId })
  return row && toProfile(row)
}

/** The user of this handle who is not disabled. */
export function* findProfileByHandle(handle: string): Verb<Profile | undefined> {
  const row = yield* one(selectByHandle, { handleKey: handleKey(handle) })
  return row && toProfile(row)
}

/** The users of these ids who are not disabled, in their order. */
export function* findProfiles(userIds: readonly number[]): Verb<readonly Profile[]> {
  const found: Profile[] = []
  for (const userId of userIds) {
    const profile = yield* findProfile(userId)
    if (profile) found.push(profile)
  }
  return found
}

/** Changes a profile, claims its new pictures and releases the old. */
export function* updateProfile(userId: number, changes: ProfileChanges, now: Instant): Verb<ProfileChange> {
  const found = yield* findSources(wishesOf(changes), userId, now)
  if ('faults' in found) return { outcome: 'refused', faults: found.faults }
  const row = yield* one(touchUser, { userId, now })
  if (!row) return { outcome: 'unknown' }
  yield* claim(found.sources, userId, now)
  const name = (changes.name ?? row.name).normalize('NFC')
  yield* change(updateUser, {
    userId,
    bio: row.bio,
    location: row.location,
    website: row.website,
    profilePicture: row.profile_picture,
    coverPhoto: row.cover_photo,
    ...changes,
    name,
    nameKey: searchKey(name),
  })
  if (name !== row.name) yield* rename({ ...row, name })
  yield* release([row.profile_picture, row.cover_photo], now)
  yield* tellApps('profile.changed', { userId }, now)
  return { outcome: 'changed' }
}

function wishesOf({ profilePicture, coverPhoto }: ProfileChanges): Wish[] {
  return [
    ...(profilePicture ? [{ field: 'profilePicture', cid: profilePicture } as const] : []),
    ...(coverPhoto ? [{ field: 'coverPhoto', cid: coverPhoto } as const] : []),
  ]
}
