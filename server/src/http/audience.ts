import Negotiator from 'negotiator'
import type { Request } from './message.ts'

/**
 * Who comes through a route. `apps`: programs of any origin, without cookies (CORS `*`), told of errors in JSON.
 * `api`: the same at the protected resources and at
 * files, told of errors in problem details (RFC 9457). `people`: browsers on our own
 * pages, which no other site may read or frame, told of errors by a page.
 */
export type Audience = 'apps' | 'api' | 'people'

/** Whether JSON is wanted rather than a page, by a request that says so. */
export function prefersJson(request: Pick<Request, 'header'>): boolean {
  const negotiator = new Negotiator({ headers: { accept: request.header('accept') } })
  return negotiator.mediaType(['text/html', 'application/json']) === 'application/json'
}

/** Whether an app writes what a browser sends to an address: the person can put nothing right there. */
export const isWrittenByApp = (pathname: string): boolean =>
  /^\/v1\/oauth\/(?:authorize|logout)\/?$/.test(pathname)

/**
 * Who asks for an address that leads nowhere: below the paths of programs a program, but for a browser that opens it as a
 * page and so names HTML.
 */
export function audienceOfNowhere(request: Pick<Request, 'header' | 'pathname'>): Audience {
  const { pathname } = request
  if (pathname.startsWith('/.well-known/')) return 'apps'
  const opensPage = /\btext\/html\b/i.test(request.header('accept') ?? '') && !prefersJson(request)
  if (opensPage || !/^\/(?:v1|content|files|uploads)(?:\/|$)/.test(pathname)) return 'people'
  return 'api'
}
