import { hkdfSync } from 'node:crypto'
import { type Credential, mint } from '../crypto/secret.ts'
import type { Instant, ManagementToken, Store, User } from '../store/contract/store.ts'
import { nameFault } from './name-fault.ts'

/** How many management tokens one person may have that have neither ended nor been revoked. */
export const maximumManagementTokens = 20

/** The lives that a management token may be given, in days; the longest is the most there is. */
export const managementTokenDays = [7, 30, 90, 365] as const

export interface ManagementTokenDeps {
  readonly store: Store
  readonly clock: () => Instant
}

/** A new token, to be shown this once, or why there is none; `name`, `days`: that is wrong. */
export type NewToken =
  | { readonly outcome: 'created' | 'repeated'; readonly text: string; readonly expiresAt: Instant }
  | { readonly outcome: 'full' | 'ended' | 'name' | 'days' }

interface TokenForm {
  readonly userId: number
  readonly name: string
  readonly days: number
  /**
   * What the browser keeps to itself and what its form was shown with. Both together make the token, so that the same
   * form sent twice has the same token to show, and nobody else can make it.
   */
  readonly from: { readonly browser: Credential; readonly nonce: string }
}

/** Makes a management token, of which the store keeps the digest alone. */
export async function makeManagementToken(
  { userId, name, days, from }: TokenForm,
  { store, clock }: ManagementTokenDeps,
): Promise<NewToken> {
  if (nameFault(name) !== undefined) return { outcome: 'name' }
  if (!managementTokenDays.some((allowed) => allowed === days)) return { outcome: 'days' }
  if (!/^[\w-]{43}$/.test(from.nonce)) return { outcome: 'ended' }
  const key = hkdfSync('sha256', from.browser.text, from.nonce, `management token of ${userId}`, 32)
  const { text, digest } = mint('management', () => new Uint8Array(key))
  const now = clock()
  const expiresAt = now + days * day
  const outcome = await store.createManagementToken(
    { digest, userId, name, createdAt: now, expiresAt },
    maximumManagementTokens,
  )
  return outcome === 'created' || outcome === 'repeated' ? { outcome, text, expiresAt } : { outcome }
}

/** Finds whose apps a management token manages, and notes the hour of its use; undefined when it does not work. */
export async function managerOf(
  { digest }: Pick<ManagementToken, 'digest'>,
  { store, clock }: ManagementTokenDeps,
): Promise<User | undefined> {
  const now = clock()
  const found = await store.findManagementToken(digest, now)
  if (found === undefined) return undefined
  const thisHour = now - (now % hour)
  if (found.usedAt === null || found.usedAt < thisHour) await store.touchManagementToken(digest, thisHour)
  return found.user
}

const hour = 60 * 60_000
const day = 24 * hour
