import { failure, isStagedoorError } from '../errors/errors.ts'

/**
 * Asks the token store, which may be the app's own. Rejects with `token_store_failed` when it fails, or with what it says
 * may succeed later.
 */
export async function callTokenStore<T>(call: () => T | Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (cause) {
    throw isStagedoorError(cause) && cause.retryable ? cause : failure('token_store_failed', { cause })
  }
}
