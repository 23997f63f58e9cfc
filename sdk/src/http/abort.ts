import { failure } from '../errors/errors.ts'

/** How long to wait for a call. */
export interface CallOptions {
  /** Rejects the call with `request_aborted` when it is aborted. */
  readonly signal?: AbortSignal | undefined
  /**
   * Of a call that creates something: it is created once, however often it is called with this key within a day. Left
   * out, each call has a key of its own, by which it is sent again where its answer was lost.
   */
  readonly idempotencyKey?: string | undefined
}

/** The promise of a call, or a rejection with `request_aborted` once the signal says so; then the call goes on alone. */
export function abortable<T>(signal: AbortSignal | undefined, call: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(failure('request_aborted', { cause: signal?.reason }))
    if (signal?.aborted) return abort()
    signal?.addEventListener('abort', abort)
    call()
      .finally(() => signal?.removeEventListener('abort', abort))
      .then(resolve, reject)
  })
}
