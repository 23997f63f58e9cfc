import type { Instant } from './types.ts'

/** Where a rule counts: in one of a fixed number of slots, so that strangers cannot add rows without end. */
export interface Slot {
  readonly rule: string
  readonly slot: number
}

/** How failures are slowed down: some are free, and every further one doubles the wait. In milliseconds. */
export interface Backoff {
  readonly free: number
  readonly firstWaitMs: number
  readonly longestWaitMs: number
  /** How long failures are counted after the last. */
  readonly memoryMs: number
}

export interface LimitStore {
  /**
   * Counts an attempt as failed in every slot, before it is checked, unless one of them has to wait; then none counts. Of
   * any number of concurrent calls as many are let on as the rules have free.
   * @returns milliseconds to wait, 0 when it was counted
   */
  countAttempt(slots: readonly (Slot & Backoff)[], now: Instant): Promise<number>
  /** Takes the count of one attempt back. */
  uncountAttempt(slots: readonly (Slot & Pick<Backoff, 'free'>)[]): Promise<void>
  /** Forgets all failures of these slots. */
  forgetAttempts(slots: readonly Slot[]): Promise<void>
  /**
   * Adds what a process has used of some paces, in milliseconds of each pace, and forgets what is over.
   * @returns when each of them is unused again, by what all processes have used
   */
  usePaces(
    used: readonly (Slot & { readonly usedMs: number; readonly latest: Instant })[],
    now: Instant,
  ): Promise<readonly Instant[]>
  /** What is used of every pace. */
  listPaces(now: Instant): Promise<readonly (Slot & { readonly unusedAt: Instant })[]>
  /** What keys are mixed with before they become slots, so that nobody can choose a key that shares another's. */
  limitSalt(): Promise<Uint8Array>
}
