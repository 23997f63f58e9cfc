/**
 * Whether an address is a resource of this server (RFC 8707 §2): its tokens are good here and nowhere else, so that a client
 * which means another server is told so before it sends that one a token of ours.
 */
export function isOwnResource(resource: string, issuer: string): boolean {
  const bare = resource.endsWith('/') ? resource.slice(0, -1) : resource
  return resources.some((path) => bare === `${issuer}${path}`)
}

const resources = ['', '/v1', '/mcp'] as const
