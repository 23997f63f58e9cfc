/**
 * The contract of the store. Every verb is one transaction, states the race it decides, and is answered only
 * after its commit. Callers never read and then write: what must hold at the moment of writing is part of the verb.
 * Two implementations must pass `test/store/contract.ts`.
 */

import type { AccountStore } from './account.ts'
import type { DeveloperStore } from './apps.ts'
import type { Actor, AuditStore } from './audit.ts'
import type { CommentStore } from './comments.ts'
import type { DeviceLoginStore } from './device-logins.ts'
import type { LimitStore } from './limits.ts'
import type { ListeningStore } from './listening.ts'
import type { MailLinkStore } from './mail-links.ts'
import type { ManagementTokenStore } from './management-tokens.ts'
import type { MusicStore } from './music.ts'
import type { OperatorStore } from './operator.ts'
import type { PasskeyStore } from './passkeys.ts'
import type { PlaylistStore } from './playlists.ts'
import type { SigningKeyStore } from './signing-keys.ts'
import type { Digest, Identity, Instant, NewSession, Scope, SealingKey, SignInMethod, User } from './types.ts'
import type { UploadStore } from './uploads.ts'
import type { UsageStore } from './usage.ts'

export type * from './account.ts'
export type * from './apps.ts'
export type * from './audit.ts'
export type * from './comments.ts'
export type * from './device-logins.ts'
export type * from './limits.ts'
export type * from './listening.ts'
export type * from './mail-links.ts'
export type * from './management-tokens.ts'
export type * from './music.ts'
export type * from './operator.ts'
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
}

/** What a request asks to be told of the person (OpenID Connect Core §3.1.2.1). */
export interface OpenIdRequest {
  readonly profile: boolean
  readonly email: boolean
  readonly nonce: string | null
  /** Seconds that may have passed since the person proved that it is they; null for any. */
  readonly maxAge: number | null
}

export interface AuthorizationRequest {
  /** `null` for a client known by `appName` alone. */
  readonly apiKey: string | null
  readonly appName: string
  /** The URI as requested and proven; what the code is bound to. */
  readonly redirectUri: string
  /** Whether other software on the person's device could claim the redirect URI (RFC 8252 §8.6). */
  readonly isNative: boolean
  readonly scope: Scope
  readonly state: string | null
  readonly codeChallenge: string
  readonly responseMode: 'fragment' | 'query'
  readonly display: 'popup' | 'fullScreen'
  readonly promptLogin: boolean
  readonly promptConsent: boolean
  readonly loginHint: string | null
  /** Null for a request that asks for access alone. */
  readonly openid: OpenIdRequest | null
  readonly createdAt: Instant
  readonly expiresAt: Instant
}

/** A request and the browser it was sealed for, both known by their digests. It is stored once it is answered. */
export interface RequestKey {
  readonly digest: Digest
  readonly browser: Digest
}

/** A request in the hands of its browser, with what was sealed. */
export interface HeldRequest extends RequestKey {
  readonly request: AuthorizationRequest
}

/** What somebody who was signed in answered a request. */
export interface RequestAnswer {
  readonly userId: number
  readonly answeredAt: Instant
  /** The code that it was given last; null where it was cancelled. */
  readonly code: { readonly digest: Digest; readonly sealed: Uint8Array } | null
}

export interface NewCode {
  readonly digest: Digest
  /** The code encrypted under a key that only the text of its sealed request yields. */
  readonly sealed: Uint8Array
  readonly userId: number
  /** What the app will be told of the person; null for access alone. */
  readonly identity: Identity | null
  readonly createdAt: Instant
  readonly expiresAt: Instant
}

export type RequestFinish =
  | { readonly outcome: 'finished' }
  /** Another answer was first. */
  | { readonly outcome: 'answered'; readonly answer: RequestAnswer }
  /** Nothing was changed: expired, not covered, or the user or the app is no longer active. */
  | { readonly outcome: 'gone' }

/** What is shown of the app of a request, and what ends its requests. */
export interface RequestApp {
  /** CID of its logo. */
  readonly logo: string | null
  /** The handle of its owner; null for one that the operator made. */
  readonly owner: string | null
  /** Requests that were made until then are ended. */
  readonly requestsEndedAt: Instant | null
}

/** What a user has allowed an app for good. */
export interface Consent {
  /** The most that was allowed, wherever it led. */
  readonly scope: Scope
  /** What the app was called when it was last allowed. */
  readonly appName: string
  /** Where it was allowed to lead; none for what was allowed before that was noted. */
  readonly redirectUris: readonly string[]
  /** What the person answered when it asked for their email; null where it has not asked. */
  readonly sharesEmail: boolean | null
}

/** A request that equals one which was allowed shortly before. */
export interface RepeatedRequest {
  /** Every cookie by which the browser that asks is known. */
  readonly browsers: readonly Digest[]
  readonly request: AuthorizationRequest
  /** Approvals before this are too long ago. */
  readonly since: Instant
  readonly code: NewCode
}

export interface NewToken {
  readonly digest: Digest
  readonly expiresAt: Instant
}

