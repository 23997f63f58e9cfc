import type { Counted, Limits } from '../rate-limits/limits.ts'
import type { Digest, Instant, Store, User } from '../store/contract/store.ts'
import { isPassword } from './password.ts'

export interface PasswordDeps {
  readonly store: Store
  readonly clock: () => Instant
  /** Counts wrong passwords. */
  readonly limits: Pick<Limits, 'begin'>
}

/** How a password was judged; `later` when too many were wrong before, and nothing was judged. */
export type Judgement =
  | { readonly outcome: 'right'; readonly user: User; readonly passwordHash: string }
  | { readonly outcome: 'wrong' }
  | { readonly outcome: 'later'; readonly waitMs: number }

/**
 * Finds the user of a handle or e-mail and password, in the same time and words whether or not there is such an account.
 * Failures of others keep nobody out of a browser in which they have signed in before.
 * @param from the browser's own cookie, and the network it comes from, where that is known
 * @throws PasswordsBusy
 */
export async function checkCredentials(
  typed: string,
  password: string,
  from: { readonly browser: Digest; readonly network: string | null },
  deps: PasswordDeps,
): Promise<Judgement> {
  const login = loginOf(typed)
  const found = await deps.store.findCredentials(login)
  const isKnown = await deps.store.isKnownBrowser(login, from.browser)
  // By the account, whichever of its names was typed.
  const account = found === undefined ? login : String(found.user.id)
  const counted: Counted[] = isKnown
    ? [{ of: 'browser', key: `${hex(from.browser)} ${account}` }]
    : [
        { of: 'account', key: account },
        ...(from.network === null ? [] : [{ of: 'network', key: from.network } as const]),
      ]
  return judge(login, password, { counted, isKnown }, deps)
}

/** The handle or e-mail in what a person typed as one. */
export const loginOf = (typed: string): string => typed.trim().replace(/^@/, '').toLowerCase().slice(0, 254)

/**
 * Asks who is signed in for their password once more. Only failures in this very session count.
 * @throws PasswordsBusy
 */
export const confirmPassword = (
  user: User,
  password: string,
  session: Digest,
  deps: PasswordDeps,
): Promise<Judgement> => {
  const counted: Counted[] = [{ of: 'browser', key: hex(session) }]
  return judge(user.handle, password, { counted, isKnown: true }, deps)
}

async function judge(
  login: string,
  password: string,
  { counted, isKnown }: { readonly counted: readonly Counted[]; readonly isKnown: boolean },
  { store, limits }: PasswordDeps,
): Promise<Judgement> {
  const attempt = await limits.begin(counted)
  if ('waitMs' in attempt) return { outcome: 'later', waitMs: attempt.waitMs }
  try {
    const found = await store.findCredentials(login)
    const matches = await isPassword(password, found?.passwordHash, isKnown ? 'known' : 'stranger')
    if (!matches || found === undefined || found.user.disabledAt !== null) {
      await store.noteRefusal({ event: 'sign_in_failed', userId: found?.user.id ?? null })
      return { outcome: 'wrong' }
    }
    await attempt.right()
    return { outcome: 'right', ...found }
  } catch (error) {
    await attempt.unjudged()
    throw error
  }
}

const hex = (digest: Digest): string => Buffer.from(digest).toString('hex')
