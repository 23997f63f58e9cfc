/** What was brought along from other servers, and what became of an archive that holds it. */
export const importTables = `
  CREATE TABLE imports (
    user_id INTEGER PRIMARY KEY REFERENCES users (id),
    state TEXT NOT NULL CHECK (state IN ('working', 'done', 'refused')),
    words TEXT,
    done INTEGER NOT NULL,
    total INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE imported_items (
    user_id INTEGER NOT NULL REFERENCES users (id),
    server TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('track', 'playlist')),
    source_id INTEGER NOT NULL,
    item_id INTEGER NOT NULL,
    PRIMARY KEY (user_id, server, kind, source_id)
  ) STRICT, WITHOUT ROWID;
`
