import type { App, Digest, Instant, NewSession, Place, Scope } from './types.ts'

/** A session as its owner sees it. */
export interface ListedSession extends Place {
  readonly digest: Digest
  readonly createdAt: Instant
  /** To the hour. */
  readonly usedAt: Instant
}

/** An app that may act for a user. */
export interface ConnectedApp {
  /** Null for one that is known by the name it gave itself. */
  readonly app: App | null
  readonly name: string
  /** Where an app without a key was returned to; one of those that an app with a key may use. */
  readonly redirectUri: string
  readonly scope: Scope
  /** Whether it is told the user's email. */
  readonly knowsEmail: boolean
  readonly createdAt: Instant
  /** When it last got a new access token, which it does once an hour while it is used. */
  readonly usedAt: Instant
  /** Tracks it has published for the user that are still there. */
  readonly trackCount: number
  /** Tracks it has saved to the user's library that are still there. */
  readonly savedCount: number
}

export interface PasswordChange {
  readonly userId: number
  /** The hash that was checked: another change in between refuses this one. */
  readonly from: string
  readonly to: string
  /** The one session that there is afterwards. */
  readonly session: NewSession
  /** Whether every app's access ends as well. */
  readonly endApps: boolean
  /** Whether every passkey is removed as well. */
  readonly endPasskeys: boolean
}

export interface AccountDeletion {
  readonly userId: number
  /** The hash that was checked. */
  readonly passwordHash: string
  /** A hash that no password has, for sign-in to check from now on. */
  readonly deadHash: string
  readonly now: Instant
}

/** The verbs of somebody's own account; part of the contract in `store.ts`. Each is bound to its user. */
export interface AccountStore {
  listSessions(userId: number, now: Instant): Promise<readonly ListedSession[]>
  /** Notes that a session is used, and where. */
  touchSession(digest: Digest, place: Place, now: Instant): Promise<void>
  /** Ends one session of this user, telling the apps of it; false when it is no session of theirs. */
  /** @param now when it ended, which its apps are told; null where nobody is */
  endSession(userId: number, digest: Digest, now?: Instant | null): Promise<boolean>
  /** Ends every session of this user but one, and forgets every browser but this; answers how many sessions ended. */
  endOtherSessions(userId: number, keep: Digest, browser: Digest, now: Instant): Promise<number>
  /**
   * Whether the user of this handle or e-mail has signed in in this browser. An address means nobody here while several
   * accounts name it: one of them could be a stranger's, made to get past the counts of the others.
   */
  isKnownBrowser(login: string, browser: Digest): Promise<boolean>
  /**
   * Changes a password, ends every session and starts a new one. Of any number of concurrent changes from one hash
   * exactly one is made.
   */
  changePassword(change: PasswordChange): Promise<boolean>
  /** The apps that may act for a user, the newest first; those without a key by name and redirect URI. */
  listConnectedApps(userId: number, now: Instant): Promise<readonly ConnectedApp[]>
  /** Ends the access of an app without a key at once; false when there was none. */
  endUnregisteredApp(userId: number, name: string, redirectUri: string, now: Instant): Promise<boolean>
  /**
   * Deletes an account: from this commit on nobody is signed in to it, no code or token of it or of its apps works, and
   * its tracks are gone. What it published waits to be swept. Its handle stays taken. False when the password has changed.
   */
  deleteUser(deletion: AccountDeletion): Promise<boolean>
}
