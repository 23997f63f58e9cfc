import type { Instant, SigningAlgorithm } from '../../contract/store.ts'

/** What seals what browsers carry. */
export interface SealingKeys {
  id: number
  secret: Uint8Array
  created_at: Instant
}

/** What signs ID tokens. */
export interface SigningKeys {
  kid: string
  algorithm: SigningAlgorithm
  public_jwk: string
  /** The private half, encrypted under a secret that is not here. */
  sealed: Uint8Array
  created_at: Instant
}
