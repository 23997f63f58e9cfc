import type { Sealer } from '../../crypto/sealer.ts'
import { type ProofReader, proof as refuse } from '../../errors/dpop.ts'
import type { Instant, Store } from '../../store/contract/store.ts'
import { type Presented, proofChecks, proofTimes, publicKeyOf } from './checks.ts'
import { openNonces } from './nonces.ts'
import { openUsedProofs, sharedUsedProofs } from './used-proofs.ts'

/** What of a request its proof is about. */
export interface ProvenRequest {
  /** Every `DPoP` header sent. */
  readonly proofs: readonly string[]
  readonly method: string
  /** The path as sent. */
  readonly pathname: string
}

/** Verifies that whoever sends a request has a key (DPoP, RFC 9449). */
export interface Dpop {
  /** A nonce for the next proof. */
  nonce(): string
  /**
   * Answers the thumbprint of the key of a request's proof (RFC 7638). A request is verified once, however often it is asked.
   * @throws OAuthError `invalid_dpop_proof`, or `use_dpop_nonce` where the proof may be of another time
   */
  keyOf(request: ProvenRequest, wanted: ProofWanted): Promise<string>
}

/** What a proof is for. */
export interface ProofWanted {
  readonly to: ProofReader
  /** The access token that goes with it, which is bound to this key; null where none does. */
  readonly accessToken: { readonly text: string; readonly thumbprint: string } | null
}

const longestProof = 4096

/**
 * @param deps.sharedBy what nodes share; null for the only one
 * @param deps.mostProofs how many used proofs are remembered, where that is not the usual number
 */
export function openDpop(deps: {
  readonly sealer: Sealer
  readonly clock: () => Instant
  readonly issuer: string
  readonly sharedBy: Pick<Store, 'useChallenge'> | null
  readonly mostProofs?: number
}): Dpop {
  const { clock, issuer, sharedBy, mostProofs } = deps
  const nonces = openNonces(deps)
  const lifetime = proofTimes.nonce + 2 * proofTimes.clock
  const used =
    sharedBy === null
      ? openUsedProofs(lifetime, clock, mostProofs)
      : sharedUsedProofs(lifetime, clock, sharedBy)
  const verified = new WeakMap<ProvenRequest, Promise<string>>()

  async function verify(request: ProvenRequest, { to, accessToken }: ProofWanted): Promise<string> {
    const [jwt, ...others] = request.proofs
    if (jwt === undefined) throw refuse.none(to)
    if (others.length > 0) throw refuse.several(to)
    // Loaded with the first proof: a server that never meets one starts without it.
    const { calculateJwkThumbprint, compactVerify, decodeJwt, decodeProtectedHeader, importJWK } =
      await import('jose')
    const read = () => ({ header: decodeProtectedHeader(jwt), claims: decodeJwt(jwt) })
    const parsed = jwt.length > longestProof ? undefined : orUndefined(read)
    if (parsed === undefined) throw refuse.form(to)
    const { header, claims } = parsed
    const presented: Presented = {
      ...{ to, typ: header.typ, alg: header.alg, jwk: header.jwk, claims },
      ...{ method: request.method, address: issuer + request.pathname },
      accessToken,
      thumbprintOf: (key) => calculateJwkThumbprint(key),
      now: clock(),
      nonceMadeAt: typeof claims['nonce'] === 'string' ? nonces.madeAt(claims['nonce']) : undefined,
      needsNonce: to === 'endpoint',
      knownSince: used.knownSince,
      isSigned: (key, alg) =>
        importJWK(key, alg)
          .then((imported) => compactVerify(jwt, imported, { algorithms: [alg] }))
          .then(
            () => true,
            () => false,
          ),
    }
    for (const { check } of proofChecks) await check(presented)
    const key = publicKeyOf(header.jwk)
    if (key === undefined) throw refuse.jwk(to)
    const thumbprint = await calculateJwkThumbprint(key)
    // So many came meanwhile that this one may have been used and forgotten.
    if (used.knownSince !== presented.knownSince) throw refuse.useNonce(to)
    if (!(await used.use(`${thumbprint} ${claims.jti}`))) throw refuse.replayed(to)
    return thumbprint
  }

  return {
    nonce: () => nonces.make(used.knownSince),
    keyOf(request, wanted) {
      const known = verified.get(request) ?? verify(request, wanted)
      verified.set(request, known)
      return known
    },
  }
}

function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
