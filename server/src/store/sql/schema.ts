import type { Generated, GeneratedAlways } from 'kysely'
import type { AuditEvent } from '../contract/audit.ts'
import type { Digest, Instant, Scope } from '../contract/store.ts'
import type {
  EmailChanges,
  KnownBrowsers,
  ManagementTokens,
  Passkeys,
  PasswordResets,
  Sessions,
  UsedChallenges,
  Users,
} from './tables/accounts.ts'
import type { Apps, RedirectUris } from './tables/apps.ts'
import type { Flag } from './tables/flag.ts'
import type { DailyPlays, Listenings } from './tables/history.ts'
import type { ImportedItems, Imports } from './tables/imports.ts'
import type { SealingKeys, SigningKeys } from './tables/keys.ts'
import type { Leases } from './tables/leases.ts'
import type {
  CommentReactions,
  Comments,
  Follows,
  Marks,
  Playlists,
  PlaylistTracks,
  SearchSpellings,
  SearchVocabulary,
  SearchWords,
} from './tables/listening.ts'
import type {
  Favorites,
  IdempotencyKeys,
  Plays,
  Tracks,
  UploadFiles,
  UploadParts,
  Uploads,
} from './tables/music.ts'
import type { Mails, Outbox, Webhooks } from './tables/outbox.ts'
import type { ActiveUsers, AppMilestones, FlowEvents, UsageCounts } from './tables/usage.ts'

/** Authorization requests that somebody who was signed in has answered. */
interface AuthorizationRequests {
  digest: Digest
  browser: Digest
  api_key: string | null
  app_name: string
  redirect_uri: string
  is_native: Flag
  scope: Scope
  state: string | null
  code_challenge: string
  response_mode: 'fragment' | 'query'
  display: 'popup' | 'fullScreen'
  prompt_login: Flag
  prompt_consent: Flag
  login_hint: string | null
  created_at: Instant
  expires_at: Instant
  finished_at: Generated<Instant | null>
  /** Who answered it, and the code that it was given last: its digest, and the first one encrypted. */
  user_id: Generated<number | null>
  code_digest: Generated<Digest | null>
  sealed_code: Generated<Uint8Array | null>
}

/** Logins that a device without a browser has begun. */
interface DeviceLogins {
  digest: Digest
  /** The digest of what the person types. */
  user_code: Digest
  api_key: string
  scope: Scope
  asks_openid: Flag
  asks_profile: Flag
  asks_email: Flag
  created_at: Instant
  expires_at: Instant
  /** How long the device waits between two questions, and when its next one is not too early. */
  interval_ms: number
  poll_at: Instant
  answered_at: Generated<Instant | null>
  is_allowed: Generated<Flag | null>
}

interface Codes {
  digest: Digest
  user_id: number
  api_key: string | null
  app_name: string
  redirect_uri: string
  scope: Scope
  code_challenge: string
  /** What the app is told of the person, in JSON; null for access alone. */
  identity: Generated<string | null>
  /** Of the key that its tokens are to be bound to (RFC 9449 §10). */
  key_thumbprint: Generated<string | null>
  created_at: Instant
  expires_at: Instant
  used_at: Generated<Instant | null>
  /** When its replay revoked what was issued from it. */
  replayed_at: Generated<Instant | null>
}

/** Everything issued from one code lives and dies with this row. */
interface Families {
  id: GeneratedAlways<number>
  code_digest: Digest
  user_id: number
  api_key: string | null
  /** What an app without a key called itself, and where it was returned to. */
  app_name: string
  redirect_uri: string
  scope: Scope
  identity: Generated<string | null>
  /** Of the key that its tokens are bound to. */
  key_thumbprint: Generated<string | null>
  /** Names the session in which it was allowed, where the app asked who the person is. */
  sid: Generated<string | null>
  created_at: Instant
  expires_at: Instant
  revoked_at: Generated<Instant | null>
}

