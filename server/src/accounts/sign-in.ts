import type { Counted, Limits } from '../rate-limits/limits.ts'
import type { Credentials, Digest, Instant, Store, User } from '../store/contract/store.ts'
import { type Asker, isPassword } from './password.ts'

export interface PasswordDeps {
  readonly store: Store
  readonly clock: () => Instant
  /** Counts wrong passwords. */
  readonly limits: Pick<Limits, 'begin'>
}

/** What a password came to; `later` when too many were wrong before, and it was not looked at. */
export type PasswordResult =
  | ({ readonly outcome: 'right' } & Credentials)
  | { readonly outcome: 'wrong' }
  | { readonly outcome: 'later'; readonly waitMs: number }

/** As `Judgement`; `disabled` is told to nobody but who has the right password of such an account. */
export type SignInResult = PasswordResult | { readonly outcome: 'disabled' }

/**
 * Finds the user of a handle or e-mail and password, in the same time and words whether or not there is such an account.
 * Of several who name one address that nobody has confirmed, it is the one whose password fits.
 * Failures of others keep nobody out of a browser in which they have signed in before.
 * @param from the browser's own cookie, and the network it comes from, where that is known
 * @throws PasswordsBusy
 */
export async function checkCredentials(
  typed: string,
  password: string,
  from: { readonly browser: Digest; readonly network: string | null },
  deps: PasswordDeps,
): Promise<SignInResult> {
  const login = loginOf(typed)
  const meant = await deps.store.findCredentials(login)
  const isKnown = await deps.store.isKnownBrowser(login, from.browser)
  // By the account, whichever of its names was typed.
  const accounts = meant.length === 0 ? [login] : meant.map(({ user }) => String(user.id))
  const counted: Counted[] = isKnown
    ? accounts.map((account) => ({ of: 'browser', key: `${hex(from.browser)} ${account}` }))
    : [
        ...accounts.map((key) => ({ of: 'account', key }) as const),
        ...(from.network === null ? [] : [{ of: 'network', key: from.network } as const]),
      ]
  return verify(login, password, { counted, isKnown }, deps)
}

/**
 * Finds the user of a handle who has signed in in this browser before, when the password is right: what was sent twice is so
 * told what the first has done. Nobody else is told anything.
 * @throws PasswordsBusy
 */
export async function signedInBefore(
  handle: string,
  password: string,
  browser: Digest,
  deps: PasswordDeps,
): Promise<Credentials | undefined> {
  if (!(await deps.store.isKnownBrowser(handle, browser))) return undefined
  const checked = await checkCredentials(handle, password, { browser, network: null }, deps)
  return checked.outcome === 'right' ? checked : undefined
}

/** The handle or e-mail in what a person typed as one. */
export const loginOf = (typed: string): string =>
  typed.trim().normalize('NFC').replace(/^@/, '').toLowerCase().slice(0, 254)

/**
 * Asks who is signed in for their password once more. Only failures in this very session count.
 * @throws PasswordsBusy
 */
export async function confirmPassword(
  user: User,
  password: string,
  session: Digest,
  deps: PasswordDeps,
): Promise<PasswordResult> {
  const counted: Counted[] = [{ of: 'browser', key: hex(session) }]
  const result = await verify(user.handle, password, { counted, isKnown: true }, deps)
  return result.outcome === 'disabled' ? { outcome: 'wrong' } : result
}

async function verify(
  login: string,
  password: string,
  { counted, isKnown }: { readonly counted: readonly Counted[]; readonly isKnown: boolean },
  { store, limits }: PasswordDeps,
): Promise<SignInResult> {
  const attempt = await limits.begin(counted)
  if ('waitMs' in attempt) return { outcome: 'later', waitMs: attempt.waitMs }
  try {
    const candidates = await store.findCredentials(login)
    const found = await whoseIs(password, candidates, isKnown ? 'known' : 'stranger')
    const isAlone = candidates.length === 1
    if (found === undefined || found.user.disabledAt !== null) {
      const meant = found ?? (isAlone ? candidates[0] : undefined)
      await store.noteRefusal({ event: 'sign_in_failed', userId: meant?.user.id ?? null })
    }
    if (found === undefined) return { outcome: 'wrong' }
    // Where others name the same address, one's own right password forgives no guesses at theirs.
    await (isAlone ? attempt.succeed() : attempt.cancel())
    return found.user.disabledAt === null ? { outcome: 'right', ...found } : { outcome: 'disabled' }
  } catch (error) {
    await attempt.cancel()
    throw error
  }
}

async function whoseIs(
  password: string,
  candidates: readonly Credentials[],
  asker: Asker,
): Promise<Credentials | undefined> {
  if (candidates.length === 0) await isPassword(password, undefined, asker)
  for (const candidate of candidates)
    if (await isPassword(password, candidate.passwordHash, asker)) return candidate
  return undefined
}

const hex = (digest: Digest): string => Buffer.from(digest).toString('hex')
