import type { Random } from '../crypto/secret.ts'

/** Bytes of an id: a whole number of letters, so that many are written at once. */
const idBytes = 9
const idLetters = 12
const atOnce = 200

/** Makes ids that join an answer to its log line: 72 random bits each. */
export function requestIds(random: Random): () => string {
  let letters = ''
  let given = 0
  return () => {
    if (given === letters.length) {
      letters = Buffer.from(random(atOnce * idBytes)).toString('base64url')
      given = 0
    }
    given += idLetters
    return letters.slice(given - idLetters, given)
  }
}
