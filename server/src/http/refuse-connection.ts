import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex, Writable } from 'node:stream'
import type { PageError } from '../errors/oauth.ts'
import { unread } from '../errors/page.ts'
import type { Audience } from './audience.ts'
import type { Edge } from './edge.ts'
import { refusalReply } from './error-reply.ts'
import { headTooLong } from './header-limits.ts'
import type { Reply } from './message.ts'
import { headersFor } from './respond.ts'

/** What node:http says of a connection on which it could read no request. */
type ConnectionError = Error & { readonly code?: string; readonly rawPacket?: unknown }

/** Answers a connection on which no request could be read, in the form its sender names, and ends it. */
export async function refuseConnection(error: ConnectionError, socket: Writable, edge: Edge): Promise<void> {
  const seen = Buffer.isBuffer(error.rawPacket) ? error.rawPacket.toString('latin1') : ''
  const accept = /^accept:([^\r\n]*)/im.exec(seen)?.[1]
  // Of headers that are longer than is read only the end was kept, and so many belong to a browser.
  const opensPage = accept === undefined ? error.code === overflow : /\btext\/html\b/i.test(accept)
  const audience = opensPage ? 'people' : 'apps'
  const requestId = edge.requestId()
  try {
    const refusal = await refusalReply(refusalOf(error), audience, requestId, edge)
    if (socket.writable) socket.end(asText(refusal, audience))
  } catch (fault) {
    edge.log.error({ requestId, err: fault }, 'not answered')
    socket.destroy()
  }
}

function asText({ status, headers, body }: Reply, audience: Audience): Buffer {
  const bytes = Buffer.from(typeof body === 'string' ? body : '')
  const lines = Object.entries({
    ...headersFor[audience],
    ...headers,
    'content-length': bytes.length,
    connection: 'close',
  }).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.concat([
    Buffer.from(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n`, 'latin1'),
    bytes,
  ])
}

/** As `refuseConnection`, of a request whose body does not get on. */
export async function refuseLate(socket: Socket, edge: Edge): Promise<void> {
  await refuseConnection(Object.assign(new Error(), { code: late }), socket, edge)
  socket.destroySoon()
}

/** As `refuseConnection`, of a request to be connected to somewhere else (RFC 9110 §9.3.6). */
export const refuseTunnel = (socket: Duplex, edge: Edge): Promise<void> =>
  refuseConnection(Object.assign(new Error(), { code: tunnel }), socket, edge)

const tunnel = 'CONNECT'
const late = 'ERR_HTTP_REQUEST_TIMEOUT'
const overflow = 'HPE_HEADER_OVERFLOW'

function refusalOf({ code }: ConnectionError): PageError {
  if (code === overflow) return headTooLong()
  if (code === tunnel) return unread.tunnel()
  return code === late ? unread.late() : unread.notHttp()
}
