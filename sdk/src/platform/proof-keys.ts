import type { Bound } from '../http/proofs.ts'
import type { TokenStore } from './token-store.ts'

/** Where the key pair is kept that tokens are bound to (DPoP, RFC 9449). */
export interface ProofKeys {
  readonly subtle: SubtleCrypto
  /** Whether it is the device's or the process's, and so may be made before anybody logs in. */
  readonly isShared: boolean
  get(): Promise<CryptoKeyPair | null>
  /** Makes a pair and keeps it; answers that of another tab which was first. */
  make(): Promise<CryptoKeyPair>
}

/** How a key is made and read (RFC 7518 §3.4). */
export const es256 = { name: 'ECDSA', namedCurve: 'P-256' } as const

/** A key that lives as long as the instance. */
export const memoryKeys = (subtle: SubtleCrypto, bound: Bound): ProofKeys => ({
  subtle,
  isShared: true,
  get: async () => bound.pair ?? null,
  make: async () => {
    bound.pair = await subtle.generateKey(es256, false, ['sign'])
    return bound.pair
  },
})

/** A key that the token store keeps beside the tokens; null for a store that keeps none. */
export function storedKeys(subtle: SubtleCrypto, store: TokenStore): ProofKeys | null {
  const { getProofKey, setProofKey } = store
  if (!getProofKey || !setProofKey) return null
  return {
    subtle,
    isShared: false,
    get: async () => {
      const written = await getProofKey.call(store)
      return written ? pairIn(written, subtle) : null
    },
    make: async () => {
      const pair = await subtle.generateKey(es256, true, ['sign'])
      await setProofKey.call(store, JSON.stringify(await subtle.exportKey('jwk', pair.privateKey)))
      return pair
    },
  }
}

/** The pair of a private key that was written as JSON. */
async function pairIn(written: string, subtle: SubtleCrypto): Promise<CryptoKeyPair> {
  const { kty, crv, x, y, d } = JSON.parse(written)
  const [privateKey, publicKey] = await Promise.all([
    subtle.importKey('jwk', { kty, crv, x, y, d }, es256, false, ['sign']),
    subtle.importKey('jwk', { kty, crv, x, y }, es256, true, ['verify']),
  ])
  return { privateKey, publicKey }
}
