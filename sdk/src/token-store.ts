import { isNumber, isText, jsonFields, number, text } from './fields.ts'
import type { KeyValue } from './platform.ts'

type Awaitable<T> = T | Promise<T>

/** Where a session's tokens are kept. Every method may answer at once or by a promise. */
export interface TokenStore {
  getAccessToken(): Awaitable<string | null>
  getRefreshToken(): Awaitable<string | null>
  /** When the access token expires, in milliseconds since 1970, or null when unknown. */
  getAccessTokenExpiry(): Awaitable<number | null>
  /** When the refresh token expires, in milliseconds since 1970, or null when unknown. */
  getRefreshTokenExpiry(): Awaitable<number | null>
  /** Replaces all tokens at once. Lifetimes are in seconds from now. */
  setTokens(
    accessToken: string,
    refreshToken: string,
    expiresIn?: number,
    refreshExpiresIn?: number,
  ): Awaitable<void>
  clear(): Awaitable<void>
}

/** Reads a stored record; whatever is not one of ours is no session. */
function parse(json: string | null): Readonly<Record<string, unknown>> {
  const record = jsonFields(json)
  const isExpiry = (value: unknown) => value === null || isNumber(value)
  const isOurs = isText(record['accessToken']) && isExpiry(record['accessTokenExpiry'])
  return isOurs ? record : {}
}

const expiry = (seconds: number | undefined) => (seconds === undefined ? null : Date.now() + seconds * 1000)

/** A token store of one atomic JSON record under one key. */
export function keyValueTokenStore(storage: KeyValue, key: string): TokenStore {
  const read = () => parse(storage.get(key))
  return {
    getAccessToken: () => text(read()['accessToken']) ?? null,
    getRefreshToken: () => text(read()['refreshToken']) ?? null,
    getAccessTokenExpiry: () => number(read()['accessTokenExpiry']) ?? null,
    getRefreshTokenExpiry: () => number(read()['refreshTokenExpiry']) ?? null,
    setTokens: (accessToken, refreshToken, expiresIn, refreshExpiresIn) => {
      const record = {
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
