/** What is told to apps, and where. */
export const outboxTables = `
  ALTER TABLE apps ADD COLUMN logout_uri TEXT;

  CREATE TABLE webhooks (
    api_key TEXT NOT NULL PRIMARY KEY REFERENCES apps (api_key),
    url TEXT NOT NULL,
    sealed_secret BLOB NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    api_key TEXT NOT NULL REFERENCES apps (api_key),
    event TEXT NOT NULL,
    user_id INTEGER,
    sid TEXT,
    created_at INTEGER NOT NULL,
    due_at INTEGER,
    attempts INTEGER NOT NULL DEFAULT 0,
    delivered_at INTEGER,
    status INTEGER,
    fault TEXT
  ) STRICT;
  CREATE INDEX outbox_by_due ON outbox (due_at) WHERE due_at IS NOT NULL;
  CREATE INDEX outbox_by_app ON outbox (api_key, id);
  CREATE INDEX outbox_by_age ON outbox (created_at);
`
