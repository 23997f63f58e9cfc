/** Numbers that words quote: each stands here once, and the words are made from it. */

const [second, minute] = [1000, 60_000]
const hour = 60 * minute
const day = 24 * hour

/** How long things live, in milliseconds. */
export const lifetimes = {
  /** From the person's answer to the exchange (RFC 6749 §4.1.2 recommends ten minutes at most). */
  code: 60 * second,
  /** From an app's request to the person's answer. */
  request: 10 * minute,
  /** From an app's pushing of a request to its browser's opening of it (RFC 9126 §2.2). */
  pushedRequest: 90 * second,
  /** For which an equal request is answered as the one that was allowed. */
  repeat: 2 * minute,
  /** Of an ID token: it says who signed in, and is no access. */
  idToken: hour,
  access: hour,
  /** Of a refresh token that is not used. */
  refresh: 30 * day,
  /** Of everything issued from one login, however often it is refreshed. */
  family: 180 * day,
  /** For which a browser is known after its last sign-in. */
  knownBrowser: 180 * day,
  /** For which one who listens again is not counted again. */
  play: hour,
  /** From a device's beginning of a login to the person's answer (RFC 8628 §3.2). */
  deviceLogin: 10 * minute,
  /** From a passkey's challenge to its signature. */
  passkeyChallenge: 5 * minute,
  /** Of what happened in the logins of an app, in its log. */
  flowLog: 7 * day,
  /** Of a link to a new password. */
  resetLink: 30 * minute,
  /** Of a link that confirms an email. */
  emailLink: day,
} as const

/** The life of a key that signs ID tokens, in milliseconds. */
export const signingKeys = {
  /** From its making to the next one's. */
  renewedAfter: 90 * day,
  /** For which everybody can read it before it signs. */
  publishedBefore: hour,
  /** For which it can still be read once another signs. */
  publishedAfter: day,
  /** After which a server asks the store for the keys of others. */
  readAgainAfter: minute,
} as const

/** Milliseconds that the head of a request, and its body, may take to arrive. */
export const requestTimeoutMs = 15 * second

/** What the login of a device is bound to in the place of a redirect URI and a challenge: no request can name it. */
export const deviceBinding = 'device'

/** What a track's audio may be said to be, by its file or by its artist: characters, and beats in a minute. */
export const audioFacts = { key: 40, bpm: 999 } as const

/** What apps may send with a request, in characters. */
export const longest = { state: 2000, loginHint: 320, nonce: 1000 } as const

/** Characters of a password, also in words. */
export const passwordLength = { least: 8, most: 128 } as const
export const passwordLengthWords = `${passwordLength.least} to ${passwordLength.most} characters`
/** What a form says beside a new password. */
export const passwordHint = `${passwordLengthWords}. Three or four words that do not belong together are good.`

/** The largest that is taken, in bytes. */
export const mostBytes = { body: 64 * 1024, picture: 10 * 1024 * 1024, archive: 20 * 1024 ** 3 } as const

/** The longest audio, in milliseconds. */
export const longestAudio = 6 * hour

/** How many links in mail an account, or an address, is sent, and for how long one stands for the next. */
export const mailLinks = { anHour: 3, repeatedMs: minute } as const

/** How many tracks a playlist has at most. */
export const playlistTracks = 500

const numerals = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']

/** A size in words: “64 kB”, “10 MB”. */
export function sizeInWords(bytes: number): string {
  const unit = bytes < 1024 ** 2 ? 1 : bytes < 1024 ** 3 ? 2 : 3
  return `${bytes / 1024 ** unit} ${['kB', 'MB', 'GB'][unit - 1]}`
}

/** A duration in words, in the largest unit of which there are at least two: “ten minutes”, “60 seconds”; “an hour”. */
export function inWords(milliseconds: number): string {
  if (milliseconds === hour) return 'an hour'
  const units = [
    ['day', day],
    ['hour', hour],
    ['minute', minute],
  ] as const
  const [name, length] = units.find(([, unit]) => milliseconds >= 2 * unit) ?? ['second', second]
  const count = Math.round(milliseconds / length)
  return `${numerals[count] ?? count} ${name}${count === 1 ? '' : 's'}`
}
