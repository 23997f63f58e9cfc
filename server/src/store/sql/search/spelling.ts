/** A word without one of its letters, each once. */
export function withoutOne(word: string): readonly string[] {
  const letters = Array.from(word)
  return [...new Set(letters.map((_, at) => letters.toSpliced(at, 1).join('')))]
}

/**
 * What a misspelt word is looked up by: itself, and itself without any one letter. A letter that is wrong, missing, too
 * much, or changed places with the next leaves two words one of these in common.
 */
export const spellingKeys = (word: string): readonly string[] => [word, ...withoutOne(word)]

/** How many letters may be wrong in a word of this many. */
export const allowedFaults = (letters: number): number => (letters < 8 ? 1 : 2)

/** How many letters are wrong, missing, too many or have changed places with the next (the optimal string alignment distance). */
export function faultsBetween(one: string, other: string): number {
  const [a, b] = [Array.from(one), Array.from(other)]
  let before: number[] = []
  let last = b.map((_, at) => at + 1)
  last.unshift(0)
  for (const [row, letter] of a.entries()) {
    const next = [row + 1]
    for (const [column, against] of b.entries()) {
      const replaced = (last[column] ?? 0) + (letter === against ? 0 : 1)
      const swapped =
        letter === b[column - 1] && against === a[row - 1] ? (before[column - 1] ?? Infinity) + 1 : Infinity
      next.push(Math.min(replaced, swapped, (last[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1))
    }
    before = last
    last = next
  }
  return last[b.length] ?? 0
}
