import { failure } from '../errors.ts'
import type { Client, Tokens } from '../http/client.ts'
import type { Platform } from '../platform/platform.ts'
import type { TokenStore } from '../platform/token-store.ts'
import { codeGrant } from '../protocol/authorization-request.ts'
import type { Transaction } from '../protocol/transaction.ts'
import { ask } from './call-token-store.ts'
import type { Observed } from './events.ts'

/** Refreshes this much before the access token ends, so that it does not end on the way. */
const LEEWAY = 5000

/** The tokens of who is logged in. The store is the truth: it is asked every time, as other tabs write to it. */
export interface Session {
  /** Redeems a code and keeps the tokens; rejects with `aborted` when a logout or the caller was first. */
  exchange(code: string, transaction: Transaction, signal?: Pick<AbortSignal, 'aborted'>): Promise<void>
  /** A valid access token that lives another `ttl` milliseconds, or null when there is none to be had. */
  valid(ttl?: number): Promise<string | null>
  /** Remembers that the server refused an access token: it is not valid any more. */
  refuse(accessToken: string): void
  /** The stored access token, valid or not. */
  access(): Promise<string | null>
  isAuthenticated(): Promise<boolean>
  hasRefreshToken(): Promise<boolean>
  /** The new access token, or null when the session has ended. */
  refresh(): Promise<string | null>
  end(): Promise<void>
  /** Which login the session comes from: a value that all tabs read alike, and that outlives refreshes. */
  login(): string | null
}

/** Where the tabs of an app read which login the session comes from. */
export const markerOf = (app: string): string => `${app}:session`

/**
 * @param app Names the lock that the app's tabs share.
 */
export function sessionOf(
  app: string,
  { storage, lock }: Platform,
  client: Client,
  store: TokenStore,
  { snapshot, become, tell }: Observed,
): Session {
  const marker = markerOf(app)
  let logouts = 0
  let refreshing: Promise<string | null> | undefined
  let last: Promise<unknown> = Promise.resolve()
  let refused: string | undefined

  const access = () => ask(() => store.getAccessToken())
  const refreshToken = () => ask(() => store.getRefreshToken())
  const hasRefreshToken = async () => Boolean(await refreshToken())

  /** Looks and writes happen one after another: neither may land on top of a logout. */
  function inTurn<T>(task: () => Promise<T>): Promise<T> {
    const result = last.then(task)
    last = result.catch(() => {})
    return result
  }

  async function clear() {
    await ask(() => store.clear())
    storage.remove(marker)
  }

  /** Stores what was issued; a refresh token that was `used` may stay valid (RFC 6749 §6). */
  const keep = (tokens: Tokens, used: string) =>
    ask(() =>
      store.setTokens(
        tokens.accessToken,
        tokens.refreshToken ?? used,
        tokens.expiresIn,
        tokens.refreshExpiresIn,
      ),
    )

  const revoke = (token: string) => client.revoke(token).catch(() => {})

  /** Tells others whether there is a session. `why` there is none is news only where one was seen. */
  function see(token: string | null, why: 'expired' | 'other-tab') {
    const { status } = snapshot()
    const how = status === 'loading' ? 'restored' : 'other-tab'
    const isKnown = status === 'authenticated' || status === 'unreachable'
    if (token) become('authenticated', isKnown ? null : { type: 'signed-in', how })
    else become('signed-out', isKnown ? { type: 'signed-out', why } : null)
  }

  /** Answers and tells what the store holds now. */
  async function look(why: 'expired' | 'other-tab'): Promise<string | null> {
    const token = (await refreshToken()) ? await access() : null
    see(token, why)
    return token
  }

  /** Trades the refresh token in, unless another tab has replaced the `stale` access token already. */
  async function trade(stale: string | null): Promise<string | null> {
    const used = await refreshToken()
    if (!used || stale !== (await access())) return inTurn(() => look('other-tab'))

    const grant = { grant_type: 'refresh_token', refresh_token: used }
    const tokens = await client.token(grant).catch((error) => {
      if (error.code !== 'invalid_grant') throw error
      return null
    })
    return inTurn(async () => {
      const isLast = used === (await refreshToken())
      if (isLast) await (tokens ? keep(tokens, used) : clear())
      const token = await look(isLast ? 'expired' : 'other-tab')
      if (tokens && isLast) tell({ type: 'refreshed' })
      if (tokens && !token) revoke(tokens.refreshToken ?? used)
      return token
    })
  }

  /** One refresh at a time, here and in all tabs. */
  function refresh(stale: string | null): Promise<string | null> {
    refreshing ??= lock(`${app}:refresh`, () => trade(stale))
      .catch(async (error) => {
        const isKept = error.retryable && (await inTurn(refreshToken))
        if (isKept) become('unreachable', { type: 'unreachable', error })
        throw error
      })
      .finally(() => {
        refreshing = undefined
      })
    return refreshing
  }

  async function valid(ttl = 0): Promise<string | null> {
    let isDue = false
    const token = await inTurn(async () => {
      const stored = await access()
      const expiry = await ask(() => store.getAccessTokenExpiry())
      const isAlive = expiry === null || expiry - Math.max(ttl, LEEWAY) > Date.now()
      const found = isAlive && stored !== refused ? stored : null
      isDue = !found && (await hasRefreshToken())
      if (isDue) return stored
      // A token in hand does not tell that the server can be reached again.
      if (!found || snapshot().status !== 'unreachable') see(found, stored ? 'expired' : 'other-tab')
      return found
    })
    return isDue ? refresh(token) : token
  }

  return {
    exchange: async (code, transaction, signal) => {
      const before = logouts
      const tokens = await client.token(codeGrant(code, transaction))
      await inTurn(async () => {
        if (before !== logouts || signal?.aborted) {
          revoke(tokens.refreshToken ?? tokens.accessToken)
          throw failure('aborted')
        }
        await keep(tokens, '')
        storage.set(marker, transaction.state)
        become('authenticated', { type: 'signed-in', how: transaction.mode })
      })
    },
    valid,
    refuse: (accessToken) => {
      refused = accessToken
    },
    access,
    isAuthenticated: () =>
      valid().then(Boolean, (error) => {
        if (error.retryable) return true
        throw error
      }),
    hasRefreshToken,
    refresh: async () => refresh(await access()),
    end: async () => {
      logouts += 1
      const token = await inTurn(async () => {
        const wasStored = await access()
        const used = await refreshToken()
        await clear()
        become('signed-out', wasStored ? { type: 'signed-out', why: 'logout' } : null)
        return used
      })
      if (token) await revoke(token)
    },
    login: () => storage.get(marker),
  }
}
