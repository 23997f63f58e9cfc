/**
 * The contract of the store. Every verb is one transaction, states the race it decides, and is answered only
 * after its commit. Callers never read and then write: what must hold at the moment of writing is part of the verb. One that
 * writes for a user rejects with `UserInactive` once they are disabled or gone.
 * Two implementations must pass `test/store/contract.ts`.
 */

import type { AccountStore } from './account.ts'
import type { DeveloperStore } from './apps.ts'
import type { Actor, AuditStore } from './audit.ts'
import type { CommentStore } from './comments.ts'
import type { DeviceLoginStore } from './device-logins.ts'
import type { ImportStore } from './imports.ts'
import type { LimitStore } from './limits.ts'
import type { ListeningStore } from './listening.ts'
import type { MailLinkStore } from './mail-links.ts'
import type { MailStore } from './mails.ts'
import type { ManagementTokenStore } from './management-tokens.ts'
import type { MusicStore } from './music.ts'
import type {
  AccessToken,
  AuthorizationRequest,
  CodeOutcome,
  CodeRedemption,
  Consent,
  NewCode,
  PendingRequest,
  RefreshOutcome,
  RefreshRotation,
  RepeatedRequest,
  RequestAnswer,
  RequestApp,
  RequestFinish,
  RequestKey,
} from './oauth.ts'
import type { OperatorStore } from './operator.ts'
import type { OutboxStore } from './outbox.ts'
import type { PasskeyStore } from './passkeys.ts'
import type { PlaylistStore } from './playlists.ts'
import type { SigningKeyStore } from './signing-keys.ts'
import type {
  Digest,
  Instant,
  NewSession,
  Once,
  SealingKey,
  SessionOfUser,
  SignInMethod,
  User,
} from './types.ts'
import type { UploadStore } from './uploads.ts'
import type { UsageStore } from './usage.ts'

export type * from './account.ts'
export type * from './apps.ts'
export type * from './audit.ts'
export type * from './comments.ts'
export type * from './device-logins.ts'
export type * from './imports.ts'
export type * from './limits.ts'
export type * from './listening.ts'
export type * from './mail-links.ts'
export type * from './mails.ts'
export type * from './management-tokens.ts'
export type * from './music.ts'
export type * from './oauth.ts'
export type * from './operator.ts'
export type * from './outbox.ts'
export type * from './passkeys.ts'
export type * from './playlists.ts'
export type * from './signing-keys.ts'
export type * from './types.ts'
export type * from './uploads.ts'
export type * from './usage.ts'

export interface NewUser {
  readonly handle: string
  readonly name: string
  readonly email: string
  /**
   * `confirmed` at once, unless another account has confirmed it; `unconfirmed`, whoever else names it; `first`, which
   * is unconfirmed too, unless another account names it.
   */
  readonly emailClaim: 'confirmed' | 'unconfirmed' | 'first'
  /** An argon2id hash in PHC format. */
  readonly passwordHash: string
  readonly isVerified: boolean
  readonly profilePicture: string | null
  readonly now: Instant
}

export type UserCreation =
  | { readonly outcome: 'created'; readonly user: User }
  | { readonly outcome: 'taken'; readonly field: 'handle' | 'email' }

/** A user, and the hash that their password is checked against. */
export interface Credentials {
  readonly user: User
  readonly passwordHash: string
}

export interface Session {
  readonly user: User
  readonly createdAt: Instant
  /** When the person last proved, by password or passkey, that it is they. */
  readonly authenticatedAt: Instant
  /** How; null where that was not noted. */
  readonly method: SignInMethod | null
  readonly usedAt: Instant
  /** Its name in ID tokens, which stays when its person signs in again. */
  readonly sid: string
}

/** A session that has begun. */
export interface BegunSession extends Pick<Session, 'sid'> {
  /** Whether its user had not signed in in this browser before. */
  readonly isNewBrowser: boolean
}

