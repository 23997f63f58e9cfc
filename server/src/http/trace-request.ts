import type { IncomingMessage, ServerResponse } from 'node:http'
import type { RequestSpan } from '../metrics/tracing/tracing.ts'
import { loggedPath } from './access-log.ts'
import type { Edge } from './edge.ts'

/** Begins the span of a request, which ends with its answer; null where no traces are made. */
export function traceRequest(
  { method = '', url = '', headers }: IncomingMessage,
  sent: ServerResponse,
  about: { readonly requestId: string; readonly route: string | null },
  { tracing, publicUrl }: Edge,
): RequestSpan | null {
  if (tracing === null) return null
  const span = tracing.request({
    ...about,
    method,
    path: loggedPath(url),
    scheme: new URL(publicUrl).protocol.slice(0, -1),
    header: (name) => headers[name]?.toString(),
  })
  sent.once('close', () => span.end(sent.writableFinished ? sent.statusCode : null))
  return span
}
