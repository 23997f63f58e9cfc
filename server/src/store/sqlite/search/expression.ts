import type { Piece, SearchText } from '../../sql/search/words.ts'

/** What a word may also mean, and how little it is wrong then. */
export type Corrections = (word: string) => readonly string[]

const none: Corrections = () => []

// Words are letters, digits and signs beyond ASCII, so that none of them ends the quotes.
const quoted = (words: readonly string[]): string => `"${words.join(' ')}"`

const either = (choices: readonly string[]): string => `(${choices.join(' OR ')})`

/** The expression by which FTS5 finds all pieces of a text, in any order, the last one by its beginning. */
export function expressionOf({ pieces, symbols }: SearchText, corrections: Corrections = none): string {
  if (pieces.length === 0) return symbols.map((symbol) => quoted([symbol])).join(' AND ')
  return pieces.map((piece, at) => choices(piece, at === pieces.length - 1, corrections)).join(' AND ')
}

function choices({ parts, joined }: Piece, isLast: boolean, corrections: Corrections): string {
  const beginning = isLast ? ' *' : ''
  const [word] = parts
  const others = parts.length === 1 && word !== undefined ? corrections(word) : []
  const corrected = others.map((other) => quoted(other.split(' ')))
  const whole = joined === null ? [] : [quoted([joined]) + beginning]
  return either([quoted(parts) + beginning, ...whole, ...corrected])
}
