/**
 * What the SDK reads and writes of URLs. By hand, as React Native's `URL` and `URLSearchParams` lack most of it.
 */

/** A URL's origin, as written; undefined where it has none, or where parsers could differ about it. */
export function originOf(url: string): string | undefined {
  return /^[a-z][a-z0-9+.-]*:\/\/[^\s/?#@\\]+(?=[/?#]|$)/.exec(url)?.[0]
}

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
