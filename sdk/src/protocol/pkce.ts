/** The first 32 bits of the fractions of the first primes' roots (FIPS 180-4 §4.2.2, §5.3.3). */
function fractions(count: number, exponent: number): number[] {
  const primes: number[] = []
  for (let n = 2; primes.length < count; n += 1) if (primes.every((prime) => n % prime)) primes.push(n)
  return primes.map((prime) => ((prime ** exponent % 1) * 2 ** 32) | 0)
}

/** The XOR of a word rotated right by each of some numbers of bits. */
const rotated = (word: number, ...turns: number[]) =>
  turns.reduce((mixed, bits) => mixed ^ (word >>> bits) ^ (word << (32 - bits)), 0)

/**
 * SHA-256 (FIPS 180-4) in plain script: the browser's own is asynchronous, which would lose the click that a popup
 * needs, and missing outside of secure contexts.
 *
 * @param message Up to 512 MiB.
 * @returns 32 bytes.
 */
export function sha256(message: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(((message.length + 72) >> 6) << 6)
  const view = new DataView(bytes.buffer)
  bytes.set(message)
  bytes[message.length] = 0x80
  view.setUint32(bytes.length - 4, message.length * 8)

  const constants = fractions(64, 1 / 3)
  let hash = fractions(8, 1 / 2)

  for (let block = 0; block < bytes.length; block += 64) {
    const words: number[] = []
    let state = hash
    constants.forEach((constant, t) => {
      const [w16 = 0, w15 = 0, w7 = 0, w2 = 0] = [16, 15, 7, 2].map((back) => words[t - back])
      const low = rotated(w15, 7, 18) ^ (w15 >>> 3)
      const high = rotated(w2, 17, 19) ^ (w2 >>> 10)
      const word = t < 16 ? view.getInt32(block + t * 4) : (w16 + low + w7 + high) | 0
      words.push(word)

      const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state
      const t1 = h + rotated(e, 6, 11, 25) + ((e & f) ^ (~e & g)) + constant + word
      const t2 = rotated(a, 2, 13, 22) + ((a & b) ^ (a & c) ^ (b & c))
      state = [(t1 + t2) | 0, a, b, c, (d + t1) | 0, e, f, g]
    })
    hash = hash.map((word, at) => (word + (state[at] ?? 0)) | 0)
  }

  hash.forEach((word, at) => {
    view.setInt32(at * 4, word)
  })
  return bytes.slice(0, 32)
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Base64url without padding (RFC 4648 §5). */
export function base64url(bytes: Uint8Array): string {
  let text = ''
  for (let bit = 0; bit < bytes.length * 8; bit += 6) {
    const [high = 0, low = 0] = bytes.subarray(bit >> 3)
    text += alphabet[(((high << 8) | low) >> (10 - (bit & 7))) & 63]
  }
  return text
}

/** The S256 challenge of a verifier (RFC 7636 §4.2), which is ASCII. */
export function challengeOf(verifier: string): string {
  return base64url(sha256(Uint8Array.from(verifier, (character) => character.charCodeAt(0))))
}
