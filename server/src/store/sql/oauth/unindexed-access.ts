/**
 * Access tokens without an index of their families, and without the reference that needs one: each token wrote a page of
 * it. They live for an hour, and a family goes only after them.
 */
export const unindexedAccess = `
  CREATE TABLE new_access_tokens (
    digest BLOB PRIMARY KEY,
    family_id INTEGER NOT NULL,
    scope TEXT NOT NULL CHECK (scope IN ('read', 'write')),
    expires_at INTEGER NOT NULL,
    unseen_refresh BLOB
  ) STRICT;
  INSERT INTO new_access_tokens (digest, family_id, scope, expires_at, unseen_refresh)
  SELECT digest, family_id, scope, expires_at, unseen_refresh FROM access_tokens;
  DROP TABLE access_tokens;
  ALTER TABLE new_access_tokens RENAME TO access_tokens;
  CREATE INDEX access_tokens_by_expiry ON access_tokens (expires_at);
  `
