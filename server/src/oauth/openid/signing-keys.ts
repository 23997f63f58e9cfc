import type { KeyObject } from 'node:crypto'
import type { CompactVerifyResult, JWK } from 'jose'
import type { Random } from '../../crypto/secret.ts'
import { makeSigningKey, privateKeyOf } from '../../crypto/signing-key.ts'
import { signingKeys as times } from '../../limits.ts'
import type { Instant, SigningAlgorithm, SigningKey, Store } from '../../store/contract/store.ts'

export interface SigningKeyDeps {
  readonly store: Pick<Store, 'listSigningKeys' | 'addSigningKey' | 'deleteSigningKeys'>
  readonly clock: () => Instant
  readonly random: Random
  /** What private keys are sealed under, asked for when the first one is needed. */
  readonly secret: () => string
}

/** Signs what this server says of people, and knows again what it has signed. */
export interface SigningKeys {
  /** @param type the `typ` of the header, which keeps one kind of token from being taken for another */
  sign(algorithm: SigningAlgorithm, type: string, claims: Readonly<Record<string, unknown>>): Promise<string>
  /** The public halves (RFC 7517 §5). */
  jwks(): Promise<{ readonly keys: readonly unknown[] }>
  /** What a token says that was signed here, expired or not; undefined for anything else. */
  read(token: string): Promise<CompactVerifyResult | undefined>
  /** Makes another key when it is time, and drops those whose tokens have all expired. */
  renew(): Promise<void>
}

/** The keys of an installation. Nothing is made or read before the first one is asked for. */
export function openSigningKeys(deps: SigningKeyDeps): SigningKeys {
  const { store, clock, random } = deps
  let kept: { readonly keys: readonly SigningKey[]; readonly readAt: Instant } | undefined
  const opened = new Map<string, KeyObject | undefined>()

  const keep = (keys: readonly SigningKey[]) => {
    kept = { keys, readAt: clock() }
    return keys
  }
  const known = async (): Promise<readonly SigningKey[]> => {
    const isFresh = kept !== undefined && Math.abs(clock() - kept.readAt) < times.readAgainAfter
    return kept !== undefined && isFresh ? kept.keys : keep(await store.listSigningKeys())
  }
  const add = async (algorithm: SigningAlgorithm, since: Instant) => {
    const key = await makeSigningKey(algorithm, deps.secret(), { now: clock(), random })
    return keep(await store.addSigningKey(key, since))
  }
  const open = (key: SigningKey): KeyObject | undefined => {
    if (!opened.has(key.kid)) opened.set(key.kid, privateKeyOf(key, deps.secret()))
    return opened.get(key.kid)
  }

  async function signer(algorithm: SigningAlgorithm): Promise<{ kid: string; key: KeyObject }> {
    const found = signingKeyOf(algorithm, await known(), clock(), open)
    if (found !== undefined) return found
    // There is none yet, or what there is was sealed under another secret.
    const isOpen = (key: SigningKey) => key.algorithm === algorithm && open(key) !== undefined
    const keys = (await known()).some((key) => key.algorithm === algorithm)
      ? await add(algorithm, clock() + 1)
      : await add(algorithm, clock() - times.renewedAfter)
    const [first] = keys.filter(isOpen)
    const key = first && open(first)
    if (first === undefined || key === undefined)
      throw new Error('A signing key was made that cannot be used')
    return { kid: first.kid, key }
  }

  return {
    async sign(algorithm, type, claims) {
      const { kid, key } = await signer(algorithm)
      const { SignJWT } = await import('jose')
      return new SignJWT({ ...claims }).setProtectedHeader({ alg: algorithm, kid, typ: type }).sign(key)
    },
    async jwks() {
      // Whoever asks before anything was signed finds what will be signed with.
      await signer('ES256')
      return { keys: (await known()).map(({ publicJwk }) => JSON.parse(publicJwk)) }
    },
    async read(token) {
      const { compactVerify, decodeProtectedHeader, importJWK } = await import('jose')
      try {
        const { kid } = decodeProtectedHeader(token)
        const key = (await known()).find((each) => each.kid === kid)
        if (key === undefined) return undefined
        const jwk: JWK = JSON.parse(key.publicJwk)
        return await compactVerify(token, await importJWK(jwk, key.algorithm), {
          algorithms: [key.algorithm],
        })
      } catch {
        return undefined
      }
    },
    async renew() {
      let keys = keep(await store.listSigningKeys())
      for (const algorithm of new Set(keys.map((key) => key.algorithm))) {
        const [newest] = keys.filter((key) => key.algorithm === algorithm)
        if (newest && newest.createdAt < clock() - times.renewedAfter)
          keys = await add(algorithm, clock() - times.renewedAfter)
      }
      const ended = keys.filter((key) => isEnded(key, keys, clock())).map(({ kid }) => kid)
      if (ended.length === 0) return
      await store.deleteSigningKeys(ended)
      keep(keys.filter(({ kid }) => !ended.includes(kid)))
    },
  }
}

// The newest key that was published long enough for every reader to have it; where there is none, the oldest.
function signingKeyOf(
  algorithm: SigningAlgorithm,
  keys: readonly SigningKey[],
  now: Instant,
  open: (key: SigningKey) => KeyObject | undefined,
): { readonly kid: string; readonly key: KeyObject } | undefined {
  const usable = keys.flatMap((each) => {
    const key = each.algorithm === algorithm ? open(each) : undefined
    return key === undefined ? [] : [{ kid: each.kid, createdAt: each.createdAt, key }]
  })
  return usable.find(({ createdAt }) => createdAt <= now - times.publishedBefore) ?? usable.at(-1)
}

// A key is deleted when its successor has signed for so long that every ID token of the old one has expired.
const isEnded = (key: SigningKey, keys: readonly SigningKey[], now: Instant): boolean =>
  keys.some(
    (other) =>
      other.algorithm === key.algorithm &&
      other.createdAt > key.createdAt &&
      other.createdAt + times.publishedBefore + times.publishedAfter <= now,
  )
