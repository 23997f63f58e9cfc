/**
 * The contract of the store. Every verb is one transaction, states the race it decides, and is answered only
 * after its commit. Callers never read and then write: what must hold at the moment of writing is part of the verb.
 * Two implementations must pass `test/store/contract.ts`.
 */

import type { AppFacts, Digest, Identity, Instant, Scope, User } from './types.ts'

/** What a request asks to be told of the person (OpenID Connect Core §3.1.2.1). */
export interface OpenIdRequest {
  readonly profile: boolean
  readonly email: boolean
  readonly nonce: string | null
  /** Seconds that may have passed since the person proved that it is they; null for any. */
  readonly maxAge: number | null
}

/** Whom an ID token names that a request was sent with, and the token itself (OpenID Connect Core §3.1.2.1). */
export interface HintedUser {
  readonly userId: number
  readonly idToken: string
}

export interface AuthorizationRequest {
  /** `null` for a client known by `appName` alone. */
  readonly apiKey: string | null
  readonly appName: string
  /** The URI as requested and proven; what the code is bound to. */
  readonly redirectUri: string
  /** Whether other software on the person's device could claim the redirect URI (RFC 8252 §8.6). */
  readonly isNative: boolean
  /** Whether it is this server's own test of the app, which counts for nothing there. */
  readonly isTest: boolean
  /** The address of the document by which a client introduces itself that nobody has registered; null for others. */
  readonly documentAddress: string | null
  /** What that document says of the client beside its name; null for others. */
  readonly documentFacts: AppFacts | null
  /** Whether that document wants its tokens bound to a key. */
  readonly documentBindsTokens?: boolean
  /** Whether it wants requests to be sent ahead alone (RFC 9126 §6). */
  readonly documentPushesRequests?: boolean
  readonly scope: Scope
  readonly state: string | null
  readonly codeChallenge: string
  /** The thumbprint of the key that its tokens are to be bound to; null where the request names none (RFC 9449 §10). */
  readonly thumbprint: string | null
  readonly responseMode: 'fragment' | 'query'
  readonly display: 'popup' | 'fullScreen'
  readonly promptLogin: boolean
  readonly promptConsent: boolean
  readonly loginHint: string | null
  /** Who alone may answer it; nothing where anybody may. */
  readonly hinted?: HintedUser
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
export interface PendingRequest extends RequestKey {
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
  /** The session of the user in which it is allowed. */
  readonly session: Digest
  /** What the app will be told of the person; null for access alone. */
  readonly identity: Identity | null
  readonly createdAt: Instant
  readonly expiresAt: Instant
}

export type RequestFinish =
  | { readonly outcome: 'finished' }
  /** Another answer was first. */
  | { readonly outcome: 'answered'; readonly answer: RequestAnswer }
  /** Nothing was changed: expired, not covered, or the app is no longer active. */
  | { readonly outcome: 'gone' }
  /** Nothing was changed: the session has ended, or its user is disabled. */
  | { readonly outcome: 'signed_out' }

/** What is shown of the app of a request, and what ends its requests. */
export interface RequestApp {
  /** CID of its logo. */
  readonly logo: string | null
  readonly facts: AppFacts
  /** The handle of its owner; null for one that the operator made. */
  readonly owner: string | null
  /** Requests that were made until then are ended. */
  readonly requestsEndedAt: Instant | null
  readonly isSuspended: boolean
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

/** A request that may equal one which its user allowed shortly before. */
export interface RepeatedRequest {
  /** Every cookie by which the browser that asks is known. */
  readonly browsers: readonly Digest[]
  readonly request: AuthorizationRequest
  readonly userId: number
  /** Approvals before this are too long ago. */
  readonly since: Instant
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
  /** Of the key that was proven, to which the tokens are bound; null for none. */
  readonly thumbprint: string | null
  readonly now: Instant
  readonly familyExpiresAt: Instant
  readonly access: NewToken
  readonly refresh: NewToken
}

/** Whom a login is about, where the app asked to be told. */
export interface IssuedIdentity {
  readonly identity?: Identity & { readonly userId: number }
}

/** `other_key`: bound to another key than was proven; `no_key`: none was proven, and the app or the login takes one. */
export type KeyRefusal = 'other_key' | 'no_key'

export type CodeOutcome =
  | ({ readonly outcome: 'redeemed'; readonly scope: Scope } & IssuedIdentity)
  /** Used before, with every binding right: the family issued from it is now revoked (RFC 6749 §4.1.2). */
  | { readonly outcome: 'replayed' }
  /** Nothing was changed. `withdrawn`: the user is disabled or the app deleted. */
  | {
      readonly outcome: 'refused'
      readonly reason:
        | 'unknown'
        | 'client'
        | 'redirect_uri'
        | 'code_verifier'
        | 'expired'
        | 'withdrawn'
        | KeyRefusal
    }

export interface RefreshRotation {
  readonly digest: Digest
  readonly apiKey: string | null
  /** Of the key that was proven; null for none. */
  readonly thumbprint: string | null
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
  /**
   * What the new pair is made of, with the token that is presented: who presents it again can be answered with it again.
   * Of a rotation by an earlier version it is that pair itself, encrypted under a key that only the token yields.
   */
  readonly successorSalt: Uint8Array
}

export interface IssuedPair extends IssuedIdentity {
  readonly scope: Scope
  /** Whether it is good with proofs of its key alone. */
  readonly isBound: boolean
  /** Never after the family's end. */
  readonly accessExpiresAt: Instant
  readonly refreshExpiresAt: Instant
}

export type RefreshOutcome =
  | ({ readonly outcome: 'rotated' } & IssuedPair)
  /** Used before, inside the window and the successor unused, or nothing of it seen: what was issued then. */
  | ({ readonly outcome: 'repeated'; readonly successorSalt: Uint8Array } & IssuedPair)
  /** Used before and not excusable: the family is now revoked. */
  | { readonly outcome: 'reused' }
  /** The token is not taken, and the family stays as it was. */
  | {
      readonly outcome: 'refused'
      /** `unbound`: the login began before its app bound tokens to keys. */
      readonly reason:
        | 'unknown'
        | 'client'
        | 'expired'
        | 'revoked'
        | 'scope'
        | 'withdrawn'
        | 'unbound'
        | KeyRefusal
    }

export interface AccessToken {
  readonly user: User
  readonly apiKey: string | null
  readonly scope: Scope
  readonly identity: Identity | null
  /** Of the key that it is bound to; null for none. */
  readonly thumbprint: string | null
  readonly expiresAt: Instant
}
