import type { Sealer } from '../crypto/sealer.ts'
import { digest, type Random, sameDigest } from '../crypto/secret.ts'
import { lifetimes } from '../limits.ts'
import type { Digest, Instant, Store, UsedChallenge } from '../store/contract/store.ts'

export interface PasskeyDeps {
  readonly store: Store
  readonly clock: () => Instant
  readonly random: Random
  readonly sealer: Sealer
  /** The origin that passkeys are made for. */
  readonly issuer: string
  readonly brand: string
}

/** Makes a challenge for one browser. @param userId who adds a passkey there; null for a sign-in */
export function challengeFor(
  browser: Digest,
  userId: number | null,
  { sealer, clock }: PasskeyDeps,
): Uint8Array<ArrayBuffer> {
  const content = [clock() + lifetimes.passkeyChallenge, textOf(browser), userId ?? ''].join(' ')
  return Uint8Array.from(sealer.seal('passkey challenge', content))
}

/**
 * Reads a challenge that a device has signed; undefined when it was not made for this browser and user, or is too old.
 * Nothing of it is stored before its signature has proven right.
 * @param browsers every cookie by which the browser is known
 */
export function readChallenge(
  text: string,
  browsers: readonly Digest[],
  userId: number | null,
  { sealer, clock }: PasskeyDeps,
): UsedChallenge | undefined {
  const bytes = Buffer.from(text, 'base64url')
  const [expiry, browser = '', user] = sealer.unseal('passkey challenge', bytes)?.split(' ') ?? []
  const expiresAt = Number(expiry)
  const isForBrowser = browsers.some((each) => sameDigest(each, Buffer.from(browser, 'base64url')))
  const isForUser = user === String(userId ?? '')
  if (!(expiresAt > clock()) || !isForBrowser || !isForUser) return undefined
  return { digest: digest(textOf(bytes)), expiresAt }
}

/** What a signature must be over and for: this challenge, this origin, and a person the device has verified. */
export const expectationOf = (challenge: string, issuer: string) => ({
  expectedChallenge: challenge,
  expectedOrigin: issuer,
  expectedRPID: relyingParty(issuer),
  requireUserVerification: true,
})

/** The relying party's id: the host that passkeys belong to (WebAuthn §5.1.2). */
export const relyingParty = (issuer: string): string => new URL(issuer).hostname

// It takes a fifth of a second to load, and few starts of the server need it.
export const webAuthn = (): Promise<typeof import('@simplewebauthn/server')> =>
  import('@simplewebauthn/server')

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')
