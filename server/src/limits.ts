/** Numbers that words quote: each stands here once, and the words are made from it. */

const [second, minute] = [1000, 60_000]

/** How long things live, in milliseconds. */
export const lifetimes = {
  /** From the person's answer to the exchange (RFC 6749 §4.1.2 recommends ten minutes at most). */
  code: 60 * second,
  /** From an app's request to the person's answer. */
  request: 10 * minute,
  /** For which an equal request is answered as the one that was allowed. */
  repeat: 2 * minute,
  /** From a passkey's challenge to its signature. */
  passkeyChallenge: 5 * minute,
} as const

/** What apps may send with a request, in characters. */
export const longest = { state: 2000, loginHint: 320 } as const

const numerals = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']

/** A duration in words, in the largest unit of which there are at least two: “ten minutes”, “60 seconds”. */
export function inWords(milliseconds: number): string {
  const units = [
    ['day', 24 * 60 * minute],
    ['hour', 60 * minute],
    ['minute', minute],
  ] as const
  const [name, length] = units.find(([, unit]) => milliseconds >= 2 * unit) ?? ['second', second]
  const count = Math.round(milliseconds / length)
  return `${numerals[count] ?? count} ${name}${count === 1 ? '' : 's'}`
}
