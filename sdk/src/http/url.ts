/**
 * What the SDK reads and writes of URLs. By hand, as React Native's `URL` and `URLSearchParams` lack most of it.
 */

/** A host as browsers write it: in ASCII, and an address in its shortest form. */
function normalHost(origin: string, scheme: string): string {
  try {
    return scheme + new URL(origin).host
  } catch {
    return origin
  }
}

/**
 * A URL's origin as browsers write it: in lower case, without its scheme's own port. Undefined where it has none, or
 * where parsers could differ about it.
 */
export function originOf(url: string): string | undefined {
  const written = /^[a-z][a-z0-9+.-]*:\/\/[^\s/?#@\\]+(?=[/?#]|$)/i.exec(url)?.[0].toLowerCase()
  return written?.replace(/^(https?:\/\/).+/, normalHost).replace(/^(http:.*):80$|^(https:.*):443$/, '$1$2')
}

/** Whether an origin is this very machine: browsers ask no network for localhost and what is under it (RFC 6761 §6.3). */
export const isLoopback = (origin: string): boolean =>
  /\/\/(?:(?:[\w-]+\.)*localhost|127\.0\.0\.1|\[::1\])(?::|$)/.test(origin)

/** Whether a URL names a server and nothing on it. */
export const isBare = (url: string): boolean => /^[^/]+\/\/[^/?#]+\/*$/.test(url)

/** Whether what names a server is the same as an origin, however it is written. */
export const isSameServer = (name: string, origin: string): boolean =>
  isBare(name) && originOf(name) === origin

function decoded(written: string): string {
  try {
    return decodeURIComponent(written.replace(/\+/g, ' '))
  } catch {
    return written
  }
}

/** The name and the value that one part of a query writes. */
export function readPair(pair: string): readonly [name: string, value: string] {
  const [name = '', ...value] = pair.split('=')
  return [decoded(name), decoded(value.join('='))]
}

/** Writes a query (RFC 6749 appendix B); what is empty is left out. */
export function writeQuery(values: Readonly<Record<string, string | null | undefined>>): string {
  return Object.entries(values)
    .flatMap(([name, value]) => (value ? `${name}=${encodeURIComponent(value)}` : []))
    .join('&')
}
