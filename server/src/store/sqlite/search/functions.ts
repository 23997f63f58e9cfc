import type { DatabaseSync } from 'node:sqlite'
import { spellingKeys } from '../../sql/search/spelling.ts'
import { canBeMisspelt, wordsOf } from '../../sql/search/words.ts'

/** Lets a migration find words as the verbs do. */
export function addSearchFunctions(database: DatabaseSync): void {
  const pure = { deterministic: true } as const
  database.function('search_words', pure, (text) => wordsOf(String(text)).join(' '))
  database.function('search_vocabulary_of', pure, (words) =>
    JSON.stringify([...new Set(String(words).split(' ').filter(canBeMisspelt))]),
  )
  database.function('search_spellings_of', pure, (word) => JSON.stringify(spellingKeys(String(word))))
}
