/** Migrations 1 to 4: what was published first. */
export const firstMigrations: readonly string[] = [
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
]
