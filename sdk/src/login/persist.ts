import { EXCHANGE_WITHIN, FIRST_RETRY, monotonic } from '../durations.ts'
import { failure, isStagedoorError, type StagedoorError } from '../errors/errors.ts'

/** What a server refused before it did anything. */
const untouched = ['rate_limited']

/**
 * Asks for what can be given once, and again within a code's life when no answer came. Asking again harms nothing: at
 * worst the server ends what it had given to nobody. Rejects with `login_interrupted` when an answer was lost for good.
 */
export async function persist<T>(ask: () => Promise<T>, isEnded: () => boolean): Promise<T> {
  const deadline = monotonic() + EXCHANGE_WITHIN
  let lost: StagedoorError | undefined
  for (let pause = FIRST_RETRY / 2; ; pause *= 2) {
    try {
      return await ask()
    } catch (error) {
      if (!isStagedoorError(error)) throw error
      if (lost && error.code === 'invalid_grant') throw failure('login_interrupted', { cause: lost })
      const wait = Math.max(pause, error.retryAfter ?? 0)
      if (!error.retryable || monotonic() + wait > deadline) throw error
      if (!untouched.includes(error.code)) lost ??= error
      await new Promise((resolve) => setTimeout(resolve, wait))
      if (isEnded()) throw failure('aborted')
    }
  }
}
