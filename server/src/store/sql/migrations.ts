import { listeningTables } from './listening-tables.ts'
import { searchTables } from './search/tables.ts'

/** The schema versions before and after; 0 is an empty database. */
export interface Migrated {
  readonly from: number
  readonly to: number
}

/**
 * Migration n brings a database from version n - 1 to version n. A published one never changes. They are in
 * SQLite's words, of which PostgreSQL's are made. Tables keyed by a digest
 * keep their row ids: new rows then share a page, and only the small entry in the key's index lands at random.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    handle TEXT NOT NULL,
    handle_key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    is_verified INTEGER NOT NULL CHECK (is_verified IN (0, 1)),
    bio TEXT,
    location TEXT,
    website TEXT,
    profile_picture TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    disabled_at INTEGER
  ) STRICT;

  CREATE TABLE sessions (
    digest BLOB PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES users (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX sessions_by_user ON sessions (user_id);
  CREATE INDEX sessions_by_expiry ON sessions (expires_at);

  CREATE TABLE apps (
    api_key TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    owner_id INTEGER REFERENCES users (id),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX apps_by_name ON apps (name_key);
  CREATE INDEX apps_by_owner ON apps (owner_id);

  CREATE TABLE redirect_uris (
    api_key TEXT NOT NULL REFERENCES apps (api_key),
    uri TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (api_key, uri)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE authorization_requests (
    digest BLOB PRIMARY KEY,
    browser BLOB NOT NULL,
    api_key TEXT REFERENCES apps (api_key),
    app_name TEXT NOT NULL,
    redirect_uri TEXT NOT NULL,
    is_native INTEGER NOT NULL CHECK (is_native IN (0, 1)),
    scope TEXT NOT NULL CHECK (scope IN ('read', 'write')),
    state TEXT,
    code_challenge TEXT NOT NULL,
    response_mode TEXT NOT NULL CHECK (response_mode IN ('fragment', 'query')),
    display TEXT NOT NULL CHECK (display IN ('popup', 'fullScreen')),
    prompt_login INTEGER NOT NULL CHECK (prompt_login IN (0, 1)),
    prompt_consent INTEGER NOT NULL CHECK (prompt_consent IN (0, 1)),
    login_hint TEXT,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    finished_at INTEGER
  ) STRICT;
  CREATE INDEX authorization_requests_by_app ON authorization_requests (api_key);
  CREATE INDEX authorization_requests_by_expiry ON authorization_requests (expires_at);

  CREATE TABLE codes (
    digest BLOB PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES users (id),
    api_key TEXT REFERENCES apps (api_key),
    redirect_uri TEXT NOT NULL,
    scope TEXT NOT NULL CHECK (scope IN ('read', 'write')),
    code_challenge TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
  ) STRICT;
  CREATE INDEX codes_by_user ON codes (user_id);
  CREATE INDEX codes_by_app ON codes (api_key);
  CREATE INDEX codes_by_expiry ON codes (expires_at);

  CREATE TABLE families (
    id INTEGER PRIMARY KEY,
    code_digest BLOB NOT NULL UNIQUE,
    user_id INTEGER NOT NULL REFERENCES users (id),
    api_key TEXT REFERENCES apps (api_key),
    scope TEXT NOT NULL CHECK (scope IN ('read', 'write')),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER
  ) STRICT;
  CREATE INDEX families_by_user_and_app ON families (user_id, api_key);
  CREATE INDEX families_by_app ON families (api_key);
  CREATE INDEX families_by_expiry ON families (expires_at);
  CREATE INDEX families_by_revocation ON families (revoked_at) WHERE revoked_at IS NOT NULL;

  CREATE TABLE refresh_tokens (
    digest BLOB PRIMARY KEY,
    family_id INTEGER NOT NULL REFERENCES families (id),
    expires_at INTEGER NOT NULL,
    access_scope TEXT NOT NULL CHECK (access_scope IN ('read', 'write')),
    access_expires_at INTEGER NOT NULL,
    used_at INTEGER,
    successor BLOB,
    sealed_pair BLOB,
    CHECK ((used_at IS NULL) = (successor IS NULL) AND (used_at IS NULL) = (sealed_pair IS NULL))
  ) STRICT;
  CREATE INDEX refresh_tokens_by_family ON refresh_tokens (family_id);
  CREATE INDEX refresh_tokens_by_expiry ON refresh_tokens (expires_at);

  CREATE TABLE access_tokens (
    digest BLOB PRIMARY KEY,
    family_id INTEGER NOT NULL REFERENCES families (id),
    scope TEXT NOT NULL CHECK (scope IN ('read', 'write')),
    expires_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX access_tokens_by_family ON access_tokens (family_id);
  CREATE INDEX access_tokens_by_expiry ON access_tokens (expires_at);

  CREATE TABLE grants (
    user_id INTEGER NOT NULL REFERENCES users (id),
    api_key TEXT NOT NULL REFERENCES apps (api_key),
    scope TEXT NOT NULL CHECK (scope IN ('read', 'write')),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, api_key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX grants_by_app ON grants (api_key);
  `,
  `
  ALTER TABLE users ADD COLUMN cover_photo TEXT;
  ALTER TABLE users ADD COLUMN name_key TEXT NOT NULL DEFAULT '';
  UPDATE users SET name_key = lower(name);
  CREATE INDEX users_by_name ON users (name_key);

  CREATE TABLE uploads (
    id TEXT PRIMARY KEY,
    user_id INTEGER REFERENCES users (id),
    address TEXT,
    template TEXT NOT NULL CHECK (template IN ('audio', 'img_square', 'img_backdrop')),
    filename TEXT NOT NULL,
    length INTEGER NOT NULL,
    preview_start_seconds REAL,
    status TEXT NOT NULL CHECK (status IN ('receiving', 'new', 'busy', 'done', 'error')),
    error TEXT,
    progress REAL NOT NULL,
    duration_seconds REAL,
    bpm REAL,
    musical_key TEXT,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    claimed_at INTEGER,
    released_at INTEGER,
    attempts INTEGER NOT NULL,
    lease_until INTEGER
  ) STRICT;
  CREATE INDEX uploads_by_user ON uploads (user_id);
  CREATE INDEX uploads_by_address ON uploads (address) WHERE address IS NOT NULL;
  CREATE INDEX uploads_by_status ON uploads (status, created_at);
  CREATE INDEX uploads_by_expiry ON uploads (expires_at);

  CREATE TABLE upload_files (
    upload_id TEXT NOT NULL REFERENCES uploads (id),
    role TEXT NOT NULL CHECK (role IN ('original', 'stream', 'preview', 'image')),
    cid TEXT NOT NULL,
    type TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    PRIMARY KEY (upload_id, role)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX upload_files_by_cid ON upload_files (cid);

  CREATE TABLE tracks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL REFERENCES users (id),
    api_key TEXT,
    slug TEXT NOT NULL,
    title TEXT NOT NULL,
    title_key TEXT NOT NULL,
    genre TEXT NOT NULL,
    mood TEXT,
    tags TEXT,
    description TEXT,
    license TEXT,
    isrc TEXT,
    release_date INTEGER,
    track_cid TEXT NOT NULL,
    preview_cid TEXT,
    preview_start_seconds REAL,
    orig_file_cid TEXT,
    orig_filename TEXT,
    cover_art TEXT,
    duration INTEGER NOT NULL,
    bpm REAL,
    musical_key TEXT,
    is_downloadable INTEGER NOT NULL CHECK (is_downloadable IN (0, 1)),
    is_unlisted INTEGER NOT NULL CHECK (is_unlisted IN (0, 1)),
    favorite_count INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    UNIQUE (user_id, slug)
  ) STRICT;
  CREATE INDEX tracks_by_cid ON tracks (track_cid);
  CREATE INDEX tracks_by_user ON tracks (user_id, created_at);
  CREATE INDEX listed_tracks_by_user ON tracks (user_id) WHERE is_unlisted = 0 AND deleted_at IS NULL;
  CREATE INDEX listed_tracks_by_title ON tracks (title_key) WHERE is_unlisted = 0 AND deleted_at IS NULL;
  CREATE INDEX listed_tracks_by_date ON tracks (created_at) WHERE is_unlisted = 0 AND deleted_at IS NULL;

  CREATE TABLE favorites (
    user_id INTEGER NOT NULL REFERENCES users (id),
    track_id INTEGER NOT NULL REFERENCES tracks (id),
    created_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, track_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX favorites_by_track ON favorites (track_id);
  CREATE INDEX favorites_by_date ON favorites (user_id, created_at);
  `,
  `
  ALTER TABLE apps ADD COLUMN description TEXT;
  ALTER TABLE apps ADD COLUMN logo TEXT;
  `,
  `
  CREATE TABLE flow_events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    api_key TEXT NOT NULL REFERENCES apps (api_key),
    at INTEGER NOT NULL,
    step TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('done', 'refused', 'cancelled')),
    code TEXT,
    reason TEXT,
    request_id TEXT NOT NULL
  ) STRICT;
  CREATE INDEX flow_events_by_app ON flow_events (api_key, id);
  CREATE INDEX flow_events_by_date ON flow_events (at);

  CREATE TABLE usage_counts (
    api_key TEXT NOT NULL REFERENCES apps (api_key),
    hour INTEGER NOT NULL,
    metric TEXT NOT NULL,
    label TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (api_key, hour, metric, label)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX usage_counts_by_hour ON usage_counts (hour);

  CREATE TABLE active_users (
    api_key TEXT NOT NULL REFERENCES apps (api_key),
    user_id INTEGER NOT NULL,
    hour INTEGER NOT NULL,
    day INTEGER NOT NULL,
    PRIMARY KEY (api_key, user_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX active_users_by_app ON active_users (api_key, hour);
  CREATE INDEX active_users_by_hour ON active_users (hour);

  CREATE TABLE app_milestones (
    api_key TEXT NOT NULL REFERENCES apps (api_key),
    name TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (api_key, name)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  ALTER TABLE sessions ADD COLUMN device TEXT NOT NULL DEFAULT '';
  ALTER TABLE sessions ADD COLUMN network TEXT NOT NULL DEFAULT '';
  ALTER TABLE sessions ADD COLUMN used_at INTEGER NOT NULL DEFAULT 0;
  UPDATE sessions SET used_at = created_at;

  CREATE TABLE known_browsers (
    user_id INTEGER NOT NULL REFERENCES users (id),
    browser BLOB NOT NULL,
    used_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, browser)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX known_browsers_by_use ON known_browsers (used_at);

  ALTER TABLE codes ADD COLUMN app_name TEXT NOT NULL DEFAULT '';
  ALTER TABLE families ADD COLUMN app_name TEXT NOT NULL DEFAULT '';
  ALTER TABLE families ADD COLUMN redirect_uri TEXT NOT NULL DEFAULT '';
  `,
  `
  ALTER TABLE favorites ADD COLUMN api_key TEXT;
  CREATE INDEX favorites_by_app ON favorites (user_id, api_key);
  `,
  `
  CREATE TABLE password_resets (
    digest BLOB PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES users (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    ended_at INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX password_resets_by_user ON password_resets (user_id, created_at);
  CREATE INDEX password_resets_by_date ON password_resets (created_at);

  CREATE TABLE email_changes (
    digest BLOB PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES users (id),
    email TEXT NOT NULL,
    email_key TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    ended_at INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX email_changes_by_user ON email_changes (user_id, created_at);
  CREATE INDEX email_changes_by_address ON email_changes (email_key, created_at);
  CREATE INDEX email_changes_by_expiry ON email_changes (expires_at);
  `,
  `
  ALTER TABLE users ADD COLUMN passkey_handle BLOB;

  CREATE TABLE passkeys (
    id TEXT NOT NULL PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES users (id),
    public_key BLOB NOT NULL,
    counter INTEGER NOT NULL,
    device TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    used_at INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX passkeys_by_user ON passkeys (user_id);

  CREATE TABLE passkey_challenges (
    digest BLOB NOT NULL PRIMARY KEY,
    browser BLOB NOT NULL,
    user_id INTEGER REFERENCES users (id),
    expires_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX passkey_challenges_by_expiry ON passkey_challenges (expires_at);
  `,
  `
  ALTER TABLE refresh_tokens ADD COLUMN is_unseen INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE access_tokens ADD COLUMN unseen_refresh BLOB;
  `,
  `
  CREATE TABLE write_probe (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    count INTEGER NOT NULL
  ) STRICT;
  `,
  `
  DELETE FROM authorization_requests WHERE finished_at IS NULL;
  ALTER TABLE authorization_requests ADD COLUMN user_id INTEGER REFERENCES users (id);
  ALTER TABLE authorization_requests ADD COLUMN code_digest BLOB;
  ALTER TABLE authorization_requests ADD COLUMN sealed_code BLOB;
  CREATE INDEX authorization_requests_by_challenge ON authorization_requests (code_challenge);
  ALTER TABLE apps ADD COLUMN requests_ended_at INTEGER;
  ALTER TABLE codes ADD COLUMN replayed_at INTEGER;

  CREATE TABLE sealing_keys (
    id INTEGER PRIMARY KEY,
    secret BLOB NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;
  `,
  `
  CREATE TABLE management_tokens (
    digest BLOB NOT NULL PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES users (id),
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    revoked_at INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX management_tokens_by_user ON management_tokens (user_id);
  CREATE INDEX management_tokens_by_expiry ON management_tokens (expires_at);

  ALTER TABLE sessions ADD COLUMN authenticated_at INTEGER NOT NULL DEFAULT 0;
  UPDATE sessions SET authenticated_at = created_at;
  `,
  `
  ALTER TABLE grants ADD COLUMN app_name TEXT NOT NULL DEFAULT '';
  UPDATE grants SET app_name = coalesce((SELECT name FROM apps WHERE apps.api_key = grants.api_key), '');

  CREATE TABLE allowed_redirect_uris (
    user_id INTEGER NOT NULL,
    api_key TEXT NOT NULL,
    uri TEXT NOT NULL,
    scope TEXT NOT NULL CHECK (scope IN ('read', 'write')),
    PRIMARY KEY (user_id, api_key, uri),
    FOREIGN KEY (user_id, api_key) REFERENCES grants (user_id, api_key) ON DELETE CASCADE
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX allowed_redirect_uris_by_app ON allowed_redirect_uris (api_key, uri);
  `,
  `
  CREATE TABLE audit_entries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    count INTEGER NOT NULL,
    event TEXT NOT NULL,
    actor TEXT NOT NULL CHECK (actor IN ('browser', 'program', 'operator')),
    user_id INTEGER,
    api_key TEXT,
    app_name TEXT,
    detail TEXT,
    network TEXT,
    request_id TEXT
  ) STRICT;
  CREATE INDEX audit_entries_by_user ON audit_entries (user_id, at);
  CREATE INDEX audit_entries_by_app ON audit_entries (api_key, at) WHERE api_key IS NOT NULL;
  CREATE INDEX audit_entries_by_date ON audit_entries (at);
  `,
  `
  CREATE TABLE attempts (
    rule TEXT NOT NULL,
    slot INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    blocked_until INTEGER NOT NULL,
    forget_at INTEGER NOT NULL,
    PRIMARY KEY (rule, slot)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE paces (
    rule TEXT NOT NULL,
    slot INTEGER NOT NULL,
    unused_at INTEGER NOT NULL,
    PRIMARY KEY (rule, slot)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE limit_salt (salt BLOB NOT NULL) STRICT;
  INSERT INTO limit_salt (salt) VALUES (randomblob(16));
  `,
  `
  ALTER TABLE apps ADD COLUMN suspended_at INTEGER;
  `,
  `
  DROP TABLE passkey_challenges;
  CREATE TABLE used_challenges (
    digest BLOB NOT NULL PRIMARY KEY,
    expires_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX used_challenges_by_expiry ON used_challenges (expires_at);
  `,
  `
  CREATE TABLE new_users (
    id INTEGER PRIMARY KEY,
    handle TEXT NOT NULL,
    handle_key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    email TEXT NOT NULL,
    email_key TEXT,
    email_confirmed_at INTEGER,
    password_hash TEXT NOT NULL,
    is_verified INTEGER NOT NULL CHECK (is_verified IN (0, 1)),
    bio TEXT,
    location TEXT,
    website TEXT,
    profile_picture TEXT,
    cover_photo TEXT,
    passkey_handle BLOB,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    disabled_at INTEGER,
    CHECK (email_confirmed_at IS NULL OR email_key IS NOT NULL)
  ) STRICT;
  INSERT INTO new_users (id, handle, handle_key, name, name_key, email, email_key, password_hash, is_verified, bio,
    location, website, profile_picture, cover_photo, passkey_handle, created_at, updated_at, disabled_at)
  SELECT id, handle, handle_key, name, name_key, email, CASE email WHEN '' THEN NULL ELSE email_key(email) END,
    password_hash, is_verified, bio, location, website, profile_picture, cover_photo, passkey_handle, created_at,
    updated_at, disabled_at FROM users;
  DROP TABLE users;
  ALTER TABLE new_users RENAME TO users;
  CREATE INDEX users_by_name ON users (name_key);
  CREATE INDEX users_by_email ON users (email_key) WHERE email_key IS NOT NULL;
  CREATE UNIQUE INDEX users_by_confirmed_email ON users (email_key) WHERE email_confirmed_at IS NOT NULL;

  UPDATE email_changes SET email_key = email_key(email);
  `,
  `
  ALTER TABLE sessions ADD COLUMN method TEXT CHECK (method IN ('password', 'passkey'));
  ALTER TABLE codes ADD COLUMN identity TEXT;
  ALTER TABLE families ADD COLUMN identity TEXT;
  ALTER TABLE grants ADD COLUMN shares_email INTEGER CHECK (shares_email IN (0, 1));

  CREATE TABLE signing_keys (
    kid TEXT NOT NULL PRIMARY KEY,
    algorithm TEXT NOT NULL CHECK (algorithm IN ('ES256', 'RS256')),
    public_jwk TEXT NOT NULL,
    sealed BLOB NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  ALTER TABLE families ADD COLUMN sid TEXT;
  CREATE INDEX families_by_sid ON families (sid) WHERE sid IS NOT NULL;
  `,
  `
  ALTER TABLE uploads ADD COLUMN loudness REAL;
  ALTER TABLE uploads ADD COLUMN true_peak REAL;
  ALTER TABLE tracks ADD COLUMN loudness REAL;
  ALTER TABLE tracks ADD COLUMN true_peak REAL;
  `,
  `
  CREATE TABLE device_logins (
    digest BLOB NOT NULL PRIMARY KEY,
    user_code BLOB NOT NULL UNIQUE,
    api_key TEXT NOT NULL REFERENCES apps,
    scope TEXT NOT NULL CHECK (scope IN ('read', 'write')),
    asks_openid INTEGER NOT NULL CHECK (asks_openid IN (0, 1)),
    asks_profile INTEGER NOT NULL CHECK (asks_profile IN (0, 1)),
    asks_email INTEGER NOT NULL CHECK (asks_email IN (0, 1)),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    interval_ms INTEGER NOT NULL,
    poll_at INTEGER NOT NULL,
    answered_at INTEGER,
    is_allowed INTEGER CHECK (is_allowed IN (0, 1))
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX device_logins_by_expiry ON device_logins (expires_at);
  CREATE INDEX device_logins_by_app ON device_logins (api_key, expires_at);
  `,
  `
  ALTER TABLE apps ADD COLUMN id_token_alg TEXT NOT NULL DEFAULT 'ES256' CHECK (id_token_alg IN ('ES256', 'RS256'));
  `,
  `
  ALTER TABLE uploads ADD COLUMN node TEXT;
  `,
  searchTables,
  listeningTables,
]
