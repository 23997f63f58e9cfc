import type { Logger } from 'pino'
import type { Store } from '../../store/contract/store.ts'
import type { TracingSettings } from './otlp.ts'
import { asCallsOf, asDatabase, tracedCalls } from './traced-calls.ts'
import { type Trace, type Tracing, untraced } from './tracing.ts'

/** What a server puts under spans; where no traces are made, everything is as it was given. */
export interface ServerTracing {
  readonly tracing: Tracing | null
  readonly trace: Trace
  store(store: Store, system: 'sqlite' | 'postgresql'): Store
  /** @param what the first word of its spans */
  calls<T extends object>(called: T | null, what: string): T | null
}

/**
 * Opens the traces of a server. Nothing of OpenTelemetry is loaded where no collector is named.
 * @param node the name of this server among those of an installation
 */
export async function openServerTracing(
  settings: TracingSettings | null,
  node: string,
  log: Logger,
): Promise<ServerTracing> {
  if (settings === null)
    return { tracing: null, trace: untraced, store: (store) => store, calls: (called) => called }
  const tracing = (await import('./otlp.ts')).openTracing(settings, node, log)
  return {
    tracing,
    trace: tracing.job,
    store: (store, system) => tracedCalls(store, asDatabase(system), tracing, ['as', 'once']),
    calls: (called, what) => called && tracedCalls(called, asCallsOf(what), tracing),
  }
}
