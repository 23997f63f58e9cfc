import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { RequestSpan, Tracing } from '../metrics/tracing/tracing.ts'
import { loggedPath } from './access-log.ts'

/** Puts every request of a server, from its head to the end of its answer, under a span. */
export function traceRequests(server: FastifyInstance, publicUrl: string, tracing: Pick<Tracing, 'request'>) {
  const spans = new WeakMap<FastifyRequest, RequestSpan>()
  const scheme = new URL(publicUrl).protocol.slice(0, -1)
  server.addHook('onRequest', async (request, reply) => {
    const { method, headers } = request
    const span = tracing.request({
      method,
      route: request.routeOptions.url ?? null,
      path: loggedPath(request.url),
      scheme,
      requestId: request.id,
      header: (name) => headers[name]?.toString(),
    })
    spans.set(request, span)
    const { raw } = reply
    raw.once('close', () => span.end(raw.writableFinished ? raw.statusCode : null))
  })
  // Not earlier: a body that is read in between arrives in nobody's context.
  server.addHook('preHandler', (request, _reply, done) => {
    const span = spans.get(request)
    if (span === undefined) done()
    else span.within(done)
  })
}
