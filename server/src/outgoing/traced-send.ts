import type { Trace } from '../metrics/tracing/tracing.ts'
import type { Send } from './send.ts'

/** The same, of which each request is a span with its method and host: what more stands in an address is the app's own. */
export const tracedSend =
  (send: Send, trace: Trace): Send =>
  (request, bounds) => {
    const { method, url } = request
    const attributes = { 'http.request.method': method, 'server.address': url.hostname }
    return trace(`send ${method}`, attributes, () => send(request, bounds))
  }
