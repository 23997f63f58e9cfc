import type { Instant } from './types.ts'

/** The algorithms by which this server signs (RFC 7518 §3.1). */
export type SigningAlgorithm = 'ES256' | 'RS256'

/** A key that signs what this server says of people. */
export interface SigningKey {
  readonly kid: string
  readonly algorithm: SigningAlgorithm
  /** The public half as a JWK (RFC 7517) in JSON. */
  readonly publicJwk: string
  /** The private half, encrypted under a secret that is not in the store. */
  readonly sealed: Uint8Array
  readonly createdAt: Instant
}

/** How an app takes its ID tokens. */
export interface IdTokenUse {
  readonly algorithm: SigningAlgorithm
  /** What the app is called on the wire. */
  readonly clientId: string
}

export interface SigningKeyStore {
  /** Whom the ID tokens of an app are for, and what they are signed with: ES256 unless it has said otherwise. */
  findIdTokenUse(apiKey: string): Promise<IdTokenUse>
  /** Sets what signs the ID tokens of an app: of this owner's or, with null, of anybody's, for the operator. False when there is none. */
  setIdTokenAlgorithm(apiKey: string, ownerId: number | null, algorithm: SigningAlgorithm): Promise<boolean>
  /** The newest first. */
  listSigningKeys(): Promise<readonly SigningKey[]>
  /**
   * Adds a key unless one of its algorithm was made at `since` or later: of any number of servers that renew at once one
   * adds its own. Answers all keys, the newest first.
   */
  addSigningKey(key: SigningKey, since: Instant): Promise<readonly SigningKey[]>
  deleteSigningKeys(kids: readonly string[]): Promise<void>
}
