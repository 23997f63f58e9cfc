/** Milliseconds since the Unix epoch. */
export type Instant = number

/** The last moment that a date can name: everything was before it. */
export const lastMoment: Instant = 8_640_000_000_000_000
/** The SHA-256 of a secret: 32 bytes. The secret itself is never stored. */
export type Digest = Uint8Array
/** `write` implies `read`. */
export type Scope = 'read' | 'write'

export interface User {
  readonly id: number
  readonly handle: string
  readonly name: string
  readonly email: string
  /** `unconfirmed` proves nothing, and others may name the same; `lost` when another account has confirmed it since. */
  readonly emailStatus: 'confirmed' | 'unconfirmed' | 'lost'
  readonly isVerified: boolean
  readonly bio: string | null
  readonly location: string | null
  readonly website: string | null
  /** CID of an image in the content store. */
  readonly profilePicture: string | null
  /** CID of a backdrop in the content store. */
  readonly coverPhoto: string | null
  readonly createdAt: Instant
  readonly updatedAt: Instant
  readonly disabledAt: Instant | null
}

/** What an app says of itself for people to open (RFC 7591 §2); null for what it does not say. */
export interface AppFacts {
  /** Its website. */
  readonly clientUri: string | null
  /** Its terms of service. */
  readonly tosUri: string | null
  /** Its privacy policy. */
  readonly policyUri: string | null
  /** Whom people write to: an email address, or the address of a page. */
  readonly contact: string | null
}

export interface App {
  /** 40 lower-case hex digits. */
  readonly apiKey: string
  readonly name: string
  /** What it is for, in its developer's words. */
  readonly description: string | null
  /** CID of a square image in the content store. */
  readonly logo: string | null
  readonly ownerId: number | null
  readonly redirectUris: readonly string[]
  readonly createdAt: Instant
  /** Since when the operator lets nobody log in to it; null where people may. */
  readonly suspendedAt: Instant | null
  /** The address of the document by which it introduces itself; null for one that somebody registered. */
  readonly documentAddress: string | null
  /** Whether its tokens are good with proofs of a key alone (RFC 9449). */
  readonly bindsTokens: boolean
  readonly facts: AppFacts
}

export interface NewSession {
  readonly digest: Digest
  readonly userId: number
  readonly createdAt: Instant
  readonly expiresAt: Instant
  /** The session this browser had before, which ends with this one's start. */
  readonly replaces: Digest | null
  readonly place: Place
  readonly method?: SignInMethod | null
  /** What was shown for it; it begins only while that still opens the account. */
  readonly proof?: SignInProof | null
  /** The digest of the browser's own cookie, by which it is known from now on. */
  readonly browser: Digest
}

/** A session by which somebody acts. */
export interface SessionOfUser {
  readonly userId: number
  readonly session: Digest
}

/** What opened an account: the hash that a password was compared with, or a passkey's id. */
export type SignInProof = { readonly passwordHash: string } | { readonly passkeyId: string }

/** How somebody proved that it is they. */
export type SignInMethod = 'password' | 'passkey'

/** What an app is told of the person beside its access, from one login on (OpenID Connect Core §2). */
export interface Identity {
  readonly profile: boolean
  readonly email: boolean
  readonly nonce: string | null
  readonly authenticatedAt: Instant
  readonly method: SignInMethod | null
  /** Names the session in which it was allowed, and says nothing of it. */
  readonly sid: string
}

/** Where a session is used, as far as its owner needs it to know it again. */
export interface Place {
  /** The browser and system in words. */
  readonly device: string
  /** The network, shortened so that it names no single connection. */
  readonly network: string
}

/** A secret by which a server seals what browsers carry for it. */
export interface SealingKey {
  readonly id: number
  readonly secret: Uint8Array
  readonly createdAt: Instant
}

/** A request that is to make something once. */
export interface Once {
  readonly userId: number
  /** Of the key, with where it was sent. */
  readonly digest: Digest
  /** Of what was sent. */
  readonly fingerprint: Digest
  readonly now: Instant
}
