import { indexedBeginnings } from '../../sql/search/tables.ts'
import { canBeMisspelt, type Piece, type SearchText } from '../../sql/search/words.ts'

/** What words may mean besides themselves. */
export interface Vocabulary {
  /** The words that begin so, the commonest first. */
  readonly completions: (beginning: string) => readonly string[]
  /** What a misspelt word, or two that are run together, may mean. */
  readonly corrections: (word: string) => readonly string[]
}

// Words are letters, digits and signs beyond ASCII, so that none of them ends the quotes.
const quoted = (words: readonly string[]): string => `"${words.join(' ')}"`

/** The expression by which FTS5 finds all pieces of a text, in any order, the last one by its beginning. */
export function expressionOf(
  { pieces, symbols }: SearchText,
  { completions, corrections }: Partial<Vocabulary> & Pick<Vocabulary, 'completions'>,
): string {
  if (pieces.length === 0) return symbols.map((symbol) => quoted([symbol])).join(' AND ')
  return pieces.map((piece, at) => `(${choices(piece, at === pieces.length - 1).join(' OR ')})`).join(' AND ')

  function choices({ parts, joined }: Piece, isLast: boolean): readonly string[] {
    const phrases = joined === null ? [parts] : [parts, [joined]]
    const [word = ''] = parts
    const others = parts.length === 1 ? (corrections?.(word) ?? []) : []
    const corrected = others.map((other) => quoted(other.split(' ')))
    return [...phrases.flatMap((phrase) => (isLast ? begun(phrase) : [quoted(phrase)])), ...corrected]
  }

  /** A phrase whose last word goes on: by the index where that has such beginnings, for it would read every word that begins so. */
  function begun(phrase: readonly string[]): readonly string[] {
    const last = phrase.at(-1) ?? ''
    if (Array.from(last).length <= indexedBeginnings || !canBeMisspelt(last)) return [`${quoted(phrase)} *`]
    return [phrase, ...completions(last).map((word) => phrase.with(-1, word))].map(quoted)
  }
}
