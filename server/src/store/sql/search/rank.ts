import { type SearchText, wordsOfPiece } from './words.ts'

/** Something that may be meant, with its words as they are stored. */
export interface Candidate {
  readonly id: number
  readonly title: string
  readonly artist: string
  readonly tags: string
  /** In how many libraries it is, or what else says that many mean it. */
  readonly weight: number
  /** Whether it was found by words that are spelled otherwise. */
  readonly isCorrected: boolean
}

/** Orders candidates: by title before by artist or tag, whole before in part, spelled right before nearly so. */
export function ranked(candidates: readonly Candidate[], text: SearchText): readonly number[] {
  const words = text.pieces.length > 0 ? text.pieces.flatMap(wordsOfPiece) : text.symbols
  const scored = candidates.map((candidate) => ({
    id: candidate.id,
    score: scoreOf(candidate, text, words),
  }))
  return scored.sort((one, other) => other.score - one.score || other.id - one.id).map(({ id }) => id)
}

function scoreOf(candidate: Candidate, text: SearchText, words: readonly string[]): number {
  const { artist, weight, isCorrected } = candidate
  const [title, tags] = [inWords(candidate.title, text), inWords(candidate.tags, text)]
  const asked = words.join(' ')
  const share = (of: string): number => {
    const had = of.split(' ')
    return words.filter((word) => had.includes(word)).length / Math.max(1, words.length)
  }
  const isWhole = title === asked || tags === asked
  return (
    (isWhole ? 60 : 0) +
    (title.startsWith(asked) || tags.startsWith(asked) ? 40 : 0) +
    (` ${title}`.includes(` ${asked}`) ? 15 : 0) +
    40 * share(title) +
    8 * share(artist) +
    8 * share(tags) +
    3 * Math.log2(1 + Math.max(0, weight)) -
    Math.min(10, Math.max(0, title.split(' ').length - words.length)) -
    (isCorrected ? 100 : 0)
  )
}

const symbols = / ?[^\p{L}\p{N}\p{M} ]/gu

/** What is compared with a text: its words, or its signs where it has no words. */
const inWords = (stored: string, { pieces }: SearchText): string =>
  pieces.length > 0 ? stored.replace(symbols, '').trimStart() : stored
