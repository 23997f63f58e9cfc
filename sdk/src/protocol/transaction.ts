import { isNumber, isText, jsonFields } from '../http/fields.ts'
import type { Mode, Platform } from '../platform/platform.ts'

/** How long a login may take, in milliseconds. */
export const TIME_TO_LIVE: number = 10 * 60_000

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
  /** Records a login. Answers false when the record will not outlive this page. */
  begin(transaction: Transaction): boolean
  /** The waiting login of a state, left in place. */
  peek(state: string): Transaction | null
  /** The waiting login of a state, to one caller of all tabs; null to everyone after. */
  take(state: string): Promise<Transaction | null>
  drop(state: string): void
  /** Whether a login of another app on this origin waits under a state. */
  isForeign(state: string): boolean
}

/** A kept login; null when it is none of ours, or too old. */
export function parseTransaction(
  state: string,
  record: Readonly<Record<string, unknown>>,
): Transaction | null {
  const { verifier, redirectUri, mode, createdAt } = record
  if (!isText(verifier) || !isText(redirectUri) || !isNumber(createdAt)) return null
  if (mode !== 'popup' && mode !== 'page') return null
  const isFresh = Math.abs(Date.now() - createdAt) < TIME_TO_LIVE
  return isFresh ? { state, verifier, redirectUri, mode, createdAt } : null
}

/** The logins in flight of one app, in storage that its tabs share. */
export function transactionsOf({ storage, lock }: Platform, app: string): Transactions {
  const prefix = `${app}:login:`
  const peek = (state: string) => parseTransaction(state, jsonFields(storage.get(prefix + state)))
  const drop = (state: string) => storage.remove(prefix + state)
  return {
    begin: ({ state, ...record }) => {
      for (const key of storage.keys()) {
        const old = key.startsWith(prefix) && key.slice(prefix.length)
        if (old && !peek(old)) drop(old)
      }
      return storage.set(prefix + state, JSON.stringify(record))
    },
    peek,
    take: (state) =>
      // Two windows can hold the same answer, and storage alone would let both read before either removes.
      lock(prefix + state, async () => {
        const transaction = peek(state)
        drop(state)
        return transaction
      }),
    drop,
    isForeign: (state) =>
      storage.keys().some((key) => key.endsWith(`:login:${state}`) && key !== prefix + state),
  }
}
