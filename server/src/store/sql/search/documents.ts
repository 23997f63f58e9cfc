import type { SearchKind } from '../../contract/search.ts'
import { type Placeholder, query, type Statement, statement } from '../statement.ts'
import { all, change, one, run, together, type Verb } from '../transaction.ts'
import { learnWords, unlearnWords } from './vocabulary.ts'
import { wordsOf } from './words.ts'

/** What is found by its words, as its owner spells them. */
export interface Searchable {
  readonly id: number
  readonly ownerId: number
  readonly title: string
  /** Who made it. */
  readonly artist: string
  readonly tags: string
}

const tables = { tracks: 'track_words', users: 'user_words', playlists: 'playlist_words' } as const

type Row = { id: number; ownerId: number; title: string; artist: string; tags: string }
type Words = { title: string; artist: string; tags: string }

interface Statements {
  readonly insert: Statement<Row, unknown>
  readonly remove: Statement<{ id: number }, Words>
  readonly ofOwner: Statement<{ ownerId: number }, Words>
  readonly removeOfOwner: Statement<{ ownerId: number }, unknown>
  readonly rename: Statement<{ ownerId: number; artist: string }, unknown>
}

const columns = ['title', 'artist', 'tags'] as const

const statementsOf = (table: (typeof tables)[SearchKind]): Statements => ({
  insert: statement((p: Placeholder<Row>) =>
    query.insertInto(table).values({
      id: p('id'),
      owner_id: p('ownerId'),
      title: p('title'),
      artist: p('artist'),
      tags: p('tags'),
    }),
  ),
  remove: statement((p: Placeholder<{ id: number }>) =>
    query.deleteFrom(table).where('id', '=', p('id')).returning(columns),
  ),
  ofOwner: statement((p: Placeholder<{ ownerId: number }>) =>
    query.selectFrom(table).select(columns).where('owner_id', '=', p('ownerId')),
  ),
  removeOfOwner: statement((p: Placeholder<{ ownerId: number }>) =>
    query.deleteFrom(table).where('owner_id', '=', p('ownerId')),
  ),
  rename: statement((p: Placeholder<{ ownerId: number; artist: string }>) =>
    query
      .updateTable(table)
      .set({ artist: p('artist') })
      .where('owner_id', '=', p('ownerId'))
      .where('artist', '<>', p('artist')),
  ),
})

const statements: Readonly<Record<SearchKind, Statements>> = {
  tracks: statementsOf(tables.tracks),
  users: statementsOf(tables.users),
  playlists: statementsOf(tables.playlists),
}

/** The kinds that carry the name of whoever made them. */
const madeBySomebody = ['tracks', 'playlists'] as const

const spaced = (words: readonly string[]): string => words.join(' ')

/** The words that a document brings along. An artist's are those of a user, who has a document too. */
const ownWords = ({ title, tags }: Words): readonly string[] =>
  `${title} ${tags}`.split(' ').filter((word) => word !== '')

/** Lets something be found by its words, and no longer by what it was before. */
export function* makeFound(kind: SearchKind, { id, ownerId, title, artist, tags }: Searchable): Verb<void> {
  yield* hide(kind, id)
  const row = {
    title: spaced(wordsOf(title)),
    artist: spaced(wordsOf(artist)),
    tags: spaced(wordsOf(tags)),
  }
  yield* change(statements[kind].insert, { id, ownerId, ...row })
  yield* learnWords(ownWords(row))
}

/** Lets something no longer be found. */
export function* hide(kind: SearchKind, id: number): Verb<void> {
  const row = yield* one(statements[kind].remove, { id })
  if (row !== undefined) yield* unlearnWords([...new Set(ownWords(row))])
}

/** Lets nothing of a user be found any more. */
export function* hideAllOf(ownerId: number): Verb<void> {
  for (const { ofOwner, removeOfOwner } of Object.values(statements)) {
    const rows = yield* all(ofOwner, { ownerId })
    yield* change(removeOfOwner, { ownerId })
    yield* unlearnWords(rows.flatMap((row) => [...new Set(ownWords(row))]))
  }
}

/** What a user and what they made is found by. */
export const artistOf = ({ name, handle }: { readonly name: string; readonly handle: string }): string =>
  `${name} ${handle}`

/** Lets a user be found by the name that they have now, and so what they made. */
export function* rename(user: {
  readonly id: number
  readonly name: string
  readonly handle: string
}): Verb<void> {
  const { id, name, handle } = user
  yield* makeFound('users', { id, ownerId: id, title: name, artist: '', tags: handle })
  const artist = spaced(wordsOf(artistOf(user)))
  yield* together(madeBySomebody.map((kind) => run(statements[kind].rename, { ownerId: id, artist })))
}
