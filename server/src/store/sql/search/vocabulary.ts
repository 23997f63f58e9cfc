import { type Placeholder, query, statement } from '../statement.ts'
import { change, one, run, together, type Verb } from '../transaction.ts'
import { spellingKeys } from './spelling.ts'
import { canBeMisspelt } from './words.ts'

type Counted = { word: string; uses: number }

const countWord = statement((p: Placeholder<Counted>) =>
  query
    .insertInto('search_vocabulary')
    .values({ word: p('word'), uses: p('uses') })
    .onConflict((conflict) =>
      conflict.column('word').doUpdateSet((set) => ({ uses: set('search_vocabulary.uses', '+', p('uses')) })),
    )
    .returning('uses'),
)

const uncountWord = statement((p: Placeholder<Counted>) =>
  query
    .updateTable('search_vocabulary')
    .set((set) => ({ uses: set('uses', '-', p('uses')) }))
    .where('word', '=', p('word'))
    .returning('uses'),
)

const deleteWord = statement((p: Placeholder<{ word: string }>) =>
  query.deleteFrom('search_vocabulary').where('word', '=', p('word')),
)

const insertKey = statement((p: Placeholder<{ key: string; word: string }>) =>
  query
    .insertInto('search_spellings')
    .values({ key: p('key'), word: p('word') })
    .onConflict((conflict) => conflict.doNothing()),
)

const deleteKey = statement((p: Placeholder<{ key: string; word: string }>) =>
  query.deleteFrom('search_spellings').where('key', '=', p('key')).where('word', '=', p('word')),
)

/** Counts words by which something is found from now on, so that what is spelled nearly so finds it as well. */
export function* learnWords(words: readonly string[]): Verb<void> {
  for (const [word, uses] of counted([...new Set(words)])) {
    const row = yield* one(countWord, { word, uses })
    if (row?.uses === uses) yield* together(spellingKeys(word).map((key) => run(insertKey, { key, word })))
  }
}

/** Uncounts words by which something was found; a word that nothing has any more is forgotten. */
export function* unlearnWords(words: readonly string[]): Verb<void> {
  for (const [word, uses] of counted(words)) {
    const row = yield* one(uncountWord, { word, uses })
    if (row === undefined || row.uses > 0) continue
    yield* change(deleteWord, { word })
    yield* together(spellingKeys(word).map((key) => run(deleteKey, { key, word })))
  }
}

function counted(words: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const word of words) if (canBeMisspelt(word)) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}
