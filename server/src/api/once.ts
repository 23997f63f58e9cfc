import { createHash } from 'node:crypto'
import { refused } from '../errors/api.ts'
import { KeyReused } from '../store/contract/errors.ts'
import type { Instant, Store } from '../store/contract/store.ts'

interface OnceDeps {
  readonly store: Store
  readonly clock: () => Instant
}

interface Request {
  /** Of the call. */
  readonly name: string
  readonly userId: number
  readonly sent: unknown
}

/**
 * Answers a request that is to make something once however often it is sent with its key (`Idempotency-Key`).
 * @throws OAuthError 400 for what is no key; 422 when the key came with another request
 */
export async function once<D extends OnceDeps, T>(
  key: string,
  { name, userId, sent }: Request,
  deps: D,
  answer: (deps: D) => Promise<T>,
): Promise<T> {
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) throw refused.idempotencyKey()
  const digest = sha256(`${name} ${key}`)
  const fingerprint = sha256(JSON.stringify(sent))
  try {
    return await answer({
      ...deps,
      store: deps.store.once({ userId, digest, fingerprint, now: deps.clock() }),
    })
  } catch (error) {
    throw error instanceof KeyReused ? refused.keyReused() : error
  }
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()
