import type { Tokens } from './client.ts'
import { failure } from './errors.ts'
import type { TokenStore } from './token-store.ts'

/** The stored tokens. Each call rejects with `token_store_failed` when the store, which may be the app's own, fails. */
export interface Stored {
  access(): Promise<string | null>
  refreshToken(): Promise<string | null>
  expiry(): Promise<number | null>
  keep(tokens: Tokens, refreshToken: string): Promise<void>
  clear(): Promise<void>
}

async function ask<T>(call: () => T | Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (cause) {
    throw failure('token_store_failed', { cause })
  }
}

export function storedIn(store: TokenStore): Stored {
  return {
    access: () => ask(() => store.getAccessToken()),
    refreshToken: () => ask(() => store.getRefreshToken()),
    expiry: () => ask(() => store.getAccessTokenExpiry()),
    keep: (tokens, refreshToken) =>
      ask(() => store.setTokens(tokens.accessToken, refreshToken, tokens.expiresIn, tokens.refreshExpiresIn)),
    clear: () => ask(() => store.clear()),
  }
}
