import type { Digest, Instant, User } from './types.ts'

/** What a person's own program manages their apps by. */
export interface ManagementToken {
  readonly digest: Digest
  readonly userId: number
  /** What its owner calls it. */
  readonly name: string
  readonly createdAt: Instant
  readonly expiresAt: Instant
  /** When the hour began in which it was last used. */
  readonly usedAt: Instant | null
}

export type NewManagementToken = Omit<ManagementToken, 'usedAt'>

/** The verbs of management tokens; part of the contract in `store.ts`. */
export interface ManagementTokenStore {
  /**
   * Adds a token unless its user has `limit` that work. `repeated`: it is there already and works; `ended`: it was
   * there and was revoked or has expired. Of any number of concurrent calls for one digest one is `created`.
   */
  createManagementToken(
    token: NewManagementToken,
    limit: number,
  ): Promise<'created' | 'repeated' | 'ended' | 'full'>
  /** A token that works, and its user, who is not disabled. */
  findManagementToken(
    digest: Digest,
    now: Instant,
  ): Promise<{ readonly user: User; readonly usedAt: Instant | null } | undefined>
  /** Notes that a token was used. */
  touchManagementToken(digest: Digest, now: Instant): Promise<void>
  /** The tokens of a user that work, the newest first. */
  listManagementTokens(userId: number, now: Instant): Promise<readonly ManagementToken[]>
  /** Ends a token of this user at once; false when they have none like it. */
  revokeManagementToken(userId: number, digest: Digest, now: Instant): Promise<boolean>
}
