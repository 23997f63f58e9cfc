import type { Client } from './client.ts'
import { failure, isStagedoorError } from './errors.ts'
import type { Observed } from './events.ts'
import type { Platform } from './platform.ts'
import { codeGrant } from './request.ts'
import type { Stored } from './stored.ts'
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
  /** A valid access token that lives another `ttl` milliseconds, or null when there is none to be had. */
  valid(ttl?: number): Promise<string | null>
  /** Remembers that the server refused an access token: it is not valid any more. */
  refuse(accessToken: string): void
  isAuthenticated(): Promise<boolean>
  hasAccessToken(): Promise<boolean>
  hasRefreshToken(): Promise<boolean>
  /** The new access token, or null when the session has ended. */
  refresh(): Promise<string | null>
  end(): Promise<void>
  /** Where the tabs read whose login the session is: a value that outlives refreshes. */
  readonly marker: string
}

/**
 * @param app Names the lock that the app's tabs share.
 */
export function sessionOf(
  app: string,
  platform: Platform,
  client: Client,
  stored: Stored,
  { snapshot, become, tell }: Observed,
): Session {
  const { storage } = platform
  const { access, refreshToken } = stored
  const marker = `${app}:session`
  /** Counts logouts: what began before one must not sign in after it. */
  let generation = 0
  let refreshing: Promise<string | null> | undefined
  let writing: Promise<unknown> = Promise.resolve()
  let refused: string | undefined

  /** Writes one after another: a slow write must not land on top of a logout. */
  function write<T>(change: () => Promise<T>): Promise<T> {
    const result = writing.then(change)
    writing = result.catch(() => {})
    return result
  }

  async function clear() {
    await stored.clear()
    storage.remove(marker)
  }

  /** Tells others whether there is a session. `why` there is none is news only where one was seen. */
  function see(token: string | null, why: 'expired' | 'other-tab' = 'other-tab') {
    const { status } = snapshot()
    const how = status === 'loading' ? 'restored' : 'other-tab'
    const isKnown = status === 'authenticated' || status === 'unreachable'
    if (token) become('authenticated', !isKnown && { type: 'signed-in', how })
    else become('signed-out', isKnown && { type: 'signed-out', why })
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
        await stored.keep(tokens, tokens.refreshToken ?? used)
        see(tokens.accessToken)
        tell({ type: 'refreshed' })
        return tokens.accessToken
      }
      if (!tokens && unchanged) {
        await clear()
        see(null, 'expired')
      }
      const now = await access()
      if (tokens && (started !== generation || !now)) revoke(tokens.refreshToken ?? used)
      return now
    })
  }

  async function refreshed(stale: string | null): Promise<string | null> {
    const started = generation
    try {
      const token = await platform.lock(`${app}:refresh`, () => trade(stale))
      if (started === generation) see(token)
      return token
    } catch (error) {
      if (started === generation && isStagedoorError(error) && error.retryable)
        become('unreachable', snapshot().status !== 'unreachable' && { type: 'unreachable', error })
      throw error
    } finally {
      refreshing = undefined
    }
  }

  function refresh(stale: string | null): Promise<string | null> {
    refreshing ??= refreshed(stale)
    return refreshing
  }

  async function valid(ttl = 0): Promise<string | null> {
    const before = snapshot()
    const started = generation
    const token = await access()
    const expiry = await stored.expiry()
    const isAlive = expiry === null || expiry - Math.max(ttl, LEEWAY) > Date.now()
    const found = token !== refused && isAlive ? token : null
    if (!found && (await refreshToken())) return refresh(token)
    // A token in hand does not tell that the server can be reached again.
    const isNews = !found || before.status !== 'unreachable'
    if (isNews && started === generation && snapshot() === before) see(found, token ? 'expired' : 'other-tab')
    return found
  }

  return {
    exchange: async (code, transaction, isCancelled) => {
      const started = generation
      const tokens = await client.token(codeGrant(code, transaction))
      await write(async () => {
        if (started === generation && !isCancelled?.()) {
          await stored.keep(tokens, tokens.refreshToken ?? '')
          storage.set(marker, transaction.state)
          return become('authenticated', { type: 'signed-in', how: transaction.mode })
        }
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
        refused = token
        const fresh = await valid()
        if (!fresh) throw failure('session_expired', { cause: error })
        return call(fresh)
      }
    },
    valid,
    refuse: (accessToken) => {
      refused = accessToken
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
        const wasStored = await access()
        const used = await refreshToken()
        await clear()
        become('signed-out', wasStored !== null && { type: 'signed-out', why: 'logout' })
        return used
      })
      if (token) await revoke(token)
    },
    marker,
  }
}
