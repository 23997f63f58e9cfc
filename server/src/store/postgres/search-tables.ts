const searched = (words: string): string => `
  CREATE TABLE ${words} (
    id BIGINT PRIMARY KEY,
    owner_id BIGINT NOT NULL REFERENCES users (id),
    title TEXT COLLATE "C" NOT NULL,
    artist TEXT COLLATE "C" NOT NULL,
    tags TEXT COLLATE "C" NOT NULL
  );
  CREATE INDEX ${words}_by_owner ON ${words} (owner_id);
  CREATE INDEX ${words}_by_word ON ${words} USING gin (string_to_array(title || ' ' || artist || ' ' || tags, ' '));
`

/** What makes everything found by its words here: the words are looked up one by one, as members of a list. */
export const searchTablesHere = `
  ${searched('track_words')}
  ${searched('user_words')}
  ${searched('playlist_words')}

  CREATE TABLE search_vocabulary (
    word TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    uses BIGINT NOT NULL
  );
  CREATE TABLE search_spellings (
    key TEXT COLLATE "C" NOT NULL,
    word TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (key, word)
  );
`
