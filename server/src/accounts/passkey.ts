import { digest, type Random } from '../crypto/secret.ts'
import type { Digest, Instant, Store } from '../store/contract/store.ts'

export interface PasskeyDeps {
  readonly store: Store
  readonly clock: () => Instant
  readonly random: Random
  /** The origin that passkeys are made for. */
  readonly issuer: string
  readonly brand: string
}

/** The browser that a challenge is for, by its own cookie, and who adds a passkey there; null for a sign-in. */
export interface Challenged {
  readonly browser: Digest
  readonly userId: number | null
}

/** How long a device has for its signature, in milliseconds. */
export const challengeLifetime = 5 * 60_000

/** Makes a challenge of 256 random bits, to be answered once in this browser. */
export async function challenge(of: Challenged, deps: PasskeyDeps): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = Uint8Array.from(deps.random(32))
  const expiresAt = deps.clock() + challengeLifetime
  await deps.store.createChallenge({ digest: digest(textOf(bytes)), ...of, expiresAt })
  return bytes
}

/** Whether a challenge was made for this browser and user, is in time, and was never answered before. */
export const takeChallenge = (
  text: string,
  of: Challenged,
  { store, clock }: PasskeyDeps,
): Promise<boolean> => store.takeChallenge({ digest: digest(text), ...of }, clock())

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
