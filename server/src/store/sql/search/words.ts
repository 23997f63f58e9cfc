import { fold } from './fold.ts'

/** The longest word that is told apart from others, in characters; what is longer counts by its beginning. */
const longestWord = 40

/** Scripts that put nothing between words: every character with its marks stands for itself there. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}][\p{M}ー]*/gu
const words = /[\p{L}\p{N}\p{M}]+/gu
const symbols = /[\p{P}\p{S}]/gu

/** What stands between two spaces: `rock-n-roll` has three parts, and is also `rocknroll`. */
export interface Piece {
  readonly parts: readonly string[]
  /** The parts as one word; null where that says nothing else. */
  readonly joined: string | null
}

/** A text as searches compare it. */
export interface SearchText {
  readonly pieces: readonly Piece[]
  /** Punctuation, signs and emoji, each once. */
  readonly symbols: readonly string[]
}

/** Takes a text apart. */
export function takeApart(text: string): SearchText {
  const folded = fold(text)
  return {
    pieces: folded
      .split(' ')
      .map(pieceOf)
      .filter(({ parts }) => parts.length > 0),
    symbols: [...new Set(folded.match(symbols))].map(asWord),
  }
}

/** Every word of a text that it is found by, in order. */
export function wordsOf(text: string): readonly string[] {
  const { pieces, symbols } = takeApart(text)
  return [...pieces.flatMap(wordsOfPiece), ...symbols]
}

/** The words that a piece is found by. */
export const wordsOfPiece = ({ parts, joined }: Piece): readonly string[] =>
  joined === null ? parts : [...parts, joined]

/** Whether a word is spelled in letters, of which one may be wrong. */
export const canBeMisspelt = (word: string): boolean =>
  /^[\p{L}\p{M}]{3,24}$/u.test(word) && word.match(unspaced) === null

function pieceOf(piece: string): Piece {
  const parts = (piece.match(words) ?? []).flatMap(split).map(shortened)
  const joined = parts.some((part) => part.match(unspaced)) ? '' : parts.join('')
  return { parts, joined: parts.length > 1 && joined !== '' ? shortened(joined) : null }
}

/** A run of letters by the scripts in it. */
function split(run: string): string[] {
  const parts: string[] = []
  let after = 0
  for (const { 0: character, index } of run.matchAll(unspaced)) {
    if (index > after) parts.push(run.slice(after, index))
    parts.push(character)
    after = index + character.length
  }
  if (after < run.length) parts.push(run.slice(after))
  return parts
}

const shortened = (word: string): string => Array.from(word).slice(0, longestWord).join('')

/** ASCII's own signs part words in the index; their stand-ins of the private use area do not. */
const asWord = (symbol: string): string =>
  symbol.charCodeAt(0) < 0x80 ? String.fromCharCode(0xe000 + symbol.charCodeAt(0)) : symbol
