import { monitorEventLoopDelay } from 'node:perf_hooks'
import { gauge, type Instrument } from './instruments.ts'

const nanoseconds = 1e-9
/** Milliseconds between two looks. */
const resolution = 10

/** Measures how late the event loop comes to what is due, since it was read last. */
export function followEventLoop(): { readonly delay: Instrument; stop(): void } {
  const measured = monitorEventLoopDelay({ resolution })
  measured.enable()
  const read = () => {
    // The monitor reports the time between two of its timers; what is beyond their interval is the delay.
    const late = (between: number) => Math.max(0, between * nanoseconds - resolution / 1000)
    const all = [
      ...[0.5, 0.99].map(
        (quantile) => [{ quantile: String(quantile) }, late(measured.percentile(quantile * 100))] as const,
      ),
      [{ quantile: '1' }, late(measured.max)] as const,
    ]
    measured.reset()
    return all
  }
  return {
    delay: gauge(
      'stagedoor_event_loop_delay_seconds',
      'How late the event loop was, since this was asked last.',
      read,
    ),
    stop: () => {
      measured.disable()
    },
  }
}

/** What the operating system says of a process. */
export interface ProcessFacts {
  readonly memoryBytes: number
  readonly cpuSeconds: number
  /** In seconds since the Unix epoch. */
  readonly startedAt: number
}

/** The same by the names that Prometheus clients use. */
export const ofProcess = (facts: () => ProcessFacts): readonly Instrument[] => [
  gauge('process_resident_memory_bytes', 'Bytes in memory.', () => [[{}, facts().memoryBytes]]),
  gauge(
    'process_cpu_seconds_total',
    'Seconds of processor time since the start.',
    () => [[{}, facts().cpuSeconds]],
    'counter',
  ),
  gauge('process_start_time_seconds', 'When the process started, in seconds since the Unix epoch.', () => [
    [{}, facts().startedAt],
  ]),
]
