import { type Credential, digest, sameDigest } from '../../crypto/secret.ts'
import type { Digest } from '../../store/contract/store.ts'
import type { PageDeps } from '../page-deps.ts'

type FormTokenDeps = Pick<PageDeps, 'sealer' | 'clock'>

/** Who sends a form: a browser, and the session in it. */
interface Sender {
  readonly browsers: readonly Digest[]
  readonly session: { readonly user: { readonly id: number }; readonly digest: Digest } | undefined
}

/** What a form token says of the page that it was on. */
export interface ShownTo {
  readonly userId: number
  /** Whether it acts for who is signed in: the session is the same, or the form was kept for after a sign-in of this user. */
  readonly acts: boolean
}

/** For how long a form that outlived its session is kept for the next one of the same user, in milliseconds. */
const keptFor = 60 * 60_000

/** The token of a form that is shown to nobody who is signed in; it says which browser it is, and no more. */
export const browserToken = (browser: Credential): string =>
  Buffer.from(digest(`form of ${browser.text}`)).toString('base64url')

/** The token of a form that is shown in a session: once that has ended, it is worth nothing. */
export const sessionToken = (
  session: { readonly user: { readonly id: number }; readonly digest: Digest },
  browser: Credential,
  deps: FormTokenDeps,
): string => sealed(session.user.id, browser, nameOf(session.digest), deps)

/** The token of a form whose session has ended, for the next one of the same user in this browser. */
export const keptToken = (userId: number, browser: Credential, deps: FormTokenDeps): string =>
  sealed(userId, browser, `${until}${deps.clock() + keptFor}`, deps)

/** Whether a token is one of those of a browser, whoever it was shown to. */
export function isTokenOf(token: string | undefined, tokens: readonly string[]): boolean {
  const [ofBrowser = ''] = (token ?? '').split(separator)
  return tokens.some((each) => sameDigest(digest(ofBrowser), digest(each)))
}

/** To whom a form was shown in this browser; undefined when that was nobody, or nobody can tell any more. */
export function shownTo(
  token: string | undefined,
  { browsers, session }: Sender,
  { sealer, clock }: FormTokenDeps,
): ShownTo | undefined {
  const [, text = ''] = (token ?? '').split(separator)
  const bytes = Buffer.from(text, 'base64url')
  // A token is one text: what else decodes to the same bytes is none.
  if (bytes.toString('base64url') !== text) return undefined
  const [user, browser, where = ''] = sealer.unseal('form token', bytes)?.split(' ') ?? []
  if (!browsers.some((each) => hexOf(each) === browser)) return undefined
  const userId = Number(user)
  const isHere = where.startsWith(until)
    ? Number(where.slice(until.length)) > clock()
    : session !== undefined && where === nameOf(session.digest)
  return { userId, acts: isHere && session?.user.id === userId }
}

const separator = '.'
const until = 'until-'

// Whoever had this browser before, and knows what it had in its forms, can make none of these.
const sealed = (userId: number, browser: Credential, where: string, { sealer }: FormTokenDeps): string =>
  browserToken(browser) +
  separator +
  Buffer.from(sealer.seal('form token', `${userId} ${hexOf(browser.digest)} ${where}`)).toString('base64url')

/** Of a session, as much as tells two of them apart. */
const nameOf = (session: Digest): string => hexOf(session).slice(0, 16)

const hexOf = (bytes: Digest): string => Buffer.from(bytes).toString('hex')
