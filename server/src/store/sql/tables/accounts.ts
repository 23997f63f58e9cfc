import type { Generated, GeneratedAlways } from 'kysely'
import type { Digest, Instant, SignInMethod } from '../../contract/store.ts'
import type { Flag } from './flag.ts'

export interface Users {
  id: GeneratedAlways<number>
  handle: string
  /** The handle in lower case: what uniqueness and look-up go by. */
  handle_key: string
  name: string
  /** The name as searches compare it. */
  name_key: string
  email: string
  /** What addresses are compared by; null once another account has confirmed this one. */
  email_key: string | null
  /** When its owner proved that mail to it arrives: unique among those that did. */
  email_confirmed_at: Instant | null
  password_hash: string
  is_verified: Flag
  bio: Generated<string | null>
  location: Generated<string | null>
  website: Generated<string | null>
  profile_picture: string | null
  cover_photo: Generated<string | null>
  /** The bytes by which devices know the user; they say nothing of who it is. */
  passkey_handle: Generated<Uint8Array | null>
  created_at: Instant
  updated_at: Instant
  disabled_at: Generated<Instant | null>
  follower_count: Generated<number>
  followee_count: Generated<number>
  repost_count: Generated<number>
}

export interface Sessions {
  digest: Digest
  user_id: number
  created_at: Instant
  expires_at: Instant
  /** The browser in words, and the network it was last used from, shortened. */
  device: string
  network: string
  used_at: Instant
  /** When its person last proved, by password or passkey, that it is they. */
  authenticated_at: Generated<Instant>
  /** How; null where that was not noted. */
  method: Generated<SignInMethod | null>
  /** The name of the one that it replaced, where its person went on in it; null for one with its own. */
  sid: Generated<string | null>
}

/** Browsers in which somebody has signed in, by the digest of their own cookie. */
export interface KnownBrowsers {
  user_id: number
  browser: Digest
  used_at: Instant
}

export interface Passkeys {
  id: string
  user_id: number
  public_key: Uint8Array
  counter: number
  device: string
  created_at: Instant
  used_at: Generated<Instant | null>
}

/** Challenges that a device has signed, until they would have expired. */
export interface UsedChallenges {
  digest: Digest
  expires_at: Instant
}

/** What people's own programs manage their apps by. */
export interface ManagementTokens {
  digest: Digest
  user_id: number
  name: string
  created_at: Instant
  expires_at: Instant
  /** When the hour began in which it was last used. */
  used_at: Generated<Instant | null>
  revoked_at: Generated<Instant | null>
}

/** A link to a new password, until an hour after it was made: how many were made is counted by these. */
export interface PasswordResets {
  digest: Digest
  user_id: number
  created_at: Instant
  expires_at: Instant
  /** When it was used, or another took its place. */
  ended_at: Instant | null
}

/** A link that proves a new e-mail address of a user. */
export interface EmailChanges {
  digest: Digest
  user_id: number
  email: string
  email_key: string
  created_at: Instant
  expires_at: Instant
  ended_at: Instant | null
}
