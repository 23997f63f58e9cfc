import { deviceOf } from '../../accounts/device.ts'
import { findSession, type SessionPlace, sessionLifetime } from '../../accounts/session.ts'
import { type Credential, mint, read } from '../../crypto/secret.ts'
import { interaction } from '../../errors/interaction.ts'
import { placeOf } from '../../http/ip-address.ts'
import type { Cookie, Request } from '../../http/message.ts'
import { type Params, readBody } from '../../http/params.ts'
import { lifetimes } from '../../limits.ts'
import type { Digest, Place, Session } from '../../store/contract/store.ts'
import type { PageDeps } from '../page-deps.ts'
import { browserToken, isTokenOf, sessionToken } from './form-token.ts'

/** A browser on our pages: its own cookie, to which requests and forms are bound, and who is signed in. */
export interface Browser {
  readonly browser: Credential
  /** The digests of every cookie by which it is known; none when it has sent none. */
  readonly browsers: readonly Digest[]
  readonly place: Place
  readonly session: (Session & { readonly digest: Digest }) | undefined
  /** What every form of this browser carries, so that no other site can send it. */
  readonly csrf: string
  /** Every token that its forms may carry. */
  readonly tokens: readonly string[]
  /** To set with the answer. */
  readonly cookies: readonly Cookie[]
}

/** Recognises a browser by its cookies; a new one is given its own. */
export async function browserOf(request: Request, deps: PageDeps): Promise<Browser> {
  const names = cookieNames(deps.issuer)
  const known = browsersOf(request, names.browser)
  const place = {
    device: deviceOf(request.header('user-agent') ?? ''),
    network: placeOf(request.address),
  }
  const browser = known[0] ?? mint('browser', deps.random)
  const session = await findSession(request.cookies[names.session], place, deps)
  return {
    browser,
    browsers: known.map((each) => each.digest),
    place,
    session,
    csrf: session === undefined ? browserToken(browser) : sessionToken(session, browser, deps),
    tokens: known.map(browserToken),
    cookies: known.length === 0 ? [{ name: nameOf(browser, names.browser), value: browser.text }] : [],
  }
}

/**
 * Reads a form that one of our own pages sent.
 * @throws PageError 403 when another site could have sent it: by its origin, its fetch metadata or its token.
 */
export const submission = (
  request: Request,
  deps: PageDeps,
): Promise<{ readonly from: Browser; readonly form: Params }> =>
  ownForm(request, deps, () => readBody(request.header('content-type'), request.body))

/**
 * As `submission`, of a form in another encoding.
 * @param readIt is told who sends it, and asks `checkToken` before it keeps anything
 */
export async function ownForm<Form extends Pick<Params, 'get'>>(
  request: Request,
  deps: PageDeps,
  readIt: (from: Browser) => Form | Promise<Form>,
): Promise<{ readonly from: Browser; readonly form: Form }> {
  const origin = request.header('origin')
  if (origin !== undefined && origin !== deps.issuer)
    throw interaction.forged().with({ reason: 'Origin is another site' })
  const site = request.header('sec-fetch-site')
  if (site !== undefined && site !== 'same-origin')
    throw interaction.forged().with({ reason: 'Sec-Fetch-Site is not same-origin' })
  const from = await browserOf(request, deps)
  const form = await readIt(from)
  checkToken(form.get('csrf'), from)
  return { from, form }
}

/** Lets on a form that holds the token of its browser, whoever it was shown to. @throws PageError 403 */
export function checkToken(token: string | undefined, from: Browser): void {
  if (from.tokens.length === 0) throw interaction.formWithoutCookies()
  if (!isTokenOf(token, from.tokens)) throw interaction.forged().with({ reason: 'wrong form token' })
}

/** What a session that starts in this browser is told of it. */
export const sessionPlaceOf = ({ browser, place, session }: Browser): SessionPlace => ({
  browser: browser.digest,
  place,
  replaces: session?.digest ?? null,
})

/** The cookies of a browser in which a session has just started: it is known from now on. */
export const signedInCookies = (from: Browser, session: Credential, issuer: string): readonly Cookie[] => [
  {
    name: nameOf(from.browser, cookieNames(issuer).browser),
    value: from.browser.text,
    maxAge: lifetimes.knownBrowser / 1000,
  },
  sessionCookie(session.text, sessionLifetime / 1000, issuer),
]

/** The cookie that signs a browser in for `maxAge` seconds; 0 signs it out. */
export const sessionCookie = (value: string, maxAge: number, issuer: string): Cookie => ({
  name: cookieNames(issuer).session,
  value,
  maxAge,
})

/** Cookies by which one browser may be known; a second one comes of two tabs that open at once. */
const mostBrowsers = 8

/** The cookie that carries what the next page shows once, for `maxAge` seconds; 0 forgets it. */
export const onceCookie = (of: string, value: string, maxAge: number, issuer: string): Cookie => ({
  name: onceCookieName(of, issuer),
  value,
  maxAge,
})

/** The name of that cookie. @param of the name of what is shown */
export const onceCookieName = (of: string, issuer: string): string => `${cookieNames(issuer).once}-${of}`

// Two tabs that open at once are given a cookie each, under a name of its own: the first one's login goes on.
const nameOf = (browser: Credential, base: string): string => `${base}-${hexOf(browser.digest).slice(0, 8)}`

const hexOf = (bytes: Digest): string => Buffer.from(bytes).toString('hex')

const browsersOf = (request: Request, base: string): readonly Credential[] =>
  Object.entries(request.cookies)
    .filter(([name]) => name === base || name.startsWith(`${base}-`))
    .flatMap(([, value]) => read('browser', value) ?? [])
    .slice(0, mostBrowsers)

// Without https there is no __Host- prefix, and cookies of one host are shared by all its ports.
function cookieNames(issuer: string): {
  readonly browser: string
  readonly session: string
  readonly once: string
} {
  const { protocol, port } = new URL(issuer)
  const name = (what: string) =>
    protocol === 'https:' ? `__Host-stagedoor-${what}` : `stagedoor-${what}-${port || '80'}`
  return { browser: name('browser'), session: name('session'), once: name('once') }
}
