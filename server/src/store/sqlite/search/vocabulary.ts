import type { DatabaseSync } from 'node:sqlite'
import { allowedFaults, faultsBetween, spellingKeys } from '../../sql/search/spelling.ts'
import { canBeMisspelt } from '../../sql/search/words.ts'
import type { Vocabulary } from './expression.ts'

/** How many words a misspelt one may stand for. */
const mostCorrections = 6
/** How many words a beginning may stand for, and how many are looked at for them. */
const mostCompletions = 12
const looked = 200

/** The words of a database. */
export function vocabularyOf(database: DatabaseSync): Vocabulary {
  const nearly = database.prepare(`
    SELECT DISTINCT word, uses FROM json_each(?) AS asked JOIN search_spellings ON search_spellings.key = asked.value
    JOIN search_vocabulary USING (word)`)
  const isKnown = database.prepare('SELECT 1 FROM search_vocabulary WHERE word = ?')

  const beginning = database.prepare(
    `SELECT word, uses FROM search_vocabulary WHERE word > ? AND word < ? ORDER BY word LIMIT ${looked}`,
  )

  function completions(start: string): readonly string[] {
    return beginning
      .all(start, `${start}\u{10ffff}`)
      .map((row) => ({ word: String(row['word']), uses: Number(row['uses']) }))
      .sort((one, other) => other.uses - one.uses)
      .slice(0, mostCompletions)
      .map(({ word }) => word)
  }

  function misspelt(word: string): readonly string[] {
    const letters = Array.from(word).length
    const most = allowedFaults(letters)
    return nearly
      .all(JSON.stringify(spellingKeys(word)))
      .map((row) => ({ word: String(row['word']), uses: Number(row['uses']) }))
      .map((row) => ({ ...row, faults: faultsBetween(word, row.word) }))
      .filter(({ faults }) => faults > 0 && faults <= most)
      .sort((one, other) => one.faults - other.faults || other.uses - one.uses)
      .slice(0, mostCorrections)
      .map((row) => row.word)
  }

  /** Two words with the space between them left out. */
  function runTogether(word: string): readonly string[] {
    const letters = Array.from(word)
    return letters.flatMap((_, at) => {
      const parts = [letters.slice(0, at).join(''), letters.slice(at).join('')]
      return at > 1 && parts.every((part) => isKnown.get(part) !== undefined) ? [parts.join(' ')] : []
    })
  }

  return {
    completions,
    corrections: (word) => (canBeMisspelt(word) ? [...misspelt(word), ...runTogether(word)] : []),
  }
}
