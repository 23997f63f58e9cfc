import { hash, timingSafeEqual } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { Digest } from '../store/contract/store.ts'

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

/** A secret, and the only form of it that is stored. */
export interface Credential {
  readonly text: string
  readonly digest: Digest
}

/** A source of `bytes` cryptographically strong random bytes. */
export type Random = (bytes: number) => Uint8Array

const secretBytes = 32
const shape = /^sd(?:at|mt|rt|ac|dc|se|rq|br|pr|ec)_[A-Za-z0-9_-]{49}$/

/** Makes a new secret of a kind: its prefix, 256 random bits and a checksum, 54 characters in all. */
export function mint(kind: CredentialKind, random: Random): Credential {
  const body = prefixes[kind] + Buffer.from(random(secretBytes)).toString('base64url')
  const text = body + checksum(body)
  return { text, digest: digest(text) }
}

/** Reads a presented secret; `undefined` when it cannot be one of this kind, found without any look-up. */
export function read(kind: CredentialKind, text: string | undefined): Credential | undefined {
  if (text === undefined || !text.startsWith(prefixes[kind]) || !shape.test(text)) return undefined
  if (checksum(text.slice(0, -6)) !== text.slice(-6)) return undefined
  return { text, digest: digest(text) }
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
