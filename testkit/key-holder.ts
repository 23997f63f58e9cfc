import { createHash, randomUUID } from 'node:crypto'
import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'

/** What of a proof is to be otherwise. */
export interface ProofChanges {
  readonly header?: Readonly<Record<string, unknown>>
  readonly claims?: Readonly<Record<string, unknown>>
  /** Signs in the place of the key that the proof names. */
  readonly signedBy?: CryptoKey
}

/** A client that proves a key of its own (RFC 9449). */
export class KeyHolder {
  readonly thumbprint: string
  readonly jwk: JWK
  readonly privateKey: CryptoKey
  readonly alg: string
  /** The last nonce that it was given. */
  nonce: string | undefined

  private constructor(alg: string, jwk: JWK, privateKey: CryptoKey, thumbprint: string) {
    this.alg = alg
    this.jwk = jwk
    this.privateKey = privateKey
    this.thumbprint = thumbprint
  }

  static async make(alg = 'ES256'): Promise<KeyHolder> {
    const { privateKey, publicKey } = await generateKeyPair(alg)
    const jwk = await exportJWK(publicKey)
    return new KeyHolder(alg, jwk, privateKey, await calculateJwkThumbprint(jwk))
  }

  /** A proof for one request. */
  prove(method: string, url: string, accessToken?: string, changes: ProofChanges = {}): Promise<string> {
    const ath =
      accessToken === undefined ? undefined : createHash('sha256').update(accessToken).digest('base64url')
    const usual = { jti: randomUUID(), htm: method, htu: url, iat: Math.floor(Date.now() / 1000) }
    const claims = { ...usual, ath, nonce: this.nonce, ...changes.claims }
    return new SignJWT(claims)
      .setProtectedHeader({ typ: 'dpop+jwt', alg: this.alg, jwk: this.jwk, ...changes.header })
      .sign(changes.signedBy ?? this.privateKey)
  }

  /** Remembers the nonce of an answer, as a client does. */
  heard({ headers }: { readonly headers: Headers }): void {
    this.nonce = headers.get('dpop-nonce') ?? this.nonce
  }
}