interface RefreshTokens {
  digest: Digest
  family_id: number
  expires_at: Instant
  /** Scope and expiry of the access token issued with it. */
  access_scope: Scope
  access_expires_at: Instant
  used_at: Generated<Instant | null>
  /** The refresh token it was replaced by. */
  successor: Generated<Digest | null>
  /** The salt of its successors; of earlier versions the pair itself, sealed. */
  sealed_pair: Generated<Uint8Array | null>
  /** 1 for a successor until this token or the access token issued with it first reaches the server. */
  is_unseen: Generated<Flag>
}

interface AccessTokens {
  digest: Digest
  family_id: number
  scope: Scope
  expires_at: Instant
  /** The unseen refresh token that it was issued with; null once either was seen. */
  unseen_refresh: Generated<Digest | null>
}

/** What a user has allowed an app for good. */
interface Grants {
  user_id: number
  api_key: string
  scope: Scope
  /** What the app was called when it was last allowed. */
  app_name: string
  /** What was answered when it asked for the email; null where it has not asked. */
  shares_email: Generated<Flag | null>
  created_at: Instant
  updated_at: Instant
}

/** Where a user has allowed an app to send them, and with which scope; goes with the grant. */
interface AllowedRedirectUris {
  user_id: number
  api_key: string
  uri: string
  scope: Scope
}

interface AuditEntries {
  id: Generated<number>
  at: Instant
  last_at: Instant
  count: number
  event: AuditEvent
  actor: 'browser' | 'program' | 'operator'
  user_id: number | null
  api_key: string | null
  app_name: string | null
  detail: string | null
  network: string | null
  request_id: string | null
}

/** One row, written to see whether writing works. */
interface WriteProbe {
  id: number
  count: number
}

interface Attempts {
  rule: string
  slot: number
  failures: number
  blocked_until: Instant
  forget_at: Instant
}

interface Paces {
  rule: string
  slot: number
  unused_at: Instant
}

interface LimitSalt {
  salt: Uint8Array
}

interface SchemaVersion {
  version: number
  works_from: number
}

/** The tables as the newest migration leaves them. */
export interface Schema {
  webhooks: Webhooks
  outbox: Outbox
  mails: Mails
  leases: Leases
  users: Users
  sessions: Sessions
  known_browsers: KnownBrowsers
  passkeys: Passkeys
  used_challenges: UsedChallenges
  management_tokens: ManagementTokens
  apps: Apps
  redirect_uris: RedirectUris
  authorization_requests: AuthorizationRequests
  device_logins: DeviceLogins
  sealing_keys: SealingKeys
  signing_keys: SigningKeys
  codes: Codes
  families: Families
  refresh_tokens: RefreshTokens
  access_tokens: AccessTokens
  grants: Grants
  allowed_redirect_uris: AllowedRedirectUris
  uploads: Uploads
  upload_parts: UploadParts
  upload_files: UploadFiles
  tracks: Tracks
  playlists: Playlists
  playlist_tracks: PlaylistTracks
  track_reposts: Marks
  playlist_reposts: Marks
  playlist_favorites: Marks
  follows: Follows
  comments: Comments
  comment_reactions: CommentReactions
  track_words: SearchWords
  user_words: SearchWords
  playlist_words: SearchWords
  search_vocabulary: SearchVocabulary
  search_spellings: SearchSpellings
  plays: Plays
  listenings: Listenings
  daily_plays: DailyPlays
  idempotency_keys: IdempotencyKeys
  favorites: Favorites
  imports: Imports
  imported_items: ImportedItems
  flow_events: FlowEvents
  usage_counts: UsageCounts
  active_users: ActiveUsers
  app_milestones: AppMilestones
  password_resets: PasswordResets
  email_changes: EmailChanges
  audit_entries: AuditEntries
  write_probe: WriteProbe
  attempts: Attempts
  paces: Paces
  limit_salt: LimitSalt
  schema_version: SchemaVersion
}
