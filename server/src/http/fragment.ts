import type { Request } from './message.ts'

/**
 * The address of a redirect to an app as a browser is told it. A browser carries the fragment of the address it asked for
 * over to a Location without one (RFC 9110 §10.2.2), and of an authorization request anybody may have written that
 * fragment. An empty one ends that. Only a page that a browser opens by GET can have one, so only there is it sent: a form
 * has no fragment, and programs read the address to its end.
 */
export function withoutInherited(location: string, request: Pick<Request, 'method' | 'header'>): string {
  const isNavigation = request.method === 'GET' && request.header('sec-fetch-mode') === 'navigate'
  return isNavigation && /^https?:/i.test(location) && !location.includes('#') ? `${location}#` : location
}
