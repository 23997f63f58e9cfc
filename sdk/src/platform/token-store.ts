import { isNumber, isText, jsonFields } from '../http/fields.ts'
import type { KeyValue } from './platform.ts'

/** At once, or by a promise. */
type Awaitable<T> = T | Promise<T>

/** Where a session's tokens are kept. Every method may answer at once or by a promise. */
export interface TokenStore {
  /** The access token, or null when there is none. */
  getAccessToken(): Awaitable<string | null>
  /** The refresh token, or null when there is none. */
  getRefreshToken(): Awaitable<string | null>
  /** When the access token expires, in milliseconds since 1970, or null when unknown. */
  getAccessTokenExpiry(): Awaitable<number | null>
  /** When the refresh token expires, in milliseconds since 1970, or null when unknown. */
  getRefreshTokenExpiry(): Awaitable<number | null>
  /**
   * Replaces all tokens at once.
   *
   * @param accessToken The access token.
   * @param refreshToken The refresh token; the empty string when the server issued none.
   * @param expiresIn The access token's lifetime in seconds from now, when the server names it.
   * @param refreshExpiresIn The refresh token's lifetime in seconds from now, when the server names it.
   */
  setTokens(
    accessToken: string,
    refreshToken: string,
    expiresIn?: number,
    refreshExpiresIn?: number,
  ): Awaitable<void>
  /** Forgets all tokens, also when there are none. */
  clear(): Awaitable<void>
  /**
   * With `dpop`: the key that the tokens are bound to, as it was kept, or null. For a server that keeps the tokens of many
   * people; left out, the key stays on the device, or in this process.
   */
  getProofKey?(): Awaitable<string | null>
  /**
   * With `dpop`: keeps the key that the tokens will be bound to. It outlives `clear()`.
   *
   * @param key Secret JSON, as secret as the tokens.
   */
  setProofKey?(key: string): Awaitable<void>
}

interface TokenRecord {
  readonly accessToken: string
  readonly refreshToken: string
  readonly accessTokenExpiry: number | null
  readonly refreshTokenExpiry: number | null
}

function isOurs(record: Partial<Record<keyof TokenRecord, unknown>>): record is TokenRecord {
  const { accessToken, refreshToken, accessTokenExpiry, refreshTokenExpiry } = record
  const areExpiries = [accessTokenExpiry, refreshTokenExpiry].every((at) => at === null || isNumber(at))
  return isText(accessToken) && typeof refreshToken === 'string' && areExpiries
}

const expiry = (seconds: number | undefined) => (seconds === undefined ? null : Date.now() + seconds * 1000)

/** A token store of one atomic JSON record under one key. */
export function keyValueTokenStore(storage: KeyValue, key: string): TokenStore {
  /** One field of the record; whatever is not a record of ours is no session. */
  const read = <Name extends keyof TokenRecord>(name: Name) => {
    const record = jsonFields(storage.get(key))
    return isOurs(record) ? record[name] : null
  }
  return {
    getAccessToken: () => read('accessToken'),
    getRefreshToken: () => read('refreshToken') || null,
    getAccessTokenExpiry: () => read('accessTokenExpiry'),
    getRefreshTokenExpiry: () => read('refreshTokenExpiry'),
    setTokens: (accessToken, refreshToken, expiresIn, refreshExpiresIn) => {
      const record: TokenRecord = {
        accessToken,
        refreshToken,
        accessTokenExpiry: expiry(expiresIn),
        refreshTokenExpiry: expiry(refreshExpiresIn),
      }
      storage.set(key, JSON.stringify(record))
    },
    clear: () => storage.remove(key),
  }
}

/** Strings that live as long as the page. */
export function memoryStorage(): KeyValue {
  const values = new Map<string, string>()
  return {
    get: (key) => values.get(key) ?? null,
    set: (key, value) => {
      values.set(key, value)
      return false
    },
    remove: (key) => {
      values.delete(key)
    },
    keys: () => [...values.keys()],
  }
}

/** A token store that forgets everything with the page: safest against script that reads storage. */
export function memoryTokenStore(): TokenStore {
  return keyValueTokenStore(memoryStorage(), 'tokens')
}
