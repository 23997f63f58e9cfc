import type { Instant, User } from './types.ts'

/** Whose access an operator ends: everything from before a moment, or what one user or one app has. */
export type AccessOf =
  | { readonly before: Instant }
  | { readonly userId: number }
  | { readonly apiKey: string }

/** What ended. */
export interface EndedAccess {
  readonly logins: number
  readonly sessions: number
  readonly consents: number
}

/** What only the operator of an installation does; part of the contract in `store.ts`. */
export interface OperatorStore {
  /** The accounts whose handle, name or email holds a text, disabled ones included; at most a hundred. */
  findUsers(text: string): Promise<readonly User[]>
  /** Lets a disabled user in again; false when there is none of that handle, or the account was deleted. */
  enableUser(handle: string, now: Instant): Promise<boolean>
  /** Sets a password and ends all that could act for the user: sessions, passkeys, links in mail, the access of apps. */
  setPassword(handle: string, passwordHash: string, now: Instant): Promise<boolean>
  /** Deletes an account as its owner would, disabled or not; false when there is none, or it was deleted before. */
  removeUser(handle: string, deadHash: string, now: Instant): Promise<boolean>
  /** From this commit on nobody logs in to an app, and all that was issued to it has ended; false when it was so before. */
  suspendApp(apiKey: string, now: Instant): Promise<boolean>
  resumeApp(apiKey: string, now: Instant): Promise<boolean>
  /** Ends tokens, codes and remembered consents, and of users also sessions and management tokens. */
  endAccess(access: AccessOf, now: Instant): Promise<EndedAccess>
}
