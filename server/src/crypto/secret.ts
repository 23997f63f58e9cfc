import { hash, timingSafeEqual } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { Digest, Instant } from '../store/contract/store.ts'

const prefixes = {
  access: 'sdat_',
  management: 'sdmt_',
  refresh: 'sdrt_',
  code: 'sdac_',
  device: 'sddc_',
  session: 'sdse_',
  request: 'sdrq_',
  browser: 'sdbr_',
  reset: 'sdpr_',
  email: 'sdec_',
} as const

export type CredentialKind = keyof typeof prefixes
/** Those that are stored by the million. */
type DatedKind = 'access' | 'refresh' | 'code'

/** A secret, and the only form of it that is stored. */
export interface Credential {
  readonly text: string
  readonly digest: Digest
}

/** A source of `bytes` cryptographically strong random bytes. */
export type Random = (bytes: number) => Uint8Array

const secretBytes = 32
const prefixLength = 5
/** The time in milliseconds: eight letters of base64url. */
export const dateBytes = 6
const dateEnd = prefixLength + (dateBytes * 4) / 3
const digestBytes = 32
// Those without a date are of the other kinds, and of versions before this one.
const shape = /^sd(?:(?:at|mt|rt|ac|dc|se|rq|br|pr|ec)_[A-Za-z0-9_-]{49}|(?:at|rt|ac)_[A-Za-z0-9_-]{57})$/
const datedLength = prefixLength + 57

/** Makes a new secret of a kind: its prefix, 256 random bits and a checksum, 54 characters in all. */
export function mint(kind: CredentialKind, random: Random): Credential {
  return ending(prefixes[kind] + Buffer.from(random(secretBytes)).toString('base64url'))
}

/**
 * Makes a new secret that begins with the time, 62 characters in all. So does its digest: rows of one moment then lie
 * beside each other in an index, where those of bare digests are a page each to be read and written.
 */
export function mintDated(kind: DatedKind, random: Random, now: Instant): Credential {
  const bytes = Buffer.allocUnsafe(dateBytes + secretBytes)
  bytes.writeUIntBE(now, 0, dateBytes)
  bytes.set(random(secretBytes), dateBytes)
  return ending(prefixes[kind] + bytes.toString('base64url'))
}

/** Reads a presented secret; `undefined` when it cannot be one of this kind, found without any look-up. */
export function read(kind: CredentialKind, text: string | undefined): Credential | undefined {
  if (text === undefined || !text.startsWith(prefixes[kind]) || !shape.test(text)) return undefined
  if (checksum(text.slice(0, -6)) !== text.slice(-6)) return undefined
  return { text, digest: digestOf(text) }
}

function ending(body: string): Credential {
  const text = body + checksum(body)
  return { text, digest: digestOf(text) }
}

function digestOf(text: string): Digest {
  if (text.length !== datedLength) return digest(text)
  const dated = Buffer.allocUnsafe(dateBytes + digestBytes)
  dated.write(text.slice(prefixLength, dateEnd), 'base64url')
  dated.write(hash('sha256', text, 'binary'), dateBytes, 'binary')
  return dated
}

/** The SHA-256 of a text, 32 bytes. */
export function digest(text: string): Digest {
  // Told to make a buffer itself, `hash` takes twice as long.
  return Buffer.from(hash('sha256', text, 'binary'), 'binary')
}

/** Compares two digests in constant time. */
export function sameDigest(a: Digest, b: Digest): boolean {
  return a.length === b.length && timingSafeEqual(a, b)
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

// A CRC-32 in base64url (RFC 4648 §5): five letters of six bits, and one of the two that are left.
function checksum(body: string): string {
  const sum = crc32(body)
  let text = ''
  for (let shift = 26; shift > 0; shift -= 6) text += letters[(sum >>> shift) & 63]
  return text + letters[(sum << 4) & 63]
}
