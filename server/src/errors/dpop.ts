import { catalogue } from './catalogue.ts'
import { OAuthError } from './oauth.ts'

/** Who is told: a client at an endpoint of the protocol, or one that calls a protected resource. */
export type ProofReader = 'endpoint' | 'resource'

/** The algorithms that proofs may be signed by. */
export const proofAlgorithms = ['ES256', 'ES384', 'PS256', 'RS256', 'Ed25519', 'EdDSA'] as const

/** The challenge to a token that is bound to a key (RFC 9449 §7.1). */
export const proofChallenge = (error: string, description: string) => ({
  headers: {
    'www-authenticate': `DPoP realm="stagedoor", error="${error}", error_description="${description}", algs="${proofAlgorithms.join(' ')}"`,
  },
})

const invalid = (to: ProofReader, description: string) =>
  to === 'endpoint'
    ? new OAuthError(400, 'invalid_dpop_proof', description)
    : new OAuthError(
        401,
        'invalid_dpop_proof',
        description,
        proofChallenge('invalid_dpop_proof', description),
      )

/** What can be wrong with a proof (RFC 9449 §4.3, §8). Every answer to a request with a proof carries a nonce. */
export const proof = catalogue('proof', {
  none: (to: ProofReader) =>
    invalid(to, 'This takes a proof of the key that the tokens are bound to. Send it as the DPoP header.'),
  several: (to: ProofReader) => invalid(to, 'More than one DPoP header was sent.'),
  form: (to: ProofReader) =>
    invalid(to, 'The DPoP header must hold one signed JWT of 4,096 characters at most.'),
  typ: (to: ProofReader) => invalid(to, 'typ of the proof must be dpop+jwt.'),
  alg: (to: ProofReader) => invalid(to, `alg of the proof must be one of: ${proofAlgorithms.join(', ')}.`),
  jwk: (to: ProofReader) => invalid(to, 'jwk of the proof must be the public key alone.'),
  signature: (to: ProofReader) => invalid(to, 'The proof is not signed by the key that it names.'),
  htm: (to: ProofReader) => invalid(to, 'htm of the proof must be the method of the request.'),
  htu: (to: ProofReader) =>
    invalid(to, 'htu of the proof must be the address of the request, without its query.'),
  iat: (to: ProofReader) => invalid(to, 'iat of the proof must be the time it was made, in seconds.'),
  ath: (to: ProofReader) =>
    invalid(to, 'ath of the proof must be the SHA-256 of the access token, in base64url.'),
  jti: (to: ProofReader) => invalid(to, 'jti of the proof must be text of 1 to 200 characters.'),
  replayed: (to: ProofReader) => invalid(to, 'This proof was used before. Make another for each request.'),
  otherKey: (to: ProofReader) =>
    invalid(to, 'The access token is bound to another key than that of the proof.'),
  jkt: () =>
    new OAuthError(400, 'invalid_dpop_proof', 'dpop_jkt is not the thumbprint of the key of the proof.'),
  useNonce: (to: ProofReader) => {
    const description = 'Make the proof again with the nonce of the DPoP-Nonce header.'
    return to === 'endpoint'
      ? new OAuthError(400, 'use_dpop_nonce', description)
      : new OAuthError(401, 'use_dpop_nonce', description, proofChallenge('use_dpop_nonce', description))
  },
})
