import type { Digest, Instant, NewSession, User } from './types.ts'

/** A one-time link that a mail holds. */
export interface MailLink {
  readonly digest: Digest
  readonly userId: number
  readonly createdAt: Instant
  readonly expiresAt: Instant
}

/** How many links may be made. */
export interface MailBounds {
  /** When the hour that counts began. */
  readonly since: Instant
  readonly atMost: number
  /** A link made after this still stands for one that is asked for again. */
  readonly repeatSince: Instant
}

export interface PasswordReset {
  readonly digest: Digest
  /** The new hash. */
  readonly to: string
  /** The one session that there is afterwards, of the link's user. */
  readonly session: NewSession
}

export type EmailConfirmation =
  /** @param user as they were before. */
  | { readonly outcome: 'changed'; readonly user: User; readonly email: string }
  /** The link has made the address the account's before, and it still is. */
  | { readonly outcome: 'repeated' }
  /** The address has become another account's; nothing was changed. */
  | { readonly outcome: 'taken' }
  /** The link is unknown, expired or ended. */
  | { readonly outcome: 'gone' }

/** The verbs of links in mail; part of the contract in `store.ts`. A link is one of its user's, and works once. */
export interface MailLinkStore {
  /**
   * Makes a link to a new password, which ends the one before; false, and nothing changes, beyond the bounds, when one
   * has just been made, or while the user's address is not confirmed.
   */
  createReset(link: MailLink, bounds: MailBounds): Promise<boolean>
  /** The user of a link to a new password that would work now. */
  findReset(digest: Digest, now: Instant): Promise<User | undefined>
  /** The user of a link to a new password that was used, or ended otherwise, before its time. */
  findEndedReset(digest: Digest, now: Instant): Promise<User | undefined>
  /**
   * Uses a link: sets the password; ends every session, passkey, app's access and other link of the user; starts a new
   * session. Of any number of concurrent uses exactly one is made.
   */
  resetPassword(reset: PasswordReset): Promise<boolean>
  /**
   * Makes a link that proves a new address, which ends the one before; whether the address is free is decided when it is
   * confirmed. The bounds hold for the address, whoever asked, and for a user's links to other addresses than
   * their own. `repeated` when one to the same address
   * has just been made.
   */
  createEmailChange(
    link: MailLink & { readonly email: string },
    bounds: MailBounds,
  ): Promise<'created' | 'repeated' | 'bounded'>
  /** The change of address of a link that would work now. */
  findEmailChange(
    digest: Digest,
    now: Instant,
  ): Promise<{ readonly user: User; readonly email: string } | undefined>
  /** The address that waits to be confirmed by a user. */
  findPendingEmail(userId: number, now: Instant): Promise<string | undefined>
  /** Withdraws what waits to be confirmed by a user. */
  cancelEmailChange(userId: number, now: Instant): Promise<void>
  /**
   * Uses a link: the address becomes its user's unless another account has confirmed it by now, and every link in mail
   * to the address of before ends. Whoever else named it loses the claim. Of any number of users who confirm one address
   * at once exactly one has it.
   */
  confirmEmailChange(digest: Digest, now: Instant): Promise<EmailConfirmation>
}
