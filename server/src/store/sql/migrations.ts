import { appFacts } from './apps/facts.ts'
import { firstMigrations } from './first-migrations.ts'
import { historyTables } from './history-tables.ts'
import { importTables } from './import-tables.ts'
import { leaseTables } from './leases.ts'
import { repostsCountedAnew } from './listening/drop-reposts.ts'
import { listeningTables } from './listening-tables.ts'
import { unindexedAccess } from './oauth/unindexed-access.ts'
import { mailTables } from './outbox/mails.ts'
import { outboxTables } from './outbox/tables.ts'
import { playsTables } from './plays-tables.ts'
import { searchTables } from './search/tables.ts'
import { partTables } from './uploads/parts.ts'
import { sentRequests } from './usage/sent-request.ts'

/**
 * Migration n brings a database from version n - 1 to version n. A published one never changes; what one takes away from
 * software of before raises `worksFrom`. They are in
 * SQLite's words, of which PostgreSQL's are made. Tables keyed by a digest
 * keep their row ids: new rows then share a page, and only the small entry in the key's index lands at random.
 */
export const migrations: readonly string[] = [
  ...firstMigrations,
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
  'ALTER TABLE apps ADD COLUMN suspended_at INTEGER;',
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
  'ALTER TABLE uploads ADD COLUMN node TEXT;',
  playsTables,
  searchTables,
  listeningTables,
  importTables,
  'ALTER TABLE apps ADD COLUMN document_address TEXT;',
  outboxTables,
  historyTables,
  `
  ALTER TABLE apps ADD COLUMN binds_tokens INTEGER NOT NULL DEFAULT 0 CHECK (binds_tokens IN (0, 1));
  ALTER TABLE codes ADD COLUMN key_thumbprint TEXT;
  ALTER TABLE families ADD COLUMN key_thumbprint TEXT;
  `,
  mailTables,
  leaseTables,
  partTables,
  appFacts,
  sentRequests,
  unindexedAccess,
  'ALTER TABLE schema_version ADD COLUMN works_from INTEGER NOT NULL DEFAULT 0;',
  'ALTER TABLE sessions ADD COLUMN sid TEXT;',
  repostsCountedAnew,
]
