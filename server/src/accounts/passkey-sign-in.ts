import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server'
import { lifetimes } from '../limits.ts'
import type { Digest, User } from '../store/contract/store.ts'
import {
  challengeFor,
  expectationOf,
  type PasskeyDeps,
  readChallenge,
  relyingParty,
  webAuthn,
} from './passkey.ts'
import { readSigned } from './passkey-answer.ts'

/**
 * What a browser asks its passkeys for (WebAuthn §5.5). It names none, so that it tells nothing of who has one.
 * @param browser the browser's own cookie; only there, and once, the answer signs somebody in
 */
export async function passkeyRequest(
  browser: Digest,
  deps: PasskeyDeps,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const { generateAuthenticationOptions } = await webAuthn()
  return generateAuthenticationOptions({
    rpID: relyingParty(deps.issuer),
    challenge: challengeFor(browser, null, deps),
    timeout: lifetimes.passkeyChallenge,
    userVerification: 'required',
  })
}

/**
 * Whose passkey it is, disabled ones included, and its id; undefined, whatever the reason, when it is nobody's.
 * @param answer what the browser says of the signature, as JSON
 * @param browsers every cookie by which the browser is known
 */
export async function userOfPasskey(
  answer: string,
  browsers: readonly Digest[],
  deps: PasskeyDeps,
): Promise<{ readonly user: User; readonly passkeyId: string } | undefined> {
  const signed = readSigned(answer)
  if (signed === undefined) return undefined
  const { response } = signed
  const challenge = readChallenge(signed.challenge, browsers, null, deps)
  if (challenge === undefined) return undefined
  const found = await deps.store.findPasskey(response.id)
  if (found === undefined) return undefined
  const { passkey, user, handle } = found
  if (response.response.userHandle !== Buffer.from(handle).toString('base64url')) return undefined
  const { verifyAuthenticationResponse } = await webAuthn()
  const { id, counter } = passkey
  const credential = { id, counter, publicKey: Uint8Array.from(passkey.publicKey) }
  const expectation = expectationOf(signed.challenge, deps.issuer)
  const verification = await verifyAuthenticationResponse({ response, credential, ...expectation }).catch(
    () => undefined,
  )
  if (!verification?.verified) return undefined
  if (!(await deps.store.useChallenge(challenge))) return undefined
  const isFirst = await deps.store.usePasskey(id, verification.authenticationInfo.newCounter, deps.clock())
  return isFirst ? { user, passkeyId: id } : undefined
}
