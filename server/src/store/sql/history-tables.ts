/** What people listened to, and how often tracks are heard a day. */
export const historyTables = `
  CREATE TABLE listenings (
    user_id INTEGER NOT NULL REFERENCES users (id),
    track_id INTEGER NOT NULL REFERENCES tracks (id),
    listened_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, track_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX listenings_by_user ON listenings (user_id, listened_at);

  CREATE TABLE daily_plays (
    day INTEGER NOT NULL,
    track_id INTEGER NOT NULL REFERENCES tracks (id),
    plays INTEGER NOT NULL,
    PRIMARY KEY (day, track_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX daily_plays_by_count ON daily_plays (day, plays);
`
