import { RECORD_LIFETIME } from '../durations.ts'
import { type Fields, isNumber, isText, jsonFields } from '../http/fields.ts'
import type { Mode, Platform } from '../platform/platform.ts'

/** A login in flight. It belongs to its `state`, is taken once, and is cleared whatever becomes of it. */
export interface Transaction {
  /** What the answer must bear (RFC 6749 §10.12). */
  readonly state: string
  /** The secret that the code is redeemed with: the `code_verifier` (RFC 7636 §4.1). */
  readonly verifier: string
  /** What the code is bound to. */
  readonly redirectUri: string
  /** How its page is shown. */
  readonly mode: Mode
  /** When it began, in milliseconds since 1970. */
  readonly createdAt: number
}

export interface Transactions {
  /** Records a login, and the request that it began with. Answers false when the record will not outlive this page. */
  begin(transaction: Transaction, request: string): boolean
  /** The login of a state that waits for its answer, left in place. */
  peek(state: string): Transaction | null
  /** The same, to one caller of all tabs; null to everyone after. Its record stays until it is dropped. */
  take(state: string): Promise<Transaction | null>
  /** Forgets a login whose outcome is final. */
  drop(state: string): void
  /** Whether a login of another app on this origin waits under a state. */
  isForeign(state: string): boolean
}

/**
 * A kept login; null when it is none of ours. Its age is no matter: the server ends what takes too long, by a clock that
 * nobody sets while a login runs.
 */
export function parseTransaction(state: string, record: Fields): Transaction | null {
  const { verifier, redirectUri, mode, createdAt } = record
  if (!isText(verifier) || !isText(redirectUri) || !isNumber(createdAt)) return null
  if (mode !== 'popup' && mode !== 'page') return null
  return { state, verifier, redirectUri, mode, createdAt }
}

/** Where the record of a login is kept. */
export const recordOf = (app: string, state: string): string => `${app}:login:${state}`

/** The logins in flight of one app, in storage that its tabs share. */
export function transactionsOf(
  { storage, lock }: Pick<Platform, 'storage' | 'lock'>,
  app: string,
): Transactions {
  const prefix = recordOf(app, '')
  const read = (state: string) => jsonFields(storage.get(prefix + state))
  const write = (state: string, record: object) => storage.set(prefix + state, JSON.stringify(record))
  const drop = (state: string) => storage.remove(prefix + state)
  const peek = (state: string) => {
    const record = read(state)
    return record['isTaken'] ? null : parseTransaction(state, record)
  }
  return {
    begin: ({ state, ...record }, request) => {
      for (const key of storage.keys()) {
        const old = key.startsWith(prefix) && key.slice(prefix.length)
        if (old && !(Math.abs(Date.now() - Number(read(old)['createdAt'])) < RECORD_LIFETIME)) drop(old)
      }
      return write(state, { ...record, request })
    },
    peek,
    take: (state) =>
      // Two windows can hold the same answer, and storage alone would let both read before either removes.
      lock(prefix + state, async () => {
        const transaction = peek(state)
        if (transaction) write(state, { ...read(state), isTaken: true })
        return transaction
      }),
    drop,
    isForeign: (state) =>
      storage.keys().some((key) => key.endsWith(`:login:${state}`) && key !== prefix + state),
  }
}
