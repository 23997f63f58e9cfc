import { hash } from 'node:crypto'
import { unseal } from './seal.ts'
import { type Credential, mint } from './secret.ts'

/** Random bytes that a pair is made with, and that are kept beside the digest of the token before it. */
export const saltBytes = 32
const secretBytes = 32

/** The access and refresh token that follow a refresh token. */
export interface Successors {
  readonly access: Credential
  readonly refresh: Credential
}

/**
 * Makes the pair that follows a token, always the same of the same salt: who has the database alone, or the token alone,
 * cannot make it, and whoever presents the token again can be answered with it again.
 */
export function successorsOf(presented: string, salt: Uint8Array): Successors {
  // All parts have one length each, so no two of them read as another.
  const text = `stagedoor successors ${presented} ${Buffer.from(salt).toString('base64url')}`
  const bytes = Buffer.from(hash('sha512', text, 'binary'), 'binary')
  return {
    access: mint('access', () => bytes.subarray(0, secretBytes)),
    refresh: mint('refresh', () => bytes.subarray(secretBytes)),
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
  if (kept.length === saltBytes) {
    const { access, refresh } = successorsOf(presented, kept)
    return [access.text, refresh.text]
  }
  const [access = '', refresh = ''] = unseal(kept, presented).split(' ')
  return [access, refresh]
}
