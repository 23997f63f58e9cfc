import { stringifySetCookie } from 'cookie'
import type { FastifyReply } from 'fastify'
import Negotiator from 'negotiator'
import type { Logger } from 'pino'
import { PasswordsBusy } from '../accounts/password.ts'
import { problem } from '../errors/api.ts'
import { OAuthError, PageError, RedirectError, route as refuse } from '../errors/oauth.ts'
import { interaction } from '../errors/page.ts'
import { StoreUnavailable } from '../store/contract/errors.ts'
import { type Cookie, json, type Reply, type Request, seeOther } from './message.ts'
import type { Traffic } from './traffic.ts'

/**
 * Who comes through a door. `apps`: programs of any origin, without cookies (CORS `*`), told of errors in JSON.
 * `api`: the same at the protected resources, told of errors in problem details (RFC 9457). `people`: browsers on our own pages, which no other site may read or frame, told of errors by a page.
 */
export type Audience = 'apps' | 'api' | 'people'

/** What the edge needs of the system behind it. */
export interface Edge {
  readonly publicUrl: string
  /** Addresses and networks of the proxies whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[]
  readonly log: Logger
  readonly requestId: () => string
  readonly traffic: Traffic
  /** Turns an authorization error into the URL that tells the app. */
  readonly redirectTo: (error: RedirectError) => string
  readonly showError: (error: PageError, requestId: string) => Reply
  readonly showBadRequest: (error: OAuthError, requestId: string) => Reply
  /** Throws unless a page was asked for under this server's own address. */
  readonly checkHost: (request: Request) => void
}

const always = { 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' }

const forPrograms = {
  ...always,
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'WWW-Authenticate, Retry-After, X-Request-Id',
}

const headersFor: Readonly<Record<Audience, Readonly<Record<string, string>>>> = {
  apps: forPrograms,
  api: forPrograms,
  people: {
    ...always,
    'x-frame-options': 'DENY',
    // Not no-referrer: with it browsers send `Origin: null` with our own forms.
    'referrer-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  },
}

/** Answers a CORS preflight. */
export const preflight = (allowed: readonly string[]): Reply => ({
  status: 204,
  headers: {
    'access-control-allow-methods': allowed.join(', '),
    'access-control-allow-headers': 'Authorization, Content-Type',
    'access-control-max-age': '86400',
  },
  body: '',
})

/** Writes an answer with what its audience always gets. */
export function send(reply: FastifyReply, answer: Reply, audience: Audience, edge: Edge): void {
  const isSecure = edge.publicUrl.startsWith('https:')
  reply.code(answer.status).headers(headersFor[audience]).header('x-request-id', reply.request.id)
  if (isSecure) reply.header('strict-transport-security', 'max-age=31536000')
  reply.headers(answer.headers)
  if (answer.cookies?.length)
    reply.header(
      'set-cookie',
      answer.cookies.map((cookie) => setCookie(cookie, isSecure)),
    )
  reply.send(answer.body)
}

/** The one place where a thrown error becomes an answer; what the public words leave out goes to the log. */
export function errorReply(thrown: unknown, audience: Audience, request: Request, edge: Edge): Reply {
  const error = known(thrown, audience)
  const { requestId } = request
  if (error.name === 'RedirectError') {
    edge.log.info({ requestId, error: error.code, reason: error.reason }, 'refused by redirect')
    return seeOther(edge.redirectTo(error))
  }
  const status = error.name === 'PageError' ? error.words.status : error.status
  const level = status === 500 ? 'error' : status > 500 ? 'warn' : 'info'
  edge.log[level](
    { requestId, status, reason: error.reason, ...(status === 500 && { err: thrown }) },
    'refused',
  )
  const reply = inWords(error, audience, request, edge)
  return status === 503 ? { ...reply, headers: { 'retry-after': '2', ...reply.headers } } : reply
}

function inWords(error: OAuthError | PageError, audience: Audience, request: Request, edge: Edge): Reply {
  const { requestId } = request
  if (error.name === 'OAuthError') {
    if (audience === 'people') return edge.showBadRequest(error, requestId)
    if (audience === 'api')
      return json(error.status, problem(error, edge.publicUrl), {
        'content-type': 'application/problem+json; charset=utf-8',
        ...error.headers,
      })
    const headers = { pragma: 'no-cache', ...error.headers }
    return json(error.status, { error: error.code, error_description: error.description }, headers)
  }
  if (!prefersJson(request)) return edge.showError(error, requestId)
  const { status, code, what, next } = error.words
  return json(status, { error: code, error_description: `${what} ${next}` })
}

function known(thrown: unknown, audience: Audience): OAuthError | RedirectError | PageError {
  if (thrown instanceof OAuthError || thrown instanceof RedirectError || thrown instanceof PageError)
    return thrown
  const words = audience === 'people' ? interaction : refuse
  if (thrown instanceof StoreUnavailable) return words.unavailable(thrown.message)
  if (thrown instanceof PasswordsBusy) return interaction.busy()
  return words.unexpected(thrown instanceof Error ? thrown.name : 'thrown value')
}

function prefersJson(request: Request): boolean {
  const negotiator = new Negotiator({ headers: { accept: request.header('accept') } })
  return negotiator.mediaType(['text/html', 'application/json']) === 'application/json'
}

function setCookie({ name, value, maxAge }: Cookie, isSecure: boolean): string {
  const lifetime = maxAge === undefined ? {} : { maxAge }
  return stringifySetCookie({
    name,
    value,
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure,
    ...lifetime,
  })
}
