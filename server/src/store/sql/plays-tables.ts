/** What was heard, and what requests made once. */
export const playsTables = `
  ALTER TABLE tracks ADD COLUMN play_count INTEGER NOT NULL DEFAULT 0;
  CREATE TABLE plays (
    track_id INTEGER NOT NULL REFERENCES tracks (id),
    listener INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (track_id, listener)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX plays_by_expiry ON plays (expires_at);

  CREATE TABLE idempotency_keys (
    user_id INTEGER NOT NULL REFERENCES users (id),
    digest BLOB NOT NULL,
    fingerprint BLOB NOT NULL,
    result TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, digest)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX idempotency_keys_by_expiry ON idempotency_keys (expires_at);
  `
