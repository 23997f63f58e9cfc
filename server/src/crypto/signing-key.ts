import { createPrivateKey, generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import type { Instant, SigningAlgorithm, SigningKey } from '../store/contract/store.ts'
import { seal, unseal } from './seal.ts'
import type { Random } from './secret.ts'

const generate = promisify(generateKeyPair)

/**
 * Makes a key pair whose private half is sealed.
 * @param secret what it is sealed under; it does not lie in the store
 */
export async function makeSigningKey(
  algorithm: SigningAlgorithm,
  secret: string,
  { now, random }: { readonly now: Instant; readonly random: Random },
): Promise<SigningKey> {
  const { publicKey, privateKey } =
    algorithm === 'ES256'
      ? await generate('ec', { namedCurve: 'P-256' })
      : await generate('rsa', { modulusLength: 2048 })
  const kid = Buffer.from(random(12)).toString('base64url')
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid, alg: algorithm, use: 'sig' }
  const text = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
  return {
    kid,
    algorithm,
    publicJwk: JSON.stringify(jwk),
    sealed: seal(text, secretOf(secret), random),
    createdAt: now,
  }
}

/** The private half of a key; undefined where it was sealed under another secret. */
export function privateKeyOf({ sealed }: SigningKey, secret: string): KeyObject | undefined {
  let text: string
  try {
    text = unseal(sealed, secretOf(secret))
  } catch {
    return undefined
  }
  return createPrivateKey(text)
}

const secretOf = (secret: string): string => `signing key ${secret}`
