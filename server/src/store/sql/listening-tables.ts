const marks = (table: string, of: string): string => `
  CREATE TABLE ${table} (
    user_id INTEGER NOT NULL REFERENCES users (id),
    item_id INTEGER NOT NULL REFERENCES ${of} (id),
    api_key TEXT,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, item_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX ${table}_by_item ON ${table} (item_id, created_at);
  CREATE INDEX ${table}_by_user ON ${table} (user_id, created_at);
  CREATE INDEX ${table}_by_date ON ${table} (created_at);
`

/** The migration that adds playlists, reposts, follows and comments. */
export const listeningTables = `
  ALTER TABLE tracks ADD COLUMN repost_count INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE tracks ADD COLUMN comment_count INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE users ADD COLUMN follower_count INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE users ADD COLUMN followee_count INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE users ADD COLUMN repost_count INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX listed_tracks_by_favorites ON tracks (favorite_count, id) WHERE is_unlisted = 0 AND deleted_at IS NULL;
  CREATE INDEX favorites_by_day ON favorites (created_at);

  CREATE TABLE playlists (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL REFERENCES users (id),
    api_key TEXT,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    description TEXT,
    is_album INTEGER NOT NULL CHECK (is_album IN (0, 1)),
    is_private INTEGER NOT NULL CHECK (is_private IN (0, 1)),
    cover_art TEXT,
    upc TEXT,
    release_date INTEGER,
    favorite_count INTEGER NOT NULL DEFAULT 0,
    repost_count INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER
  ) STRICT;
  CREATE INDEX playlists_by_user ON playlists (user_id, is_album, created_at);
  CREATE INDEX public_playlists_by_user ON playlists (user_id, is_album) WHERE is_private = 0 AND deleted_at IS NULL;
  CREATE INDEX public_playlists_by_name ON playlists (name_key) WHERE is_private = 0 AND deleted_at IS NULL;
  CREATE INDEX public_playlists_by_favorites ON playlists (favorite_count, id)
    WHERE is_private = 0 AND deleted_at IS NULL;
  CREATE INDEX playlists_by_cover ON playlists (cover_art) WHERE cover_art IS NOT NULL;

  CREATE TABLE playlist_tracks (
    playlist_id INTEGER NOT NULL REFERENCES playlists (id),
    position INTEGER NOT NULL,
    track_id INTEGER NOT NULL REFERENCES tracks (id),
    added_at INTEGER NOT NULL,
    PRIMARY KEY (playlist_id, position)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX playlist_tracks_by_track ON playlist_tracks (track_id);

  ${marks('track_reposts', 'tracks')}
  ${marks('playlist_reposts', 'playlists')}
  ${marks('playlist_favorites', 'playlists')}

  CREATE TABLE follows (
    follower_id INTEGER NOT NULL REFERENCES users (id),
    followee_id INTEGER NOT NULL REFERENCES users (id),
    api_key TEXT,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (follower_id, followee_id),
    CHECK (follower_id <> followee_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX follows_by_follower ON follows (follower_id, created_at);
  CREATE INDEX follows_by_followee ON follows (followee_id, created_at);

  CREATE TABLE comments (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    track_id INTEGER NOT NULL REFERENCES tracks (id),
    user_id INTEGER NOT NULL REFERENCES users (id),
    api_key TEXT,
    parent_id INTEGER REFERENCES comments (id),
    body TEXT NOT NULL,
    track_seconds REAL,
    is_edited INTEGER NOT NULL DEFAULT 0 CHECK (is_edited IN (0, 1)),
    reaction_count INTEGER NOT NULL DEFAULT 0,
    reply_count INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER
  ) STRICT;
  CREATE INDEX comments_by_track ON comments (track_id, created_at) WHERE parent_id IS NULL AND deleted_at IS NULL;
  CREATE INDEX comments_by_parent ON comments (parent_id, created_at) WHERE parent_id IS NOT NULL;
  CREATE INDEX comments_by_user ON comments (user_id, created_at);

  CREATE TABLE comment_reactions (
    user_id INTEGER NOT NULL REFERENCES users (id),
    comment_id INTEGER NOT NULL REFERENCES comments (id),
    created_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, comment_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX comment_reactions_by_comment ON comment_reactions (comment_id);
`
