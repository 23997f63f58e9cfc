import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server'
import type { Digest, User } from '../store/contract/store.ts'
import {
  challenge,
  challengeLifetime,
  expectationOf,
  type PasskeyDeps,
  relyingParty,
  takeChallenge,
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
    challenge: await challenge({ browser, userId: null }, deps),
    timeout: challengeLifetime,
    userVerification: 'required',
  })
}

/**
 * Whose passkey it is, disabled ones included; undefined, whatever the reason, when it is nobody's.
 * @param answer what the browser says of the signature, as JSON
 */
export async function userOfPasskey(
  answer: string,
  browser: Digest,
  deps: PasskeyDeps,
): Promise<User | undefined> {
  const signed = readSigned(answer)
  if (signed === undefined) return undefined
  const { response } = signed
  if (!(await takeChallenge(signed.challenge, { browser, userId: null }, deps))) return undefined
  const found = await deps.store.findPasskey(response.id)
  if (found === undefined) return undefined
  const { passkey, user, handle } = found
  if (response.response.userHandle !== Buffer.from(handle).toString('base64url')) return undefined
  const { verifyAuthenticationResponse } = await webAuthn()
  const { id, counter } = passkey
  const credential = { id, counter, publicKey: Uint8Array.from(passkey.publicKey) }
  const expectation = expectationOf(signed.challenge, deps.issuer)
  const judged = await verifyAuthenticationResponse({ response, credential, ...expectation }).catch(
    () => undefined,
  )
  if (!judged?.verified) return undefined
  const isFirst = await deps.store.usePasskey(id, judged.authenticationInfo.newCounter, deps.clock())
  return isFirst ? user : undefined
}
