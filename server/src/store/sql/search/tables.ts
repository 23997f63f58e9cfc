/** The index has the beginnings of words of up to this many letters. A published migration says the same. */
export const indexedBeginnings = 4

/**
 * The words and their index, which triggers keep in step: the index holds no text of its own, and forgets what is
 * deleted at once. Whatever is of ASCII and no letter or digit parts words there; `wordsOf` leaves blanks alone of it.
 */
const searched = (words: string, index: string): string => `
  CREATE TABLE ${words} (
    id INTEGER PRIMARY KEY,
    owner_id INTEGER NOT NULL REFERENCES users (id),
    title TEXT NOT NULL,
    artist TEXT NOT NULL,
    tags TEXT NOT NULL
  ) STRICT;
  CREATE INDEX ${words}_by_owner ON ${words} (owner_id);

  CREATE VIRTUAL TABLE ${index} USING fts5(
    title, artist, tags, content = '${words}', content_rowid = 'id', columnsize = 0, tokenize = 'ascii',
    prefix = '1 2 3 4'
  );
  INSERT INTO ${index} (${index}, rank) VALUES ('secure-delete', 1);

  CREATE TRIGGER ${words}_inserted AFTER INSERT ON ${words} BEGIN
    INSERT INTO ${index} (rowid, title, artist, tags) VALUES (new.id, new.title, new.artist, new.tags);
  END;
  CREATE TRIGGER ${words}_deleted AFTER DELETE ON ${words} BEGIN
    INSERT INTO ${index} (${index}, rowid, title, artist, tags)
    VALUES ('delete', old.id, old.title, old.artist, old.tags);
  END;
  CREATE TRIGGER ${words}_updated AFTER UPDATE ON ${words} BEGIN
    INSERT INTO ${index} (${index}, rowid, title, artist, tags)
    VALUES ('delete', old.id, old.title, old.artist, old.tags);
    INSERT INTO ${index} (rowid, title, artist, tags) VALUES (new.id, new.title, new.artist, new.tags);
  END;
`

/** The migration that makes everything found by its words. */
export const searchTables = `
  ${searched('track_words', 'track_index')}
  ${searched('user_words', 'user_index')}
  ${searched('playlist_words', 'playlist_index')}

  CREATE TABLE search_vocabulary (
    word TEXT NOT NULL PRIMARY KEY,
    uses INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE search_spellings (
    key TEXT NOT NULL,
    word TEXT NOT NULL,
    PRIMARY KEY (key, word)
  ) STRICT, WITHOUT ROWID;

  INSERT INTO user_words (id, owner_id, title, artist, tags)
  SELECT id, id, search_words(name), '', search_words(handle) FROM users WHERE name <> '';
  INSERT INTO track_words (id, owner_id, title, artist, tags)
  SELECT tracks.id, user_id, search_words(title), search_words(name || ' ' || handle), search_words(coalesce(tags, ''))
  FROM tracks JOIN users ON users.id = user_id WHERE deleted_at IS NULL AND is_unlisted = 0;

  INSERT INTO search_vocabulary (word, uses)
  SELECT value, count(*) FROM (
    SELECT value FROM user_words, json_each(search_vocabulary_of(title || ' ' || tags))
    UNION ALL SELECT value FROM track_words, json_each(search_vocabulary_of(title || ' ' || tags))
  ) GROUP BY value;
  INSERT INTO search_spellings (key, word)
  SELECT value, word FROM search_vocabulary, json_each(search_spellings_of(word));
`
