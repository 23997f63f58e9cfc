import type { Pool } from 'pg'
import { type Find, mostFound, type SearchKind } from '../contract/search.ts'
import { type Candidate, ranked } from '../sql/search/rank.ts'
import { allowedFaults, faultsBetween, spellingKeys } from '../sql/search/spelling.ts'
import { canBeMisspelt, type SearchText, takeApart } from '../sql/search/words.ts'
import { unavailable } from './failure.ts'

/** Candidates of a search: it looks at no more. */
const mostCandidates = 300
/** With fewer, what is spelled nearly so is looked for as well. */
const enough = 10
/** How many words a beginning, and a misspelt word, may stand for. */
const [mostCompletions, mostCorrections] = [24, 6]

const tables: Readonly<Record<SearchKind, readonly [words: string, weight: string]>> = {
  tracks: ['track_words', '(SELECT favorite_count FROM tracks WHERE tracks.id = found.id)'],
  users: ['user_words', 'users.follower_count'],
  playlists: ['playlist_words', '(SELECT favorite_count FROM playlists WHERE playlists.id = found.id)'],
}

/** Words of which a document has at least one. */
type Choice = readonly string[]

/** Finds in PostgreSQL, which does so beside whatever else it is asked. */
export function finderOn(pool: Pool): Find {
  async function rowsOf(text: string, values: unknown[]): Promise<readonly Record<string, unknown>[]> {
    try {
      const { rows } = await pool.query({ text, values })
      return rows
    } catch (error) {
      throw unavailable(error)
    }
  }

  async function completions(beginning: string): Promise<readonly string[]> {
    const rows = await rowsOf(
      `SELECT word FROM (SELECT word, uses FROM search_vocabulary WHERE word > $1 AND word < $2 ORDER BY word LIMIT 500) AS nearest
       ORDER BY uses DESC LIMIT ${mostCompletions}`,
      [beginning, `${beginning}\u{10ffff}`],
    )
    return rows.map((row) => String(row['word']))
  }

  async function corrections(word: string): Promise<readonly string[]> {
    if (!canBeMisspelt(word)) return []
    const rows = await rowsOf(
      `SELECT DISTINCT word, uses FROM search_spellings JOIN search_vocabulary USING (word) WHERE key = ANY($1)`,
      [spellingKeys(word)],
    )
    const most = allowedFaults(Array.from(word).length)
    return rows
      .map((row) => ({ word: String(row['word']), uses: Number(row['uses']) }))
      .map((row) => ({ ...row, faults: faultsBetween(word, row.word) }))
      .filter(({ faults }) => faults > 0 && faults <= most)
      .sort((one, other) => one.faults - other.faults || other.uses - one.uses)
      .slice(0, mostCorrections)
      .map((row) => row.word)
  }

  /** One choice for every word that must be there. */
  async function choicesOf({ pieces, symbols }: SearchText, isNearly: boolean): Promise<readonly Choice[]> {
    if (pieces.length === 0) return symbols.map((symbol) => [symbol])
    const words = pieces.flatMap(({ parts }) => parts)
    return Promise.all(
      words.map(async (word, at) => [
        word,
        ...(at === words.length - 1 ? await completions(word) : []),
        ...(isNearly ? await corrections(word) : []),
      ]),
    )
  }

  async function candidates(
    kind: SearchKind,
    choices: readonly Choice[],
    isCorrected: boolean,
  ): Promise<readonly Candidate[]> {
    const [words, weight] = tables[kind]
    const has = choices.map(
      (_, at) => `string_to_array(title || ' ' || artist || ' ' || tags, ' ') && $${at + 1}::text[]`,
    )
    const rows = await rowsOf(
      `SELECT found.id, found.title, found.artist, found.tags, ${weight} AS weight FROM ${words} AS found
       JOIN users ON users.id = found.owner_id WHERE users.disabled_at IS NULL AND ${has.join(' AND ')}
       ORDER BY found.id DESC LIMIT ${mostCandidates}`,
      [...choices],
    )
    return rows.map((row) => ({
      id: Number(row['id']),
      title: String(row['title']),
      artist: String(row['artist']),
      tags: String(row['tags']),
      weight: Number(row['weight']),
      isCorrected,
    }))
  }

  return async (kind, text) => {
    const parsed = takeApart(text)
    if (parsed.pieces.length === 0 && parsed.symbols.length === 0) return []
    const right = await candidates(kind, await choicesOf(parsed, false), false)
    const known = new Set(right.map(({ id }) => id))
    // What is written with signs or spaces is stored as one word as well.
    const joined = parsed.pieces.flatMap(({ parts }) => parts).join('')
    const near =
      right.length >= enough || parsed.pieces.length === 0
        ? []
        : [
            ...(await candidates(kind, await choicesOf(parsed, true), true)),
            ...(await candidates(kind, [[joined]], true)),
          ].filter(({ id }) => !known.has(id))
    const once = new Map([...right, ...near].map((candidate) => [candidate.id, candidate]))
    return ranked([...once.values()], parsed).slice(0, mostFound)
  }
}
