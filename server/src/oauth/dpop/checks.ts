import { createHash } from 'node:crypto'
import type { JWK } from 'jose'
import { type ProofReader, proofAlgorithms, proof as refuse } from '../../errors/dpop.ts'
import type { Instant } from '../../store/contract/store.ts'
import { requestAddress } from './request-address.ts'

/** A proof that was read, and what it has to prove. */
export interface Presented {
  readonly to: ProofReader
  readonly typ: unknown
  readonly alg: unknown
  readonly jwk: unknown
  readonly claims: Readonly<Record<string, unknown>>
  readonly method: string
  /** Where the request was sent. */
  readonly address: string
  /** The access token that goes with it, and the thumbprint that it is bound to; null where none does. */
  readonly accessToken: { readonly text: string; readonly thumbprint: string } | null
  readonly now: Instant
  /** When its nonce was made; undefined without one, or for one that is not of this installation. */
  readonly nonceMadeAt: Instant | undefined
  /** Whether a clock that is right does not do. */
  readonly needsNonce: boolean
  /** Proofs that may be older than this could have been used before. */
  readonly knownSince: Instant
  /** Whether the signature is that of its key. */
  readonly isSigned: (publicKey: JWK, alg: string) => Promise<boolean>
  readonly thumbprintOf: (publicKey: JWK) => Promise<string>
}

/** How long a nonce can be used, and how far a clock without one may be off, in milliseconds. */
export const proofTimes = { nonce: 5 * 60_000, clock: 60_000 } as const

interface Check {
  readonly name: string
  /** @throws OAuthError */
  readonly check: (proof: Presented) => void | Promise<void>
}

/** The checks of a proof (RFC 9449 §4.3), in the order in which they are made; whether it was used before comes last, elsewhere. */
export const proofChecks: readonly Check[] = [
  {
    name: 'typ',
    check({ typ, to }) {
      if (typ !== 'dpop+jwt') throw refuse.typ(to)
    },
  },
  {
    name: 'alg',
    check({ alg, to }) {
      if (!proofAlgorithms.some((one) => one === alg)) throw refuse.alg(to)
    },
  },
  {
    name: 'jwk',
    check({ jwk, to }) {
      if (publicKeyOf(jwk) === undefined) throw refuse.jwk(to)
    },
  },
  {
    name: 'signature',
    async check({ jwk, alg, isSigned, to }) {
      const key = publicKeyOf(jwk)
      if (key === undefined || !(await isSigned(key, String(alg)))) throw refuse.signature(to)
    },
  },
  {
    name: 'key',
    async check({ jwk, accessToken, thumbprintOf, to }) {
      const key = publicKeyOf(jwk)
      if (accessToken === null || key === undefined) return
      if ((await thumbprintOf(key)) !== accessToken.thumbprint) throw refuse.otherKey(to)
    },
  },
  {
    name: 'htm',
    check({ claims, method, to }) {
      if (claims['htm'] !== method) throw refuse.htm(to)
    },
  },
  {
    name: 'htu',
    check({ claims, address, to }) {
      const named = typeof claims['htu'] === 'string' ? requestAddress(claims['htu']) : undefined
      if (named === undefined || named !== requestAddress(address)) throw refuse.htu(to)
    },
  },
  {
    name: 'jti',
    check({ claims: { jti }, to }) {
      if (typeof jti !== 'string' || jti.length === 0 || jti.length > 200) throw refuse.jti(to)
    },
  },
  {
    name: 'ath',
    check({ claims, accessToken, to }) {
      if (accessToken === null) return
      const hash = createHash('sha256').update(accessToken.text).digest('base64url')
      if (claims['ath'] !== hash) throw refuse.ath(to)
    },
  },
  {
    name: 'nonce',
    check({ claims, needsNonce, nonceMadeAt, now, knownSince, to }) {
      if (claims['nonce'] === undefined && !needsNonce) return
      const isFresh = nonceMadeAt !== undefined && nonceMadeAt >= knownSince && isWithin(nonceMadeAt, now)
      if (!isFresh) throw refuse.useNonce(to)
    },
  },
  {
    name: 'iat',
    check({ claims: { iat, nonce }, now, knownSince, to }) {
      if (typeof iat !== 'number' || !Number.isFinite(iat)) throw refuse.iat(to)
      // A nonce of this server says when it was made, whatever the client's clock shows.
      if (nonce !== undefined) return
      const isRight = Math.abs(now - iat * 1000) <= proofTimes.clock
      if (!isRight || iat * 1000 - proofTimes.clock < knownSince) throw refuse.useNonce(to)
    },
  },
]

// The clock of another server of the installation may be a little ahead.
const isWithin = (madeAt: Instant, now: Instant): boolean =>
  madeAt <= now + proofTimes.clock && now < madeAt + proofTimes.nonce

const membersOf: ReadonlyMap<unknown, readonly string[]> = new Map([
  ['EC', ['kty', 'crv', 'x', 'y']],
  ['OKP', ['kty', 'crv', 'x']],
  ['RSA', ['kty', 'n', 'e']],
])
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

/** What makes a public key, and nothing else that stands beside it; undefined for what is none, or holds more. */
export function publicKeyOf(jwk: unknown): JWK | undefined {
  if (typeof jwk !== 'object' || jwk === null) return undefined
  const sent = new Map<string, unknown>(Object.entries(jwk))
  const members = membersOf.get(sent.get('kty'))
  if (members === undefined || privateMembers.some((name) => sent.has(name))) return undefined
  const values = members.map((name) => [name, sent.get(name)] as const)
  if (!values.every(([, value]) => typeof value === 'string')) return undefined
  return Object.fromEntries(values)
}
