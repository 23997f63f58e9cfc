import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { finished, Readable } from 'node:stream'
import { stringifySetCookie } from 'cookie'
import type { Audience } from './audience.ts'
import { forAnyOrigin } from './cors.ts'
import type { Edge } from './edge.ts'
import { errorReply } from './error-reply.ts'
import { withoutInherited } from './fragment.ts'
import type { Cookie, Reply, Request } from './message.ts'
import { drain, isUnread, lingering } from './unread-body.ts'

const always = { 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' }

const forPrograms = { ...always, ...forAnyOrigin }

/** What an audience always gets. */
export const headersFor: Readonly<Record<Audience, Readonly<Record<string, string>>>> = {
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

/** A request, and where its answer is written. */
export interface Exchange {
  readonly received: IncomingMessage
  readonly sent: ServerResponse
  readonly request: Request
  readonly audience: Audience
}

/** Writes an answer with what its audience always gets; resolves once it has been begun. */
export function send(exchange: Exchange, answer: Reply, edge: Edge): void | Promise<void> {
  const { received, sent } = exchange
  const { status, body } = answer
  const headers = allHeaders(exchange, answer, edge)
  if (received.method === 'HEAD') sendHead(sent, status, headers, body)
  else if (body instanceof Readable) sendStream(exchange, status, headers, body, edge)
  else if (isUnread(received)) return sendEarly(exchange, status, headers, body, edge)
  else sendWhole(sent, status, headers, body)
  return undefined
}

function allHeaders(
  { received, request, audience }: Exchange,
  { headers, cookies = [] }: Reply,
  edge: Edge,
): Record<string, string | string[]> {
  const isSecure = edge.publicUrl.startsWith('https:')
  const all: Record<string, string | string[]> = {
    ...headersFor[audience],
    'x-request-id': request.requestId,
    ...headers,
  }
  if (isSecure) all['strict-transport-security'] = 'max-age=31536000'
  const { location } = headers
  if (audience === 'people' && location !== undefined) all['location'] = withoutInherited(location, request)
  // Nothing changes by a HEAD.
  if (cookies.length > 0 && request.method !== 'HEAD')
    all['set-cookie'] = cookies.map((cookie) => setCookie(cookie, isSecure))
  // RFC 9449 §8.2: whoever sent a proof has the nonce of the next one, whatever the answer.
  if (received.headers['dpop'] !== undefined && edge.proofNonce !== null)
    all['dpop-nonce'] = edge.proofNonce()
  // So that a client sends its next request on a connection that is not about to end.
  if (edge.traffic.isDraining) all['connection'] = 'close'
  return all
}

function sendWhole(
  sent: ServerResponse,
  status: number,
  headers: OutgoingHttpHeaders,
  body: string | Uint8Array,
): void {
  // RFC 9110 §8.6: neither has a body whose length it could say.
  if (status !== 204 && status !== 304) headers['content-length'] = Buffer.byteLength(body)
  sent.writeHead(status, headers).end(body)
}

// What is refused before it has arrived whole is told why, whatever its sender still writes.
async function sendEarly(
  exchange: Exchange,
  status: number,
  headers: OutgoingHttpHeaders,
  body: string | Uint8Array,
  edge: Edge,
): Promise<void> {
  const { received, sent } = exchange
  await drain(received)
  if (!isUnread(received)) {
    sendWhole(sent, status, headers, body)
    return
  }
  const last = { ...headers, connection: 'close', 'content-length': Buffer.byteLength(body) }
  sendStream(exchange, status, last, lingering(received, body), edge)
}

// What GET answers, without the body (RFC 9110 §9.3.2).
function sendHead(
  sent: ServerResponse,
  status: number,
  headers: OutgoingHttpHeaders,
  body: Reply['body'],
): void {
  if (body instanceof Readable) body.destroy()
  else if (body.length > 0) headers['content-length'] = Buffer.byteLength(body)
  sent.writeHead(status, headers).end()
}

// What fails before its first byte is told in full, and what fails later is cut off.
function sendStream(
  exchange: Exchange,
  status: number,
  headers: OutgoingHttpHeaders,
  body: Readable,
  edge: Edge,
): void {
  const { sent } = exchange
  sent.statusCode = status
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) sent.setHeader(name, value)
  finished(body, { writable: false }, (error) => {
    if (!error || sent.destroyed) return
    if (sent.headersSent) {
      sent.destroy()
      return
    }
    for (const name of sent.getHeaderNames()) sent.removeHeader(name)
    void refuseStream(exchange, error, edge)
  })
  sent.once('close', () => body.destroy())
  body.pipe(sent)
}

async function refuseStream(exchange: Exchange, error: Error, edge: Edge): Promise<void> {
  const { sent, audience, request } = exchange
  try {
    await send(exchange, await errorReply(error, audience, request, edge), edge)
  } catch {
    sent.destroy()
  }
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
