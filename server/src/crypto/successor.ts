import { hash } from 'node:crypto'
import type { Instant } from '../store/contract/store.ts'
import { unseal } from './seal.ts'
import { type Credential, dateBytes, mint, mintDated, type Random } from './secret.ts'

const randomBytes = 32
const secretBytes = 32

/** The access and refresh token that follow a refresh token. */
export interface Successors {
  readonly access: Credential
  readonly refresh: Credential
}

/** The time, and random bytes, that a pair is made with and that are kept beside the digest of the token before it. */
export function newSalt(random: Random, now: Instant): Uint8Array {
  const salt = Buffer.allocUnsafe(dateBytes + randomBytes)
  salt.writeUIntBE(now, 0, dateBytes)
  salt.set(random(randomBytes), dateBytes)
  return salt
}

/**
 * Makes the pair that follows a token, always the same of the same salt: who has the database alone, or the token alone,
 * cannot make it, and whoever presents the token again can be answered with it again.
 */
export function successorsOf(presented: string, salt: Uint8Array): Successors {
  // No part has a space in it, so no two of them read as another.
  const text = `stagedoor successors ${presented} ${Buffer.from(salt).toString('base64url')}`
  const bytes = Buffer.from(hash('sha512', text, 'binary'), 'binary')
  const ofAccess = () => bytes.subarray(0, secretBytes)
  const ofRefresh = () => bytes.subarray(secretBytes)
  // A salt of versions before this one has no time.
  if (salt.length === randomBytes)
    return { access: mint('access', ofAccess), refresh: mint('refresh', ofRefresh) }
  const now = Buffer.from(salt).readUIntBE(0, dateBytes)
  return {
    access: mintDated('access', ofAccess, now),
    refresh: mintDated('refresh', ofRefresh, now),
  }
}

/**
 * The pair that a token was answered with before.
 * @param kept its salt, or the pair itself as versions before this one have sealed it
 */
export function successorsAgain(
  presented: string,
  kept: Uint8Array,
): readonly [access: string, refresh: string] {
  if (kept.length === randomBytes || kept.length === dateBytes + randomBytes) {
    const { access, refresh } = successorsOf(presented, kept)
    return [access.text, refresh.text]
  }
  const [access = '', refresh = ''] = unseal(kept, presented).split(' ')
  return [access, refresh]
}
