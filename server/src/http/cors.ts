import type { Reply, Request } from './message.ts'

/** What a page of another origin may read of an answer to a program. */
const exposed = [
  'Accept-Ranges',
  'Content-Disposition',
  'Content-Length',
  'Content-Range',
  'DPoP-Nonce',
  'ETag',
  'Location',
  'RateLimit',
  'RateLimit-Limit',
  'RateLimit-Policy',
  'RateLimit-Remaining',
  'RateLimit-Reset',
  'Retry-After',
  'Tus-Checksum-Algorithm',
  'Tus-Extension',
  'Tus-Max-Size',
  'Tus-Resumable',
  'Tus-Version',
  'Upload-Expires',
  'Upload-Length',
  'Upload-Metadata',
  'Upload-Offset',
  'WWW-Authenticate',
  'X-Request-Id',
]

/** What every answer to a program of any origin carries: these addresses take no cookies. */
export const forAnyOrigin: Readonly<Record<string, string>> = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': exposed.join(', '),
}

/** What is allowed where nothing is asked for by name. */
const usual = [
  'Authorization',
  'Content-Type',
  'DPoP',
  'Tus-Resumable',
  'Upload-Checksum',
  'Upload-Length',
  'Upload-Metadata',
  'Upload-Offset',
  'X-Request-Id',
  'X-Requested-With',
]

/**
 * Answers a CORS preflight (Fetch §3.2.2). Whatever headers it asks for are allowed: tracing and monitoring add theirs to
 * every request of a page, and none of them does harm where no cookie is read.
 */
export function preflight(request: Request, allowed: readonly string[]): Reply {
  const asked = request.header('access-control-request-headers') ?? ''
  const isList = /^[\w!#$%&'*+.^`|~, \t-]*$/.test(asked)
  return {
    status: 204,
    headers: {
      allow: allowed.join(', '),
      'access-control-allow-methods': allowed.join(', '),
      'access-control-allow-headers': asked !== '' && isList ? asked : usual.join(', '),
      'access-control-max-age': '86400',
      vary: 'Access-Control-Request-Headers',
    },
    body: '',
  }
}
