/** What a search costs among a million tracks, and what a login beside it: `npm run search-cost -w server [TRACKS [FILE]]`. A file is kept. */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Store } from '../src/store/contract/store.ts'
import { addSearchFunctions } from '../src/store/sqlite/search/functions.ts'
import { migrateSqlite, openSqliteStore } from '../src/store/sqlite/store.ts'
import { logIn } from '../test/store/world.ts'

const tracks = Number(process.argv[2] ?? 1_000_000)
const artists = Math.max(1, Math.round(tracks / 50))
const searches = 2_000
const logins = 300

// A generator of the same numbers every time, so that two runs measure the same.
let state = 20_261
function random(): number {
  state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
  return state / 2_147_483_648
}
const pick = <T>(of: readonly T[]): T => {
  const one = of[Math.floor(random() * of.length)]
  if (one === undefined) throw new Error('Nothing to pick from')
  return one
}

const syllables =
  'ba be bi bo bu da de di do fa fe fi ga go ka ke ki la le li lo ma me mi mo na ne no ra re ri ro sa se si ta te ti to va ve vi wa we za'.split(
    ' ',
  )
const vocabulary = [
  ...new Set(
    Array.from({ length: 60_000 }, () =>
      Array.from({ length: 2 + Math.floor(random() * 3) }, () => pick(syllables)).join(''),
    ),
  ),
]
/** Few words are in many titles, and many in few. */
const word = (): string => vocabulary[Math.floor(vocabulary.length * random() ** 4)] ?? 'love'
const words = (most: number): string =>
  Array.from({ length: 1 + Math.floor(random() * most) }, word).join(' ')

function fill(file: string): void {
  migrateSqlite(file)
  const database = new DatabaseSync(file)
  addSearchFunctions(database)
  database.exec('PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; BEGIN')
  const addUser = database.prepare(
    `INSERT INTO users (id, handle, handle_key, name, name_key, email, email_key, password_hash, is_verified, created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, '', ?, '', 0, 0, 0)`,
  )
  const addArtist = database.prepare(
    "INSERT INTO user_words (id, owner_id, title, artist, tags) VALUES (?1, ?1, search_words(?2), '', search_words(?3))",
  )
  for (let id = 1; id <= artists; id++) {
    const name = words(2)
    addUser.run(id, `artist${id}`, `artist${id}`, name, name, `${id}@example.com`)
    addArtist.run(id, name, `artist${id}`)
  }
  const addTrack = database.prepare(
    `INSERT INTO tracks (id, user_id, slug, title, title_key, genre, tags, track_cid, duration, is_downloadable, is_unlisted, favorite_count, created_at, updated_at)
     VALUES (?1, ?2, ?1, ?3, ?3, 'Electronic', ?4, 'x', 1, 0, 0, ?5, ?1, ?1)`,
  )
  const addWords = database.prepare(
    `INSERT INTO track_words (id, owner_id, title, artist, tags)
     SELECT ?1, ?2, search_words(?3), (SELECT title || ' ' || tags FROM user_words WHERE id = ?2), search_words(?4)`,
  )
  for (let id = 1; id <= tracks; id++) {
    const [owner, title, tags] = [1 + Math.floor(random() * artists), words(5), words(2)]
    addTrack.run(id, owner, title, tags, Math.floor(10_000 * random() ** 8))
    addWords.run(id, owner, title, tags)
  }
  database.exec(`
    INSERT INTO search_vocabulary (word, uses)
    SELECT value, count(*) FROM (
      SELECT value FROM user_words, json_each(search_vocabulary_of(title || ' ' || tags))
      UNION ALL SELECT value FROM track_words, json_each(search_vocabulary_of(title || ' ' || tags))
    ) GROUP BY value;
    INSERT INTO search_spellings (key, word)
    SELECT value, word FROM search_vocabulary, json_each(search_spellings_of(word));
    COMMIT`)
  database.close()
}

const misspelt = (text: string): string => {
  const at = Math.floor(random() * Math.max(1, text.length - 1))
  return `${text.slice(0, at)}${pick(syllables).slice(1)}${text.slice(at + 1)}`
}

/** What people type, of each kind. */
const kinds: Readonly<Record<string, () => string>> = {
  'one word': word,
  'a word of many titles': () => vocabulary[Math.floor(random() * 20)] ?? 'love',
  'two words': () => `${word()} ${word()}`,
  'two words of many titles': () =>
    `${vocabulary[Math.floor(random() * 20)]} ${vocabulary[Math.floor(random() * 20)]}`,
  'three words': () => `${word()} ${word()} ${word()}`,
  'the beginning of a word': () => word().slice(0, 1 + Math.floor(random() * 5)),
  'a misspelt word': () => misspelt(word()),
  'two misspelt words': () => `${misspelt(word())} ${misspelt(word())}`,
  'an artist': () => `artist${1 + Math.floor(random() * artists)}`,
  'what nothing has': () => randomBytes(6).toString('hex'),
}

const quantile = (times: readonly number[], share: number): string =>
  (times.toSorted((one, other) => one - other)[Math.floor(times.length * share)] ?? 0).toFixed(1).padStart(7)

async function time(task: () => Promise<unknown>): Promise<number> {
  const before = performance.now()
  await task()
  return performance.now() - before
}

const find = (store: Store, query: string) =>
  store.searchTracks({ query, offset: 0, limit: 20, viewerId: null })

async function timesOf(make: () => string, count: number, store: Store): Promise<number[]> {
  const times: number[] = []
  for (let index = 0; index < count; index++) times.push(await time(() => find(store, make())))
  return times
}

async function loginTimes(store: Store): Promise<number[]> {
  const times: number[] = []
  for (let index = 0; index < logins; index++) times.push(await time(() => logIn(store)))
  return times
}

const line = (name: string, times: readonly number[]) =>
  console.log(
    `${name.padEnd(32)} p50 ${quantile(times, 0.5)} ms  p95 ${quantile(times, 0.95)} ms  worst ${quantile(times, 1 - 1e-9)} ms`,
  )

const folder = mkdtempSync(join(tmpdir(), 'stagedoor-search-'))
try {
  const file = process.argv[3] ?? join(folder, 'search.sqlite')
  const filled = await time(async () => existsSync(file) || fill(file))
  console.log(
    `${tracks.toLocaleString('en')} tracks of ${artists.toLocaleString('en')} artists, made in ${(filled / 1000).toFixed(0)} s\n`,
  )
  const store = openSqliteStore({ file })
  await find(store, 'the first starts the thread')
  const every: number[] = []
  for (const [name, make] of Object.entries(kinds)) {
    const times = await timesOf(make, searches / Object.keys(kinds).length, store)
    every.push(...times)
    line(name, times)
  }
  line('every search', every)
  line('\na login alone', await loginTimes(store))
  let isOver = false
  const beside = (async () => {
    while (!isOver) await Promise.all(Object.values(kinds).map((make) => find(store, make())))
  })()
  line('a login beside ten searches', await loginTimes(store))
  isOver = true
  await beside
  await store.close()
} finally {
  rmSync(folder, { recursive: true })
}
