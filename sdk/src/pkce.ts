/** Roots of the first primes start the hash and drive its rounds (FIPS 180-4 §4.2.2, §5.3.3). */
function primes(): number[] {
  const found: number[] = []
  for (let n = 2; found.length < 64; n += 1) if (found.every((prime) => n % prime)) found.push(n)
  return found
}

/** The first 32 bits of a number's fraction. */
const fraction = (value: number) => ((value % 1) * 2 ** 32) | 0

const rotate = (word: number, bits: number) => (word >>> bits) | (word << (32 - bits))

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

  const constants = primes().map((prime) => fraction(prime ** (1 / 3)))
  let hash = primes()
    .slice(0, 8)
    .map((prime) => fraction(prime ** 0.5))

  for (let block = 0; block < bytes.length; block += 64) {
    const schedule: number[] = []
    const state = [...hash]
    constants.forEach((constant, t) => {
      const [w16 = 0, w15 = 0, w7 = 0, w2 = 0] = [16, 15, 7, 2].map((back) => schedule[t - back])
      const low = rotate(w15, 7) ^ rotate(w15, 18) ^ (w15 >>> 3)
      const high = rotate(w2, 17) ^ rotate(w2, 19) ^ (w2 >>> 10)
      const word = t < 16 ? view.getInt32(block + t * 4) : (w16 + low + w7 + high) | 0
      schedule.push(word)

      const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state
      const t1 = h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + constant + word
      const t2 = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))
      state.splice(0, 8, (t1 + t2) | 0, a, b, c, (d + t1) | 0, e, f, g)
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
