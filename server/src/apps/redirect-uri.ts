import { isLoopbackHost, loopbackHost } from './loopback.ts'
import { isRefusedScheme } from './refused-schemes.ts'

/** A rule that a redirect URI breaks, in words for its developer. */
export interface RedirectUriFault {
  readonly rule: string
  readonly words: string
}

type Check = (uri: string, url: URL) => string | undefined

const maximumLength = 2000

// Names the answer itself puts there (RFC 6749 §4.1.2, RFC 9207 §2).
const answerParameters = ['code', 'state', 'iss', 'error', 'error_description', 'error_uri', 'access_token']

/** Whether a URI is one of the web. */
export const isWeb = (url: URL): boolean => url.protocol === 'https:' || url.protocol === 'http:'
const pathOf = (uri: string) => uri.replace(/^[^:]+:(?:\/\/[^/?]*)?/, '').replace(/\?.*$/s, '')

// In the order a developer should hear of them.
const checks: readonly (readonly [rule: string, check: Check])[] = [
  [
    'scheme',
    (_, url) =>
      isRefusedScheme(url.protocol.slice(0, -1)) ? 'This scheme is not one an app can own.' : undefined,
  ],
  [
    'scheme',
    (uri) => (/^[^/:]+:\d/.test(uri) ? 'Begin it with https:// (or http:// for localhost).' : undefined),
  ],
  ['fragment', (uri) => (uri.includes('#') ? 'It may not contain a fragment (#).' : undefined)],
  [
    'userinfo',
    (uri, url) =>
      url.username || url.password || /^[^:]+:\/\/[^/?]*@/.test(uri)
        ? 'It may not contain a user name or password before the host.'
        : undefined,
  ],
  [
    'traversal',
    (uri) =>
      climbs(uri) ? 'It may not contain /.. or encoded dots, slashes or backslashes in its path.' : undefined,
  ],
  [
    'wildcard',
    (uri) => (uri.includes('*') ? 'Wildcards are not supported: register each URI whole.' : undefined),
  ],
  [
    'ip',
    (_, url) =>
      isWeb(url) && isRawIp(url.hostname)
        ? 'Its host may not be an IP address other than 127.0.0.1 or [::1].'
        : undefined,
  ],
  [
    'canonical',
    (_, url) => (isWeb(url) && url.hostname.endsWith('.') ? 'Its host may not end with a dot.' : undefined),
  ],
  ['port', (_, url) => (isWeb(url) && url.port === '0' ? 'Nothing can listen on port 0.' : undefined)],
  ['canonical', (uri, url) => (isCanonical(uri, url) ? undefined : `Write it as browsers do: ${url.href}`)],
  [
    'https',
    (_, url) =>
      url.protocol === 'http:' && !isLoopbackHost(url.hostname)
        ? 'It must begin with https://; http:// is for localhost and loopback addresses only.'
        : undefined,
  ],
  [
    'query',
    (_, url) => {
      const reserved = answerParameters.find((name) => url.searchParams.has(name))
      return reserved ? `Its query may not contain ${reserved}, which belongs to the answer.` : undefined
    },
  ],
]

/**
 * Finds the first rule that a redirect URI breaks, or `undefined` when it may be registered (RFC 9700 §4.1.1,
 * RFC 8252 §7). What a browser's URL parser would read otherwise than it is written is refused, so that no two
 * parsers can disagree on where a code goes.
 */
export function redirectUriFault(uri: string): RedirectUriFault | undefined {
  if (uri.length > maximumLength)
    return { rule: 'length', words: `It is longer than ${maximumLength} characters.` }
  if (/[\s,;|]["'<]?[a-z][a-z\d+.-]+:\/\//i.test(uri.trim()))
    return { rule: 'several', words: 'It is more than one URI. Write one a line.' }
  if (!/^[\x21-\x5b\x5d-\x7e]+$/.test(uri))
    return (
      scriptFault(uri) ?? {
        rule: 'characters',
        words: 'It may only contain visible ASCII characters, and no backslash.',
      }
    )
  if (!URL.canParse(uri))
    return {
      rule: 'scheme',
      words: 'It is not a whole URI. Begin it with https:// or a scheme of your app.',
    }
  const url = new URL(uri)
  for (const [rule, check] of checks) {
    const words = check(uri, url)
    if (words !== undefined) return { rule, words }
  }
  return undefined
}

/** What is to be done about a URI of another script, which browsers write in ASCII (RFC 3492 in its host). */
function scriptFault(uri: string): RedirectUriFault | undefined {
  if (/^\p{ASCII}*$|[\p{C}\p{Z}]/u.test(uri) || !URL.canParse(uri)) return undefined
  const { href } = new URL(uri)
  return redirectUriFault(href) ?? { rule: 'characters', words: `Write it as browsers do: ${href}` }
}

/** Whether a URI has a private-use scheme, which any app on a device can claim (RFC 8252 §7.1, §8.6). */
export const isPrivateUse = (uri: string): boolean => !/^https?:/i.test(uri)

/**
 * Whether other software on the person's device could take what is sent to a URI (RFC 8252 §8.6): it has a private-use
 * scheme, or its host is the device itself, whatever the port.
 */
export function isOnDevice(uri: string): boolean {
  if (isPrivateUse(uri)) return true
  const { hostname } = new URL(uri)
  return isLoopbackHost(hostname)
}

/** Whether a redirect URI works while an app is developed alone: its host is the developer's own machine. */
export function isForDevelopment(uri: string): boolean {
  const url = new URL(uri)
  return isWeb(url) && isLoopbackHost(url.hostname)
}

/** Whether a URI is on this very machine (RFC 8252 §7.3, with `localhost` and the names under it beside the literals). */
export const isLoopback = (uri: string): boolean => loopbackUri.test(uri)

const loopbackUri = new RegExp(`^http://(${loopbackHost})(?::([1-9]\\d{0,4}))?(?=[/?]|$)`)

/**
 * Compares a requested URI with the registered ones: the same string, or the same but for the port where a loopback
 * URI is registered without one (RFC 9700 §4.1.3, RFC 8252 §7.3).
 */
export function matchRedirectUri(
  uri: string,
  registered: readonly string[],
): 'exact' | 'loopback' | undefined {
  if (registered.includes(uri)) return 'exact'
  const [origin, host, port] = loopbackUri.exec(uri) ?? []
  if (origin === undefined || port === undefined || Number(port) > 65_535) return undefined
  return registered.includes(`http://${host}${uri.slice(origin.length)}`) ? 'loopback' : undefined
}

/** What to show a person as the place they will be sent to: the host, or an app's scheme. */
export function redirectHost(uri: string): string {
  const url = new URL(uri)
  return isWeb(url) ? url.host : `${url.protocol}//`
}

function isCanonical(uri: string, url: URL): boolean {
  // A bare origin is the one form the parser completes that developers are told to register.
  return url.href === uri || (isWeb(url) && url.href === `${uri}/`)
}

function climbs(uri: string): boolean {
  if (/%(?:25)*(?:2e|2f|5c|00)/i.test(pathOf(uri))) return true
  return /[/\\]\.\./.test(
    uri.replace(/%(?:25)*(2e|2f|5c)/gi, (_, hex: string) => decodeURIComponent(`%${hex}`)),
  )
}

function isRawIp(hostname: string): boolean {
  if (isLoopbackHost(hostname)) return false
  return hostname.startsWith('[') || /^\d+(?:\.\d+){3}$/.test(hostname)
}
