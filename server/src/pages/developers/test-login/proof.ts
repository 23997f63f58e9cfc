import { createHash } from 'node:crypto'
import type { CryptoKey, JWK } from 'jose'
import type { PageDeps } from '../../page-deps.ts'
import type { EndpointCall } from './endpoints.ts'

/** Makes the proofs of one test as an app does that binds its tokens to a key (RFC 9449 §4.2). */
export type Prover = (call: EndpointCall, accessToken?: string) => Promise<string>

/** A prover with a key of its own; one that proves nothing where tokens are not bound. */
export async function openProver({
  dpop,
  issuer,
  clock,
  random,
}: Pick<PageDeps, 'dpop' | 'issuer' | 'clock' | 'random'>): Promise<Prover | null> {
  if (dpop === null) return null
  const { SignJWT, exportJWK, generateKeyPair } = await import('jose')
  const { privateKey, publicKey }: { privateKey: CryptoKey; publicKey: CryptoKey } =
    await generateKeyPair('ES256')
  const jwk: JWK = await exportJWK(publicKey)
  return (call, accessToken) =>
    new SignJWT({
      jti: Buffer.from(random(16)).toString('base64url'),
      htm: call.method,
      htu: issuer + call.path,
      iat: Math.floor(clock() / 1000),
      nonce: dpop.nonce(),
      ...(accessToken !== undefined && {
        ath: createHash('sha256').update(accessToken).digest('base64url'),
      }),
    })
      .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk })
      .sign(privateKey)
}