export interface Store
  extends AccountStore,
    AuditStore,
    DeveloperStore,
    DeviceLoginStore,
    LimitStore,
    MailLinkStore,
    ManagementTokenStore,
    MusicStore,
    PlaylistStore,
    ListeningStore,
    ImportStore,
    CommentStore,
    OperatorStore,
    OutboxStore,
    MailStore,
    PasskeyStore,
    SigningKeyStore,
    UploadStore,
    UsageStore {
  /** The same store for what one actor does: every verb that the audit log tells of writes its entry in its transaction. */
  as(actor: Actor): Store
  /**
   * The same store for one request that is to make something once: sent again with the same key within a day, it is
   * answered what it came to. Verbs that make something reject with `KeyReused` when the key came with another request.
   */
  once(request: Once): Store
  /** Adds a user; of any number of concurrent calls for one handle, in any case, one wins. So it is by `emailClaim`. */
  createUser(user: NewUser): Promise<UserCreation>
  /**
   * Whom a handle or e-mail may mean, disabled ones included: the user of the handle, the one who has confirmed the
   * address, or else the first few who named it.
   */
  findCredentials(login: string): Promise<readonly Credentials[]>
  /** The user who has confirmed this address. */
  findEmailOwner(email: string): Promise<User | undefined>
  /** Confirms the address of a user without a link, unless another account has confirmed it. */
  confirmEmail(handle: string, now: Instant): Promise<'confirmed' | 'taken' | 'unknown'>
  /** The user of this handle, in any case, disabled ones included. */
  findUserByHandle(handle: string): Promise<User | undefined>
  listUsers(): Promise<readonly User[]>
  /** Marks a user as verified; false when there is none of that handle. */
  verifyUser(handle: string, now: Instant): Promise<boolean>
  /** Disables a user and, at once, every session, code and token of theirs; false when there is none. */
  disableUser(handle: string, now: Instant): Promise<boolean>

  /**
   * Starts a session; answers whether its user had not signed in in this browser before. Null where its proof is none any
   * more: the password or passkey was taken away, or the user disabled, since it was looked at.
   */
  createSession(session: NewSession): Promise<BegunSession | null>
  /** A session that is not expired, of a user who is not disabled. */
  findSession(digest: Digest, now: Instant): Promise<Session | undefined>
  /** Notes that the person of a session has just proven again that it is they. */
  reauthenticateSession(digest: Digest, now: Instant, method: SignInMethod): Promise<void>
  /** @param now when it ended, which its apps are told; null where nobody is */
  deleteSession(digest: Digest, now?: Instant | null): Promise<void>

  /** The app of a request; undefined when there is none. */
  findRequestApp(apiKey: string): Promise<RequestApp | undefined>
  findConsent(userId: number, apiKey: string): Promise<Consent | undefined>
  /** What a request was answered; undefined for one that is open. */
  findAnswer(key: RequestKey): Promise<RequestAnswer | undefined>
  /** Whether what a user has recorded would approve a request now, as `approveRequest` with `recorded` asks. */
  isRecorded(request: AuthorizationRequest, userId: number): Promise<boolean>
  /**
   * Finishes the request with a code, while the session lives in which it is allowed: of any number of concurrent
   * approvals and cancellations one wins, and the others are told its answer. With `remember` the user's grant to the app
   * is recorded with the redirect URI, never lowered, and whether their email is shared; `recorded` approves only if at this moment what was recorded for this very
   * redirect URI covers the scope, the question of the email was answered if the request asks it, and the app still has
   * the name it was allowed under, and changes nothing otherwise.
   */
  approveRequest(
    pending: PendingRequest,
    code: NewCode,
    consent: 'remember' | 'once' | 'recorded',
  ): Promise<RequestFinish>
  /** Finishes the request without a code, for a user who is signed in. */
  cancelRequest(pending: PendingRequest, by: SessionOfUser, now: Instant): Promise<RequestFinish>
  /** Whether there is an approval of an equal request, as `repeatApproval` asks. */
  isRepeated(repeated: RepeatedRequest): Promise<boolean>
  /**
   * Gives a user's newest approval of an equal request (browser, client, redirect URI, scope, state and challenge)
   * another code. The code before and all that was issued from it end in the same commit. False, and nothing is
   * changed, when there is none, when its access was ended otherwise, or when the session has ended.
   */
  repeatApproval(repeated: RepeatedRequest, code: NewCode): Promise<boolean>

  /**
   * Consumes a code and everything it is bound to in one statement and starts its family. Of any number of
   * concurrent calls exactly one is `redeemed`.
   */
  redeemCode(redemption: CodeRedemption): Promise<CodeOutcome>
  /** Replaces a refresh token by its successor pair. Of any number of concurrent calls exactly one is `rotated`. */
  rotateRefresh(rotation: RefreshRotation): Promise<RefreshOutcome>
  /**
   * Revokes the family of an access or refresh token of this client, or of whichever it is; another client's and unknown
   * ones are left. Answers whose it was, undefined when nothing was changed.
   */
  revokeToken(
    token: Digest,
    client: string | null,
    now: Instant,
  ): Promise<{ readonly apiKey: string | null } | undefined>
  /** Revokes what an app was given in the session of a person that goes by this name; answers how many logins ended. */
  endLoginsOf(sid: string, apiKey: string, now: Instant): Promise<number>
  /**
   * An access token whose expiry, family, user and app are all live. The first time that anything of a successor pair
   * is seen, dead or alive, that is committed before the answer.
   */
  findAccessToken(digest: Digest, now: Instant): Promise<AccessToken | undefined>

  /**
   * The keys of this server, the newest first: `fresh` becomes one when the newest was made before `renewBefore`, and
   * those made before `endBefore` are deleted.
   */
  sealingKeys(fresh: SealingKey, renewBefore: Instant, endBefore: Instant): Promise<readonly SealingKey[]>

  /** Takes a lease that nobody has, or that is the holder's own; false while another's lasts. */
  takeLease(name: string, holder: string, now: Instant, until: Instant): Promise<boolean>
  /** Deletes at most `limit` rows that can never matter again; answers how many went. */
  sweep(now: Instant, limit: number): Promise<number>
  /** How many rows of each table a sweep would delete now, none counted beyond `most`. */
  countOverdue(now: Instant, most: number): Promise<Readonly<Record<string, number>>>
  /** What the clock of the database says, which all who use it share. */
  readClock(): Promise<Instant>
  /** Rejects when nothing can be written. */
  ping(): Promise<void>
  /** Commits what is queued, then closes. */
  close(): Promise<void>
}
