/** What a span says: names and numbers of few values, and ids of our own; never a secret, a query or anything of anybody's. */
export type SpanAttributes = Readonly<Record<string, string | number>>

/** What a request says of itself before it is answered. */
export interface RequestHead {
  readonly method: string
  /** The path as it is written in the list of routes; null for what leads nowhere. */
  readonly route: string | null
  /** The path that was asked for, as the log has it. */
  readonly path: string
  readonly scheme: string
  readonly requestId: string
  /** Where the caller says in which trace it asks (W3C Trace Context). */
  readonly header: (name: 'traceparent' | 'tracestate') => string | undefined
}

/** The span of a request. */
export interface RequestSpan {
  /** Does something of which every span is below this one. */
  within<T>(work: () => T): T
  /** @param status what was answered; null when the caller went before that */
  end(status: number | null): void
}

/** Spans of what a server does, for whoever operates it (OpenTelemetry). */
export interface Tracing {
  request(head: RequestHead): RequestSpan
  /** Does work that another server does for this one: a span where a request or a job is under way, none by itself. */
  call<T>(name: string, attributes: SpanAttributes, work: () => T): T
  /** Does work that nobody waits for, under a span of its own or the one that caused it. */
  job<T>(name: string, attributes: SpanAttributes, work: () => T): T
  /** Hands over what has not been exported yet, as long as that may take. */
  stop(): Promise<void>
}

/** Does work under a span, where spans are made. */
export type Trace = Tracing['job']

/** What does work without a span. */
export const untraced: Trace = (_name, _attributes, work) => work()
