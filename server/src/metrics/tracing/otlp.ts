import { AsyncLocalStorage } from 'node:async_hooks'
import { type Context, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { ExportResultCode, W3CTraceContextPropagator } from '@opentelemetry/core'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources'
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  type ReadableSpan,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import type { Logger } from 'pino'
import type { RequestHead, RequestSpan, Tracing } from './tracing.ts'

/** Where traces go, and how many. */
export interface TracingSettings {
  /** The base of a collector that speaks OTLP over HTTP. */
  readonly endpoint: string
  /** The part of requests that is traced, of those whose caller has not decided it. */
  readonly ratio: number
}

/** Milliseconds that a stop waits for what has not been exported. */
const stopTimeoutMs = 2000
/** Milliseconds between two words in the log on a collector that does not take what it is sent. */
const toldEveryMs = 60_000
/** Methods that name a span; others are of as many kinds as somebody likes to send. */
const known = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** Opens the way to a collector. Nothing here fails or waits for it: what it does not take is dropped, and the log says so. */
export function openTracing({ endpoint, ratio }: TracingSettings, node: string, log: Logger): Tracing {
  const exporter = telling(new OTLPTraceExporter({ url: tracesUrl(endpoint) }), log)
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'stagedoor', 'service.instance.id': node }).merge(
      detectResources({ detectors: [envDetector] }),
    ),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  })
  const tracer = provider.getTracer('stagedoor')
  const propagator = new W3CTraceContextPropagator()
  const current = new AsyncLocalStorage<Context>()

  function under<T>(context: Context, span: Span, work: () => T): T {
    try {
      const done = current.run(trace.setSpan(context, span), work)
      if (done instanceof Promise)
        done.then(
          () => span.end(),
          (error: unknown) => failed(span, error),
        )
      else span.end()
      return done
    } catch (error) {
      failed(span, error)
      throw error
    }
  }

  function request({ method, route, path, scheme, requestId, header }: RequestHead): RequestSpan {
    const told = known.has(method) ? method : '_OTHER'
    const context = propagator.extract(ROOT_CONTEXT, header, {
      keys: () => ['traceparent', 'tracestate'],
      get: (carrier, name) => (name === 'traceparent' || name === 'tracestate' ? carrier(name) : undefined),
    })
    const attributes = {
      'http.request.method': told,
      'url.path': path,
      'url.scheme': scheme,
      'stagedoor.request_id': requestId,
      ...(route !== null && { 'http.route': route }),
    }
    // The HTTP semantic conventions name it so.
    const name = `${told === '_OTHER' ? 'HTTP' : told}${route === null ? '' : ` ${route}`}`
    const span = tracer.startSpan(name, { kind: SpanKind.SERVER, attributes }, context)
    return {
      within: (work) => current.run(trace.setSpan(context, span), work),
      end: (status) => {
        if (status !== null) span.setAttribute('http.response.status_code', status)
        const fault = status === null ? 'aborted' : status >= 500 ? String(status) : null
        if (fault !== null) span.setAttribute('error.type', fault)
        if (status !== null && fault !== null) span.setStatus({ code: SpanStatusCode.ERROR })
        span.end()
      },
    }
  }

  return {
    request,
    call(name, attributes, work) {
      const context = current.getStore()
      if (context === undefined) return work()
      return under(context, tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes }, context), work)
    },
    job(name, attributes, work) {
      const context = current.getStore() ?? ROOT_CONTEXT
      return under(context, tracer.startSpan(name, { attributes }, context), work)
    },
    stop: async () => {
      let giveUp: NodeJS.Timeout | undefined
      const enough = new Promise<void>((resolve) => {
        giveUp = setTimeout(resolve, stopTimeoutMs)
      })
      // What failed has been told.
      await Promise.race([provider.shutdown().catch(() => undefined), enough])
      clearTimeout(giveUp)
    },
  }
}

/** Sends a collector no spans, to see whether it takes them. @throws Error when it does not */
export async function checkTracing({ endpoint }: Pick<TracingSettings, 'endpoint'>): Promise<void> {
  const exporter = new OTLPTraceExporter({ url: tracesUrl(endpoint), timeoutMillis: stopTimeoutMs })
  try {
    await new Promise<void>((resolve, reject) =>
      exporter.export([], ({ code, error }) =>
        code === ExportResultCode.SUCCESS ? resolve() : reject(error ?? new Error('It was not taken')),
      ),
    )
  } finally {
    await exporter.shutdown()
  }
}

const tracesUrl = (endpoint: string): string => `${endpoint.replace(/\/+$/, '')}/v1/traces`

// The name of the error alone: its message may repeat what somebody has sent.
function failed(span: Span, error: unknown): void {
  span.setAttribute('error.type', error instanceof Error ? error.name : 'thrown value')
  span.setStatus({ code: SpanStatusCode.ERROR })
  span.end()
}

/** An exporter whose failures the log hears of, once a minute at most. */
function telling(exporter: SpanExporter, log: Logger): SpanExporter {
  let told = Number.NEGATIVE_INFINITY
  return {
    export: (spans: ReadableSpan[], done) =>
      exporter.export(spans, (result) => {
        const now = performance.now()
        if (result.code !== ExportResultCode.SUCCESS && now - told >= toldEveryMs) {
          told = now
          log.warn({ error: result.error?.name, code: codeOf(result.error) }, 'traces were not taken')
        }
        done(result)
      }),
    shutdown: () => exporter.shutdown(),
    ...(exporter.forceFlush && { forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve() }),
  }
}

const codeOf = (error: Error | undefined): unknown =>
  error !== undefined && 'code' in error ? error.code : undefined
