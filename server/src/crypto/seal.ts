import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'
import type { Random } from './secret.ts'

const algorithm = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

/**
 * Encrypts a text under a key that only the given token yields, so that it can lie beside the token's digest: who
 * has the database alone cannot read it.
 */
export function seal(text: string, token: string, random: Random): Uint8Array {
  const nonce = random(nonceBytes)
  const cipher = createCipheriv(algorithm, keyFrom(token), nonce, { authTagLength: tagBytes })
  return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
}

/**
 * Decrypts what `seal` made with the same token.
 * @throws Error when the token is another or the bytes were changed.
 */
export function unseal(sealed: Uint8Array, token: string): string {
  const bytes = Buffer.from(sealed)
  const decipher = createDecipheriv(algorithm, keyFrom(token), bytes.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  })
  decipher.setAuthTag(bytes.subarray(-tagBytes))
  return Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()]).toString(
    'utf8',
  )
}

// Given its bytes, a cipher takes ten times as long to find out what kind of key it was given.
const keyFrom = (token: string): KeyObject =>
  createSecretKey(new Uint8Array(hkdfSync('sha256', token, '', 'stagedoor successor pair', 32)))