export interface CodeRedemption {
  readonly digest: Digest
  readonly apiKey: string | null
  readonly redirectUri: string
  /** BASE64URL(SHA256(code_verifier)) of the verifier presented. */
  readonly codeChallenge: string
  readonly now: Instant
  readonly familyExpiresAt: Instant
  readonly access: NewToken
  readonly refresh: NewToken
}

/** Whom a login is about, where the app asked to be told. */
export interface IssuedIdentity {
  readonly identity?: Identity & { readonly userId: number }
}

export type CodeOutcome =
  | ({ readonly outcome: 'redeemed'; readonly scope: Scope } & IssuedIdentity)
  /** Used before, with every binding right: the family issued from it is now revoked (RFC 6749 §4.1.2). */
  | { readonly outcome: 'replayed' }
  /** Nothing was changed. `withdrawn`: the user is disabled or the app deleted. */
  | {
      readonly outcome: 'refused'
      readonly reason: 'unknown' | 'client' | 'redirect_uri' | 'code_verifier' | 'expired' | 'withdrawn'
    }

export interface RefreshRotation {
  readonly digest: Digest
  readonly apiKey: string | null
  /** Narrows the new access token; `null` keeps the family's scope. */
  readonly scope: Scope | null
  readonly now: Instant
  /**
   * Milliseconds after a token's first use in which it is answered with the same pair, and after which only while
   * nothing of that pair has been seen; 0 for never.
   */
  readonly graceMs: number
  readonly access: NewToken
  readonly refresh: NewToken
  /** The new pair, encrypted under a key that only the presented token yields. */
  readonly sealedPair: Uint8Array
}

export interface IssuedPair extends IssuedIdentity {
  readonly scope: Scope
  /** Never after the family's end. */
  readonly accessExpiresAt: Instant
  readonly refreshExpiresAt: Instant
}

export type RefreshOutcome =
  | ({ readonly outcome: 'rotated' } & IssuedPair)
  /** Used before, inside the window and the successor unused, or nothing of it seen: what was issued then. */
  | ({ readonly outcome: 'repeated'; readonly sealedPair: Uint8Array } & IssuedPair)
  /** Used before and not excusable: the family is now revoked. */
  | { readonly outcome: 'reused' }
  /** Nothing was changed. */
  | {
      readonly outcome: 'refused'
      readonly reason: 'unknown' | 'client' | 'expired' | 'revoked' | 'scope' | 'withdrawn'
    }

export interface AccessToken {
  readonly user: User
  readonly apiKey: string | null
  readonly scope: Scope
  readonly identity: Identity | null
  readonly expiresAt: Instant
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
    CommentStore,
    OperatorStore,
    PasskeyStore,
    SigningKeyStore,
    UploadStore,
    UsageStore {
  /** The same store for what one actor does: every verb that the audit log tells of writes its entry in its transaction. */
  as(actor: Actor): Store
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

  /** Starts a session; answers whether its user had not signed in in this browser before. */
  createSession(session: NewSession): Promise<{ readonly isNewBrowser: boolean }>
  /** A session that is not expired, of a user who is not disabled. */
  findSession(digest: Digest, now: Instant): Promise<Session | undefined>
  /** Notes that the person of a session has just proven again that it is they. */
  reauthenticateSession(digest: Digest, now: Instant, method: SignInMethod): Promise<void>
  deleteSession(digest: Digest): Promise<void>

  /** The app of a request; undefined when there is none. */
  findRequestApp(apiKey: string): Promise<RequestApp | undefined>
  findConsent(userId: number, apiKey: string): Promise<Consent | undefined>
  /** What a request was answered; undefined for one that is open. */
  findAnswer(key: RequestKey): Promise<RequestAnswer | undefined>
  /**
   * Finishes the request with a code: of any number of concurrent approvals and cancellations one wins, and the others
   * are told its answer. With `remember` the user's grant to the app is recorded with the redirect URI, never
   * lowered, and whether their email is shared; `recorded` approves only if at this moment what was recorded for this very
   * redirect URI covers the scope, the question of the email was answered if the request asks it, and the app still has
   * the name it was allowed under, and changes nothing otherwise.
   */
  approveRequest(
    held: HeldRequest,
    code: NewCode,
    consent: 'remember' | 'once' | 'recorded',
  ): Promise<RequestFinish>
  /** Finishes the request without a code, for a user who is signed in. */
  cancelRequest(held: HeldRequest, userId: number, now: Instant): Promise<RequestFinish>
  /**
   * Gives a user's newest approval of an equal request (browser, client, redirect URI, scope, state and challenge)
   * another code. The code before and all that was issued from it end in the same commit. False, and nothing is
   * changed, when there is none, or when its access was ended otherwise.
   */
  repeatApproval(repeated: RepeatedRequest): Promise<boolean>

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

  /** Deletes at most `limit` rows that can never matter again; answers how many went. */
  sweep(now: Instant, limit: number): Promise<number>
  /** How many rows of each table a sweep would delete now, none counted beyond `most`. */
  countOverdue(now: Instant, most: number): Promise<Readonly<Record<string, number>>>
  /** Rejects when nothing can be written. */
  ping(): Promise<void>
  /** Commits what is queued, then closes. */
  close(): Promise<void>
}
