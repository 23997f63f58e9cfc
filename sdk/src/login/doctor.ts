import { type Fields, fields, text } from '../http/fields.ts'
import { isLoopback, originOf } from '../http/url.ts'
import { isForbidden } from '../platform/browser-policy.ts'
import type { PageFacts, WindowPlatform } from '../platform/platform.ts'
import type { LoginContext } from '../session/context.ts'

/** What is known of a login that has begun, or has failed. */
interface Case {
  readonly context: LoginContext<WindowPlatform>
  readonly page: PageFacts
  /** The page's URL, without what is private in it. */
  readonly place: string
  readonly redirectUri: string
}

/** What was seen, what it means, and the line to add; null where all is well. */
type Check = (login: Case) => string | null | Promise<string | null>

const pathOf = (url: string) => url.replace(/^[^/]+\/\/[^/?#]*/, '').split(/[?#]/)[0] || '/'

/** A loopback URL without its port, which a login may have of its own (RFC 8252 §7.3). */
const portless = (url: string) => url.replace(/^(http:\/\/(?:\[::1\]|[^/:?#]+)):\d+/, '$1')

const isRegistered = (asked: string, uris: readonly string[]) =>
  uris.some((uri) => uri === asked || (isLoopback(originOf(uri) ?? '') && uri === portless(asked)))

const inFrame: Check = ({ page, place }) =>
  page.isFramed
    ? `${place} stands in a frame of another site. Browsers keep what it stores apart there, or forget it, so a login may not ` +
      `last. Show it in a window of its own: <a href="${place}" target="_blank">`
    : null

const insecurely: Check = ({ page, place }) =>
  page.isSecure
    ? null
    : `${place} is no secure context: browsers lock nothing between tabs there, and the server registers no such redirect ` +
      'URI. Serve it by https, or open it as http://localhost'

const severed: Check = ({ page, place }) =>
  page.seversPopups
    ? `${place} is sent with Cross-Origin-Opener-Policy: same-origin, which cuts it off from its popups: that one was closed is ` +
      'noticed late. Send: Cross-Origin-Opener-Policy: same-origin-allow-popups'
    : null

const forgetful: Check = ({ context: { platform, name }, place }) => {
  const probe = `${name}:probe`
  const isKept = platform.storage.set(probe, '1')
  platform.storage.remove(probe)
  return isKept
    ? null
    : `localStorage of ${place} keeps nothing: it is blocked or full. A login lasts until the page is left, and the full page ` +
        'cannot log in at all. Allow the site to keep data on this device, or pass services: { tokenStore }'
}

const unregistered: Check = async ({ context: { app, client }, redirectUri }) => {
  if (!app.apiKey) return null
  const seen: Fields | null = await client
    .request(
      `/developer-apps/${app.apiKey}`,
      {},
      (status) => [status === 404 ? 'not_found' : 'request_refused'],
      null,
    )
    .catch((error) => (error.code === 'not_found' ? null : {}))
  const register = `${app.issuer}/developers`
  if (seen === null)
    return `${app.issuer} knows no app with the key ${app.apiKey}. Make one at ${register}, and pass its key: apiKey: '…'`
  const { redirect_uris: uris, user_id: owner } = fields(seen['data'])
  // An app that nobody owns is the one that development has: it may log in anywhere on this machine.
  if (owner === null && isLoopback(originOf(redirectUri) ?? '')) return null
  if (!Array.isArray(uris) || isRegistered(redirectUri, uris.map(String))) return null
  const remedy = uris.length
    ? `Registered: ${uris.join(', ')}. Pass one of those, or add it at ${register}: redirectUri: '…'`
    : `Add it at ${register}`
  return `The redirect URI ${redirectUri} is not registered, so the page of the login shows an error and nobody comes back. ${remedy}`
}

const unkeyed: Check = ({ context: { app } }) => {
  if (app.apiKey !== null || !app.hasKey) return null
  const consequence = app.appName
    ? `it logs in as ${app.appName}, an app that nobody registered`
    : 'no app can log in'
  return (
    `apiKey is undefined, so ${consequence}. The variable that it is read from is not set where the page is built: ` +
    'Vite passes on those named VITE_…, Next those named NEXT_PUBLIC_…, and both read .env when they start. Where no key ' +
    'is meant, leave apiKey out'
  )
}

/** The most characters of the name of an app that the server takes. */
const LONGEST_NAME = 64

const misnamed: Check = ({ context: { app } }) => {
  if (app.apiKey) return null
  const name = (app.appName ?? '').trim()
  const { length } = [...name]
  // Line breaks and the like, and what changes the direction of text.
  const hasHidden = /[\p{Cc}\u200b\u202a-\u202e\u2066-\u2069]/u.test(app.appName ?? '')
  if (length > 0 && length <= LONGEST_NAME && !hasHidden) return null
  const seen = hasHidden ? 'has characters that cannot be seen' : `has ${length} characters`
  return (
    `appName ${seen}, so the page of the login shows an error and nobody comes back. ` +
    `Pass 1 to ${LONGEST_NAME} that can be seen: appName: 'My app'`
  )
}

/** Looks at what is around a login that has begun. */
const around: readonly Check[] = [inFrame, insecurely, severed, forgetful, unregistered, unkeyed, misnamed]

const elsewhere: Check = ({ page, place, redirectUri }) => {
  const origin = originOf(place)
  const end = originOf(redirectUri)
  if (!origin)
    return `${place} was opened as a file, and no login comes back to one. Serve its folder: npx vite, or python3 -m http.server`
  if (page.isSandboxed)
    return (
      `${place} is sandboxed, so it has no origin, and no callback page can hand its answer to it. Add to its sandbox: ` +
      'allow-same-origin allow-popups allow-popups-to-escape-sandbox'
    )
  if (!end)
    return `redirectUri is ${redirectUri}, which is no whole URL. Write redirectUri: '${origin}/${redirectUri.replace(/^[./]+/, '')}'`
  const meant = `redirectUri: '${origin}${pathOf(redirectUri)}'`
  if (isLoopback(origin) && isLoopback(end) && portless(origin) === portless(end))
    return `${place} has another port than the redirect URI ${redirectUri}. Pass ${meant}`
  if (isLoopback(origin) && isLoopback(end))
    return (
      `${place} and the redirect URI ${redirectUri} are the same machine by two names, and two sites to a browser. ` +
      `Open the page at ${end}, or pass ${meant}`
    )
  return (
    `${place} is of another origin than the redirect URI ${redirectUri}: its answer would not find this page. ` +
    `Open the page at ${end}, or pass ${meant} and register it`
  )
}

const blocked: Check = ({ place }) =>
  `The browser opened no window for ${place}: it does so in a click alone, before anything is awaited. Call login() first ` +
  "in the click's handler, or go on with the full page: login({ fallback: 'redirect' })"

const forbidden: Check = async ({ context: { app }, place }) =>
  (await isForbidden(app.issuer))
    ? `The content security policy of ${place} forbids requests to ${app.issuer}: the server may well be there. ` +
      `Name it in the policy: connect-src 'self' ${app.issuer}`
    : null

/** By the code of what a login failed with. */
const failures: Readonly<Record<string, readonly Check[]>> = {
  missing_client: [unkeyed],
  redirect_uri_origin: [elsewhere],
  scope_needs_api_key: [unkeyed],
  popup_blocked: [blocked],
  storage_blocked: [inFrame, forgetful],
  no_secure_random: [insecurely],
  unreachable: [forbidden],
}

/**
 * What a developer should know of a login: what was seen, what it means, and the line to add.
 *
 * @param code What it failed with; left out where it has begun.
 */
export async function findings(
  context: LoginContext<WindowPlatform>,
  redirectUri: string,
  code?: string,
): Promise<readonly string[]> {
  const [place = ''] = context.platform.page.url().split(/[?#]/)
  const login = { context, page: await context.platform.page.facts(), place, redirectUri }
  const checks = code === undefined ? around : (failures[code] ?? [])
  const found = await Promise.all(checks.map((check) => check(login)))
  return found.filter((finding) => text(finding) !== undefined).map(String)
}
