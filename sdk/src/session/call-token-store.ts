import { failure } from '../errors.ts'

/** Asks the token store, which may be the app's own. Rejects with `token_store_failed` when it fails. */
export async function ask<T>(call: () => T | Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (cause) {
    throw failure('token_store_failed', { cause })
  }
}
