import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server'
import { lifetimes } from '../limits.ts'
import type { Digest, PasskeyCreation, User } from '../store/contract/store.ts'
import {
  challengeFor,
  expectationOf,
  type PasskeyDeps,
  readChallenge,
  relyingParty,
  webAuthn,
} from './passkey.ts'
import { readCreated } from './passkey-answer.ts'

/** Passkeys that one may have. */
export const maximumPasskeys = 20

/**
 * What a browser makes a passkey by (WebAuthn §5.4): one that needs no name to sign in, and asks who holds the device.
 * @param browser the browser's own cookie; only there, and once, can the passkey be added
 */
export async function passkeyCreation(
  user: User,
  browser: Digest,
  deps: PasskeyDeps,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { generateRegistrationOptions } = await webAuthn()
  const present = await deps.store.listPasskeys(user.id)
  return generateRegistrationOptions({
    rpName: deps.brand,
    rpID: relyingParty(deps.issuer),
    userID: Uint8Array.from(await deps.store.passkeyHandle(user.id, deps.random(64))),
    userName: user.handle,
    userDisplayName: user.name,
    challenge: challengeFor(browser, user.id, deps),
    timeout: lifetimes.passkeyChallenge,
    attestationType: 'none',
    excludeCredentials: present.map(({ id }) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
}

/**
 * Adds the passkey that a browser has made.
 * @param answer what the browser says of it, as JSON
 * @param browsers every cookie by which the browser is known
 * @param device the browser and its system, in words
 * @returns `refused` for one that is not what was asked for, `taken` for one that is known already, `repeated` for the
 * same answer a second time, by a double press or a reload
 */
export async function addPasskey(
  user: User,
  browsers: readonly Digest[],
  device: string,
  answer: string,
  deps: PasskeyDeps,
): Promise<Exclude<PasskeyCreation, 'spent'> | 'refused'> {
  const created = readCreated(answer)
  if (created === undefined) return 'refused'
  const challenge = readChallenge(created.challenge, browsers, user.id, deps)
  if (challenge === undefined) return 'refused'
  const { verifyRegistrationResponse } = await webAuthn()
  const expectation = expectationOf(created.challenge, deps.issuer)
  const verification = await verifyRegistrationResponse({ ...expectation, response: created.response }).catch(
    () => undefined,
  )
  if (!verification?.verified) return 'refused'
  const { id, publicKey, counter } = verification.registrationInfo.credential
  const passkey = { id, userId: user.id, publicKey, counter, device, createdAt: deps.clock() }
  const outcome = await deps.store.createPasskey(passkey, maximumPasskeys, challenge)
  return outcome === 'spent' ? 'refused' : outcome
}
