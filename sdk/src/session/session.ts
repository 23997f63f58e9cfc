import { LEEWAY, monotonic } from '../durations.ts'
import { failure, type StagedoorError } from '../errors/errors.ts'
import type { Client, Tokens } from '../http/client.ts'
import { jsonFields } from '../http/fields.ts'
import type { KeyValue, Platform } from '../platform/platform.ts'
import type { TokenStore } from '../platform/token-store.ts'
import type { Transaction } from '../protocol/transaction.ts'
import { callTokenStore } from './call-token-store.ts'
import type { Observed } from './events.ts'
import type { LogoutNotes, SendLogouts } from './revocations.ts'
import type { Ended, Renewing, Trade } from './trade.ts'

/** The tokens of who is logged in. The store is the truth: it is asked every time, as other tabs write to it. */
export interface Session {
  /**
   * Keeps the tokens of a login; rejects with `aborted` when a logout or the caller was first.
   *
   * @param redeem Asks for them, for as long as nothing has ended the login.
   */
  exchange(
    redeem: (isEnded: () => boolean) => Promise<Tokens>,
    { state, mode }: Pick<Transaction, 'state' | 'mode'>,
    signal?: Pick<AbortSignal, 'aborted'>,
  ): Promise<void>
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
  /** Tells the server of logouts that it has not heard of; answers whether any is left. */
  sendLogouts(): Promise<boolean>
  /** The milliseconds for which the server wants no refresh. */
  pause(): number
  /** Which login the session comes from: a value that all tabs read alike, and that outlives refreshes. */
  login(): string | null
}

/** Where the tabs of an app read which login the session comes from. */
export const markerOf = (app: string): string => `${app}:session`

/**
 * @param app Names the lock that the app's tabs share.
 * @param notes Where logouts are noted that the server has not heard of.
 * @param online What talks to the server, loaded when it must. Rejects with `unreachable`.
 */
export function sessionOf(
  app: string,
  { storage, lock }: Platform,
  client: Client,
  store: TokenStore,
  observed: Observed,
  notes: KeyValue,
  online: () => Promise<{ readonly trade: Trade; readonly sendLogouts: SendLogouts }>,
): Session {
  const { snapshot, transition, emit } = observed
  const logoutNotes: LogoutNotes = { storage: notes, key: `${app}:logouts` }
  const marker = markerOf(app)
  let logouts = 0
  let refreshing: Promise<string | null> | undefined
  let last: Promise<unknown> = Promise.resolve()
  let refused: string | undefined
  let paused: { readonly until: number; readonly error: StagedoorError } | undefined

  const access = () => callTokenStore(() => store.getAccessToken())
  const refreshToken = () => callTokenStore(() => store.getRefreshToken())
  const hasRefreshToken = async () => Boolean(await refreshToken())

  /** Looks and writes happen one after another: neither may land on top of a logout. */
  function inTurn<T>(task: () => Promise<T>): Promise<T> {
    const result = last.then(task)
    last = result.catch(() => {})
    return result
  }

  async function clear() {
    await callTokenStore(() => store.clear())
    storage.remove(marker)
  }

  /** Stores what was issued; a refresh token that was `used` may stay valid (RFC 6749 §6). */
  const keep = (tokens: Tokens, used: string) =>
    callTokenStore(() =>
      store.setTokens(
        tokens.accessToken,
        tokens.refreshToken ?? used,
        tokens.expiresIn,
        tokens.refreshExpiresIn,
      ),
    )

  const noted = () => notes.get(logoutNotes.key)
  const note = (token: string) =>
    notes.set(logoutNotes.key, JSON.stringify({ ...jsonFields(noted()), [token]: 1 }))
  const sendNoted = () =>
    online()
      .then(({ sendLogouts }) => sendLogouts(logoutNotes, client, observed))
      .catch((error) => emit({ type: 'logout-pending', error }))

  /** Ends what was issued after a logout: nobody else knows of it. */
  const revoke = (token: string) => {
    note(token)
    return sendNoted()
  }

  /** Tells others whether there is a session. `why` there is none is news only where one was seen. */
  function see(token: string | null, why: Ended) {
    const { status } = snapshot()
    const how = status === 'loading' ? 'restored' : 'other-tab'
    const isKnown = status === 'authenticated' || status === 'unreachable'
    if (token) {
      // A logout may leave the page at once: what tells the server must be there by then.
      if (!isKnown) online().catch(() => {})
      transition('authenticated', isKnown ? null : { type: 'signed-in', how })
    } else transition('signed-out', isKnown ? { type: 'signed-out', why } : null)
  }

  /** Answers and tells what the store holds now. */
  async function look(why: Ended): Promise<string | null> {
    const token = (await refreshToken()) ? await access() : null
    see(token, why)
    return token
  }

  const renewing: Renewing = { access, refreshToken, inTurn, keep, clear, look, revoke, emit, client }

  /** One refresh at a time, here and in all tabs. */
  function refresh(stale: string | null): Promise<string | null> {
    if (paused && monotonic() < paused.until) return Promise.reject(paused.error)
    refreshing ??= online()
      .then(({ trade }) => lock(`${app}:refresh`, () => trade(renewing, stale)))
      .catch(async (error) => {
        const isKept = error.retryable && (await inTurn(refreshToken))
        if (error.retryAfter) paused = { until: monotonic() + error.retryAfter, error }
        if (isKept) transition('unreachable', { type: 'unreachable', error })
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
      const expiry = await callTokenStore(() => store.getAccessTokenExpiry())
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
    exchange: async (redeem, { state, mode }, signal) => {
      const before = logouts
      const isEnded = () => before !== logouts || Boolean(signal?.aborted)
      const tokens = await redeem(isEnded)
      await inTurn(async () => {
        if (isEnded()) {
          revoke(tokens.refreshToken ?? tokens.accessToken)
          throw failure('aborted')
        }
        await keep(tokens, '')
        storage.set(marker, state)
        transition('authenticated', { type: 'signed-in', how: mode })
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
        const used = (await refreshToken()) ?? wasStored
        if (used) note(used)
        await clear()
        transition('signed-out', wasStored ? { type: 'signed-out', why: 'logout' } : null)
        return used
      })
      if (token) await sendNoted()
    },
    sendLogouts: async () => {
      if (noted()) await sendNoted()
      return noted() !== null
    },
    pause: () => Math.max(0, (paused?.until ?? 0) - monotonic()),
    login: () => storage.get(marker),
  }
}
