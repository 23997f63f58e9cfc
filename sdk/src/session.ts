import type { Client, Tokens } from './client.ts'
import { failure, isStagedoorError } from './errors.ts'
import type { Platform } from './platform.ts'
import type { TokenStore } from './token-store.ts'
import type { Transaction } from './transaction.ts'

/** Refreshes this much before the access token ends, so that it does not end on the way. */
const LEEWAY = 5000

/** The tokens of who is logged in. The store is the truth: it is asked every time, as other tabs write to it. */
export interface Session {
  /** Redeems a code and keeps the tokens; rejects with `aborted` when a logout or the caller was first. */
  exchange(code: string, transaction: Transaction, isCancelled?: () => boolean): Promise<void>
  /**
   * Calls the API with a valid access token; when the server refuses it, once more after one refresh.
   * Rejects with `not_authenticated` or `session_expired` when there is no session left.
   */
  authorized<T>(call: (accessToken: string) => Promise<T>): Promise<T>
  isAuthenticated(): Promise<boolean>
  hasAccessToken(): Promise<boolean>
  hasRefreshToken(): Promise<boolean>
  /** The new access token, or null when the session has ended. */
  refresh(): Promise<string | null>
  end(): Promise<void>
}

/**
 * @param app Names the lock that the app's tabs share.
 */
export function sessionOf(app: string, platform: Platform, client: Client, store: TokenStore): Session {
  /** Counts logouts: what began before one must not sign in after it. */
  let generation = 0
  let refreshing: Promise<string | null> | undefined
  let writing: Promise<unknown> = Promise.resolve()

  /** Asks the store, which may be the app's own. */
  async function ask<T>(call: () => T | Promise<T>): Promise<T> {
    try {
      return await call()
    } catch (cause) {
      throw failure('token_store_failed', { cause })
    }
  }
  const access = () => ask(() => store.getAccessToken())
  const refreshToken = () => ask(() => store.getRefreshToken())
  const clear = () => ask(() => store.clear())
  const keep = (tokens: Tokens, refresh: string) =>
    ask(() => store.setTokens(tokens.accessToken, refresh, tokens.expiresIn, tokens.refreshExpiresIn))

  /** Writes one after another: a slow write must not land on top of a logout. */
  function write<T>(change: () => Promise<T>): Promise<T> {
    const result = writing.then(change)
    writing = result.catch(() => {})
    return result
  }

  const revoke = (token: string) => client.revoke(token).catch(() => {})

  /** Trades the refresh token in, unless another tab has replaced the `stale` access token already. */
  async function trade(stale: string | null): Promise<string | null> {
    const current = await access()
    const used = await refreshToken()
    if (!used) return null
    if (current !== stale) return current

    const started = generation
    const tokens = await client.token({ grant_type: 'refresh_token', refresh_token: used }).catch((error) => {
      if (error.code !== 'invalid_grant') throw error
      return null
    })
    return write(async () => {
      const unchanged = (await refreshToken()) === used
      if (tokens && unchanged && started === generation) {
        await keep(tokens, tokens.refreshToken ?? used)
        return tokens.accessToken
      }
      if (!tokens && unchanged) await clear()
      const now = await access()
      if (tokens && (started !== generation || !now)) revoke(tokens.refreshToken ?? used)
      return now
    })
  }

  function refresh(stale: string | null): Promise<string | null> {
    refreshing ??= platform
      .lock(`${app}:refresh`, () => trade(stale))
      .finally(() => {
        refreshing = undefined
      })
    return refreshing
  }

  /** A valid access token other than the refused one; null when there is none to be had. */
  async function valid(refused?: string): Promise<string | null> {
    const token = await access()
    const expiry = await ask(() => store.getAccessTokenExpiry())
    if (token && token !== refused && (expiry === null || expiry - LEEWAY > Date.now())) return token
    return (await refreshToken()) ? refresh(token) : null
  }

  return {
    exchange: async (code, { verifier, redirectUri }, isCancelled) => {
      const started = generation
      const tokens = await client.token({
        grant_type: 'authorization_code',
        code,
        code_verifier: verifier,
        redirect_uri: redirectUri,
      })
      await write(async () => {
        if (started === generation && !isCancelled?.()) return keep(tokens, tokens.refreshToken ?? '')
        revoke(tokens.refreshToken ?? tokens.accessToken)
        throw failure('aborted')
      })
    },
    authorized: async (call) => {
      const wasStored = (await access()) || (await refreshToken())
      const token = await valid()
      if (!token) throw failure(wasStored ? 'session_expired' : 'not_authenticated')
      try {
        return await call(token)
      } catch (error) {
        if (!isStagedoorError(error) || error.code !== 'unauthorized') throw error
        const fresh = await valid(token)
        if (!fresh) throw failure('session_expired', { cause: error })
        return call(fresh)
      }
    },
    isAuthenticated: async () => {
      try {
        return Boolean(await valid())
      } catch (error) {
        if (isStagedoorError(error) && error.retryable) return true
        throw error
      }
    },
    hasAccessToken: async () => Boolean(await access()),
    hasRefreshToken: async () => Boolean(await refreshToken()),
    refresh: async () => refresh(await access()),
    end: async () => {
      generation += 1
      const token = await write(async () => {
        const stored = await refreshToken()
        await clear()
        return stored
      })
      if (token) await revoke(token)
    },
  }
}
