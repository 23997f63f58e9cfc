import { failure, isStagedoorError } from '../errors/errors.ts'
import type { Bound, Proofs, ProvenRequest } from '../http/proofs.ts'
import type { Platform } from '../platform/platform.ts'
import type { ProofKeys } from '../platform/proof-keys.ts'
import type { TokenStore } from '../platform/token-store.ts'
import { base64url, challengeOf } from '../protocol/pkce.ts'
import { callTokenStore } from '../session/call-token-store.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const encoded = (value: object) => base64url(utf8(JSON.stringify(value)))

/**
 * Proofs by an ES256 key (RFC 9449 §4.2).
 *
 * @param keys Where it is kept; null where there is no Web Crypto.
 */
export function proofsWith(
  keys: ProofKeys | null,
  store: TokenStore,
  { randomBytes }: Pick<Platform, 'randomBytes'>,
  bound: Bound,
): Proofs {
  function kept(): ProofKeys {
    if (!keys) throw failure('no_web_crypto')
    return keys
  }

  /** A public key as a proof names it, in the order in which its thumbprint is taken (RFC 7638 §3.2). */
  async function jwkOf({ publicKey }: CryptoKeyPair): Promise<object> {
    const { crv, kty, x, y } = await kept().subtle.exportKey('jwk', publicKey)
    const jwk = { crv, kty, x, y }
    bound.thumbprint = challengeOf(JSON.stringify(jwk))
    return jwk
  }

  /** The key, read every time as another tab may have made one. */
  const pairFor = (mayMake: boolean) =>
    callTokenStore(async () => (await kept().get()) ?? (mayMake ? await kept().make() : null))

  return {
    prepare: async () => {
      try {
        // A key made now would hide that the one of these tokens is gone.
        const isMade = kept().isShared && !(await store.getRefreshToken()) && !(await store.getAccessToken())
        const pair = await pairFor(isMade)
        if (pair) await jwkOf(pair)
      } catch (error) {
        if (isStagedoorError(error) && error.code === 'no_web_crypto') bound.failure = error
      }
    },
    proof: async ({ method = 'GET', url, accessToken, isLogin = false }: ProvenRequest) => {
      const pair = await pairFor(isLogin)
      if (!pair) {
        bound.thumbprint = undefined
        throw failure('unauthorized', { reason: 'the key of the tokens is gone' })
      }
      const { origin, pathname } = new URL(url)
      const header = { typ: 'dpop+jwt', alg: 'ES256', jwk: await jwkOf(pair) }
      const claims = {
        jti: base64url(randomBytes(16)),
        htm: method.toUpperCase(),
        htu: origin + pathname,
        iat: Math.floor(Date.now() / 1000),
        ath: accessToken === null ? undefined : challengeOf(accessToken),
        nonce: bound.nonce,
      }
      const text = `${encoded(header)}.${encoded(claims)}`
      const how = { name: 'ECDSA', hash: 'SHA-256' }
      const signature = await kept().subtle.sign(how, pair.privateKey, utf8(text))
      return `${text}.${base64url(new Uint8Array(signature))}`
    },
    hear: async ({ headers }, body = '') => {
      bound.nonce = headers.get('dpop-nonce') ?? bound.nonce
      // A resource says so in its challenge, the token endpoint in its answer.
      return /use_dpop_nonce/.test(body + headers.get('www-authenticate'))
    },
  }
}
