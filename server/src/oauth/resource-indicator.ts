/**
 * Whether an address is a resource of this server (RFC 8707 §2): its tokens are good here and nowhere else, so that a client
 * which means another server is told so before it sends that one a token of ours.
 */
export function isOwnResource(resource: string, issuer: string): boolean {
  if (!URL.canParse(resource) || /[?#@]/.test(resource)) return false
  // Scheme, host and port are compared normalised (RFC 3986 §6.2.2.1).
  const { origin, pathname } = new URL(resource)
  const bare = `${origin}${pathname.endsWith('/') ? pathname.slice(0, -1) : pathname}`
  return resources.some((path) => bare === `${issuer}${path}`)
}

const resources = ['', '/v1', '/mcp'] as const
