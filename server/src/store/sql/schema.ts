import type { Generated, GeneratedAlways } from 'kysely'
import type { AuditEvent } from '../contract/audit.ts'
import type {
  Digest,
  FlowOutcome,
  FlowStep,
  Instant,
  Milestone,
  Scope,
  SignInMethod,
  SigningAlgorithm,
  UsageMetric,
} from '../contract/store.ts'

/** SQL has no boolean that both databases share. */
type Flag = 0 | 1

interface Users {
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

interface Sessions {
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
}

/** Browsers in which somebody has signed in, by the digest of their own cookie. */
interface KnownBrowsers {
  user_id: number
  browser: Digest
  used_at: Instant
}

interface Passkeys {
  id: string
  user_id: number
  public_key: Uint8Array
  counter: number
  device: string
  created_at: Instant
  used_at: Generated<Instant | null>
}

/** Challenges that a device has signed, until they would have expired. */
interface UsedChallenges {
  digest: Digest
  expires_at: Instant
}

/** What people's own programs manage their apps by. */
interface ManagementTokens {
  digest: Digest
  user_id: number
  name: string
  created_at: Instant
  expires_at: Instant
  /** When the hour began in which it was last used. */
  used_at: Generated<Instant | null>
  revoked_at: Generated<Instant | null>
}

interface Apps {
  api_key: string
  name: string
  name_key: string
  description: Generated<string | null>
  /** CID of a square image in the content store. */
  logo: Generated<string | null>
  owner_id: number | null
  created_at: Instant
  updated_at: Instant
  suspended_at: Generated<Instant | null>
  deleted_at: Generated<Instant | null>
  /** Authorization requests that were made until then can no longer be allowed. */
  requests_ended_at: Generated<Instant | null>
  id_token_alg: Generated<SigningAlgorithm>
}

interface RedirectUris {
  api_key: string
  uri: string
  position: number
}

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

interface SealingKeys {
  id: number
  secret: Uint8Array
  created_at: Instant
}

/** What signs ID tokens. */
interface SigningKeys {
  kid: string
  algorithm: SigningAlgorithm
  public_jwk: string
  /** The private half, encrypted under a secret that is not here. */
  sealed: Uint8Array
  created_at: Instant
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
  /** The refresh token it was replaced by, and that pair encrypted for whoever presents this one again. */
  successor: Generated<Digest | null>
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

/** A file on its way in, and what became of it. */
interface Uploads {
  /** The last segment of its tus URL. */
  id: string
  /** Whose access token sent it; null for one that is only staged. */
  user_id: number | null
  /** Where a staged one came from, as the limits count it. */
  address: string | null
  /** The node that has its bytes; null for one from before that was noted. */
  node: string | null
  template: 'audio' | 'img_square' | 'img_backdrop'
  filename: string
  /** Bytes, as declared at the start. */
  length: number
  preview_start_seconds: number | null
  status: 'receiving' | 'new' | 'busy' | 'done' | 'error'
  error: Generated<string | null>
  /** Of the processing, from 0 to 1. */
  progress: number
  duration_seconds: Generated<number | null>
  bpm: Generated<number | null>
  musical_key: Generated<string | null>
  /** LUFS. */
  loudness: Generated<number | null>
  /** dBTP. */
  true_peak: Generated<number | null>
  created_at: Instant
  /** When it is swept, unless a track or a profile has claimed it. */
  expires_at: Instant
  claimed_at: Generated<Instant | null>
  /** When the last thing that stood on it went; it is unclaimed again from then on. */
  released_at: Generated<Instant | null>
  /** How often its processing was begun. */
  attempts: number
  /** Until when whoever began it last has it to themselves. */
  lease_until: Generated<Instant | null>
}

/** What an upload left in the content store. */
interface UploadFiles {
  upload_id: string
  role: 'original' | 'stream' | 'preview' | 'image'
  cid: string
  /** The media type found in the bytes. */
  type: string
  bytes: number
}

interface Tracks {
  id: GeneratedAlways<number>
  user_id: number
  /** The app that published it. */
  api_key: string | null
  /** The last segment of its permalink. */
  slug: string
  title: string
  /** The title as searches compare it. */
  title_key: string
  genre: string
  mood: string | null
  tags: string | null
  description: string | null
  license: string | null
  isrc: string | null
  release_date: Instant | null
  track_cid: string
  preview_cid: string | null
  preview_start_seconds: number | null
  orig_file_cid: string | null
  orig_filename: string | null
  cover_art: string | null
  /** Whole seconds. */
  duration: number
  bpm: number | null
  musical_key: string | null
  /** LUFS. */
  loudness: number | null
  /** dBTP. */
  true_peak: number | null
  is_downloadable: Flag
  is_unlisted: Flag
  /** How many libraries it is in. */
  favorite_count: Generated<number>
  repost_count: Generated<number>
  /** Answers among them. */
  comment_count: Generated<number>
  created_at: Instant
  updated_at: Instant
  deleted_at: Generated<Instant | null>
}

interface Playlists {
  id: GeneratedAlways<number>
  user_id: number
  /** The app that created it. */
  api_key: string | null
  slug: string
  name: string
  name_key: string
  description: string | null
  is_album: Flag
  is_private: Flag
  cover_art: string | null
  upc: string | null
  release_date: Instant | null
  favorite_count: Generated<number>
  repost_count: Generated<number>
  created_at: Instant
  updated_at: Instant
  deleted_at: Generated<Instant | null>
}

interface PlaylistTracks {
  playlist_id: number
  /** They go up and may have gaps. */
  position: number
  track_id: number
  added_at: Instant
}

/** That somebody did something with a thing, and by which app. */
interface Marks {
  user_id: number
  item_id: number
  api_key: string | null
  created_at: Instant
}

interface Follows {
  follower_id: number
  followee_id: number
  api_key: string | null
  created_at: Instant
}

interface Comments {
  id: GeneratedAlways<number>
  track_id: number
  user_id: number
  api_key: string | null
  parent_id: number | null
  body: string
  track_seconds: number | null
  is_edited: Generated<Flag>
  reaction_count: Generated<number>
  reply_count: Generated<number>
  created_at: Instant
  updated_at: Instant
  deleted_at: Generated<Instant | null>
}

interface CommentReactions {
  user_id: number
  comment_id: number
  created_at: Instant
}

/** What something is found by: its words as searches compare them, with blanks between them. */
interface SearchWords {
  id: number
  owner_id: number
  title: string
  artist: string
  tags: string
}

/** Words that titles, names and tags have, and in how many of them. */
interface SearchVocabulary {
  word: string
  uses: number
}

/** What a misspelt word is looked up by. */
interface SearchSpellings {
  key: string
  word: string
}

/** The library: what a user has saved. */
interface Favorites {
  user_id: number
  track_id: number
  /** The app that saved it; null for what was saved before that was noted. */
  api_key: string | null
  created_at: Instant
}

/** One thing that happened in a login through an app, as its developer sees it; it names no user. */
interface FlowEvents {
  id: GeneratedAlways<number>
  api_key: string
  at: Instant
  step: FlowStep
  outcome: FlowOutcome
  /** Of a refusal: its error code, and the reason in words. */
  code: string | null
  reason: string | null
  request_id: string
}

/** How often something happened in an app in one hour. */
interface UsageCounts {
  api_key: string
  /** When the hour began. */
  hour: Instant
  metric: UsageMetric
  /** The route of a call, the code of an error; empty for the rest. */
  label: string
  count: number
}

/** When a user was last active in an app: what active users are counted by. */
interface ActiveUsers {
  api_key: string
  user_id: number
  /** When the last hour and the last day of theirs began. */
  hour: Instant
  day: Instant
}

/** When an app first did what its checklist asks for. */
interface AppMilestones {
  api_key: string
  name: Milestone
  at: Instant
}

/** A link to a new password, until an hour after it was made: how many were made is counted by these. */
interface PasswordResets {
  digest: Digest
  user_id: number
  created_at: Instant
  expires_at: Instant
  /** When it was used, or another took its place. */
  ended_at: Instant | null
}

/** A link that proves a new e-mail address of a user. */
interface EmailChanges {
  digest: Digest
  user_id: number
  email: string
  email_key: string
  created_at: Instant
  expires_at: Instant
  ended_at: Instant | null
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
}

/** The tables as the newest migration leaves them. */
export interface Schema {
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
  upload_files: UploadFiles
  tracks: Tracks
  track_words: SearchWords
  user_words: SearchWords
  playlist_words: SearchWords
  search_vocabulary: SearchVocabulary
  search_spellings: SearchSpellings
  favorites: Favorites
  playlists: Playlists
  playlist_tracks: PlaylistTracks
  track_reposts: Marks
  playlist_reposts: Marks
  playlist_favorites: Marks
  follows: Follows
  comments: Comments
  comment_reactions: CommentReactions
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
