import type { DatabaseSync } from 'node:sqlite'
import { mostFound, type SearchKind } from '../../contract/search.ts'
import { searchKey } from '../../sql/music/search-key.ts'
import { type Candidate, ranked } from '../../sql/search/rank.ts'
import { type SearchText, takeApart } from '../../sql/search/words.ts'
import { expressionOf } from './expression.ts'
import { vocabularyOf } from './vocabulary.ts'

/** Candidates of each way to be one: a search looks at no more, so that it costs the same in a store of any size. */
const mostCandidates = 120
/** With fewer, what is spelled nearly so is looked for as well. */
const enough = 10

/** Where each kind is found, and what says that many mean it. */
const kinds = {
  tracks: {
    words: 'track_words',
    index: 'track_index',
    weight: '(SELECT favorite_count FROM tracks WHERE tracks.id = found.id)',
    beginnings: [
      `SELECT id FROM tracks WHERE is_unlisted = 0 AND deleted_at IS NULL AND title_key >= ? AND title_key < ?
       ORDER BY title_key LIMIT ${mostCandidates}`,
    ],
  },
  users: {
    words: 'user_words',
    index: 'user_index',
    weight: 'users.follower_count',
    beginnings: ['handle_key', 'name_key'].map(
      (column) =>
        `SELECT id FROM users WHERE ${column} >= ? AND ${column} < ? ORDER BY ${column} LIMIT ${mostCandidates}`,
    ),
  },
  playlists: {
    words: 'playlist_words',
    index: 'playlist_index',
    weight: '(SELECT favorite_count FROM playlists WHERE playlists.id = found.id)',
    beginnings: [
      `SELECT id FROM playlists WHERE is_private = 0 AND deleted_at IS NULL AND name_key >= ? AND name_key < ?
       ORDER BY name_key LIMIT ${mostCandidates}`,
    ],
  },
} as const satisfies Readonly<Record<SearchKind, object>>

/** Finds in one database without pause: `Find`, for whoever may be held up. */
export function finderOn(database: DatabaseSync): (kind: SearchKind, text: string) => readonly number[] {
  const vocabulary = vocabularyOf(database)
  const { completions } = vocabulary
  const statements = {
    tracks: statementsOf('tracks'),
    users: statementsOf('users'),
    playlists: statementsOf('playlists'),
  }

  function statementsOf(kind: SearchKind) {
    const { words, index, weight, beginnings } = kinds[kind]
    const matching = database.prepare(
      `SELECT rowid AS id FROM ${index} WHERE ${index} MATCH ? ORDER BY rowid DESC LIMIT ${mostCandidates}`,
    )
    return {
      matching,
      beginning: beginnings.map((sql) => database.prepare(sql)),
      rows: database.prepare(`
        SELECT found.id, found.title, found.artist, found.tags, ${weight} AS weight
        FROM json_each(?) JOIN ${words} AS found ON found.id = value
        JOIN users ON users.id = found.owner_id WHERE users.disabled_at IS NULL`),
    }
  }

  function candidates(kind: SearchKind, ids: ReadonlySet<number>, isCorrected: boolean): Candidate[] {
    return statements[kind].rows.all(JSON.stringify([...ids])).map((row) => ({
      id: Number(row['id']),
      title: String(row['title']),
      artist: String(row['artist']),
      tags: String(row['tags']),
      weight: Number(row['weight']),
      isCorrected,
    }))
  }

  function matching(kind: SearchKind, expression: string): number[] {
    return statements[kind].matching.all(expression).map((row) => Number(row['id']))
  }

  function exactly(kind: SearchKind, text: string, parsed: SearchText): ReadonlySet<number> {
    const from = searchKey(text)
    const beginning = statements[kind].beginning.flatMap((statement) =>
      statement.all(from, `${from}\u{10ffff}`).map((row) => Number(row['id'])),
    )
    const expression = expressionOf(parsed, { completions })
    return new Set([
      ...(from === '' ? [] : beginning),
      ...matching(kind, `title : (${expression})`),
      ...matching(kind, expression),
    ])
  }

  function nearly(kind: SearchKind, parsed: SearchText): readonly number[] {
    const together = parsed.pieces.flatMap(({ parts }) => parts).join('')
    const apart = expressionOf(parsed, vocabulary)
    return matching(kind, parsed.pieces.length > 1 ? `(${apart}) OR "${together}"` : apart)
  }

  return (kind, text) => {
    const parsed = takeApart(text)
    if (parsed.pieces.length === 0 && parsed.symbols.length === 0) return []
    const found = exactly(kind, text, parsed)
    const right = candidates(kind, found, false)
    const near =
      right.length >= enough || parsed.pieces.length === 0
        ? []
        : nearly(kind, parsed).filter((id) => !found.has(id))
    return ranked([...right, ...candidates(kind, new Set(near), true)], parsed).slice(0, mostFound)
  }
}
