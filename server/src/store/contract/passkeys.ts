import type { Digest, Instant, User } from './types.ts'

/** A key pair that a person's device keeps, and what signs them in with it. */
export interface Passkey {
  /** The credential id that its device chose, base64url. */
  readonly id: string
  readonly userId: number
  /** COSE key. */
  readonly publicKey: Uint8Array
  /** Signatures that its device has counted; 0 for devices that do not count. */
  readonly counter: number
  /** The browser and system that it was made in, in words. */
  readonly device: string
  readonly createdAt: Instant
  /** When it last signed somebody in. */
  readonly usedAt: Instant | null
}

/** A challenge that a device has signed; one that nobody has signed is not stored. */
export interface UsedChallenge {
  readonly digest: Digest
  readonly expiresAt: Instant
}

export type NewPasskey = Omit<Passkey, 'usedAt'>

export type PasskeyCreation = 'created' | 'repeated' | 'taken' | 'full' | 'spent'

/** The verbs of passkeys; part of the contract in `store.ts`. */
export interface PasskeyStore {
  /** The bytes by which devices know a user: `fresh`, unless the user has some already. */
  passkeyHandle(userId: number, fresh: Uint8Array): Promise<Uint8Array>
  /** Uses up a challenge whose signature was right; of any number of concurrent calls one answers true. */
  useChallenge(challenge: UsedChallenge): Promise<boolean>
  /**
   * Adds a passkey, unless there is one of its id or its user has `limit` of them, and uses up the challenge that its
   * device has signed. `repeated` when that very passkey was added by this challenge before, `spent` when anything
   * else was.
   */
  createPasskey(passkey: NewPasskey, limit: number, challenge: UsedChallenge): Promise<PasskeyCreation>
  /** A passkey with its user, disabled ones included. */
  findPasskey(
    id: string,
  ): Promise<{ readonly passkey: Passkey; readonly user: User; readonly handle: Uint8Array } | undefined>
  /** Notes a sign-in; false when the passkey is gone, or has counted as far already (WebAuthn §6.1.1). */
  usePasskey(id: string, counter: number, now: Instant): Promise<boolean>
  /** The passkeys of a user, the newest first. */
  listPasskeys(userId: number): Promise<readonly Passkey[]>
  /** Removes a passkey of this user; false when it is none of theirs. */
  deletePasskey(userId: number, id: string): Promise<boolean>
}
