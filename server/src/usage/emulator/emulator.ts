import type { FlowEvent, Instant } from '../../store/contract/store.ts'
import { Faults } from './faults.ts'

/** Something that happened in the login of an app. */
export interface EmulatedFlow extends FlowEvent {
  readonly apiKey: string
}

/** What a server in development can be told to do; in memory, and gone when it ends. */
export interface Emulator {
  /** Tells one start of the server from the next. */
  readonly instance: string
  /** The server's time: the machine's, and as much ahead as was asked for. */
  readonly clock: () => Instant
  /** Milliseconds that the server's time is ahead of the machine's. */
  ahead(): number
  /** Moves the server's time on; it never goes back. */
  forward(milliseconds: number): void
  readonly faults: Faults
  /** Notes what happened in the login of an app. */
  note(apiKey: string, event: FlowEvent): void
  /** What happened last, the newest first. */
  flows(): readonly EmulatedFlow[]
  /** Starts anew with nothing but the samples; null where that cannot be asked for. */
  readonly reset: (() => void) | null
}

const mostFlows = 50
/** As far ahead as a server may be in all: longer than anything lives here. */
export const mostAheadMs: number = 400 * 86_400_000

/** @param clock the machine's time */
export function openEmulator(clock: () => Instant, instance: string, reset: (() => void) | null): Emulator {
  let ahead = 0
  let flows: readonly EmulatedFlow[] = []
  const faults = new Faults()
  return {
    instance,
    clock: () => clock() + ahead,
    ahead: () => ahead,
    forward(milliseconds) {
      ahead = Math.min(mostAheadMs, ahead + milliseconds)
    },
    faults,
    note(apiKey, event) {
      flows = [{ ...event, apiKey }, ...flows].slice(0, mostFlows)
    },
    flows: () => flows,
    reset:
      reset &&
      (() => {
        // An answer that is held back would hold back the new start.
        faults.end()
        reset()
      }),
  }
}
