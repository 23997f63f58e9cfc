import type { KeyValue } from './platform.ts'
import { keyValueTokenStore, type TokenStore } from './token-store.ts'

/** What the SDK uses of `@react-native-async-storage/async-storage`. */
export interface AsyncStorage {
  getAllKeys(): Promise<readonly string[]>
  getItem(key: string): Promise<string | null>
  setItem(key: string, value: string): Promise<void>
  removeItem(key: string): Promise<void>
}

/** AsyncStorage, read once and answered from memory, and written through in order. */
export interface LoadedStorage extends KeyValue {
  /** Reads all keys that begin with a prefix. Rejects as AsyncStorage does; then the next call tries again. */
  load(prefix: string): Promise<void>
  /** Resolves once everything so far was written. What AsyncStorage does not take lives as long as the app. */
  saved(): Promise<void>
}

/**
 * @param find Answers AsyncStorage, or throws where there is none. Once it has answered it is not asked again.
 */
export function loadedStorage(find: () => AsyncStorage): LoadedStorage {
  const values = new Map<string, string | null>()
  const loads = new Map<string, Promise<void>>()
  let writing: Promise<void> = Promise.resolve()
  let found: AsyncStorage | undefined

  function open(): AsyncStorage {
    found ??= find()
    return found
  }

  function write(change: (storage: AsyncStorage) => Promise<void>): void {
    writing = writing.then(() => change(open())).catch(() => {})
  }

  async function load(prefix: string): Promise<void> {
    const storage = open()
    const keys = (await storage.getAllKeys()).filter((key) => key.startsWith(prefix))
    const read = await Promise.all(keys.map(async (key) => [key, await storage.getItem(key)] as const))
    // What was written meanwhile is newer.
    for (const [key, value] of read) if (!values.has(key)) values.set(key, value)
  }

  return {
    get: (key) => values.get(key) ?? null,
    set: (key, value) => {
      values.set(key, value)
      write((storage) =>
        // The old value must go: a token that was traded in would look stolen to the server.
        storage.setItem(key, value).catch(() => storage.removeItem(key)),
      )
      return true
    },
    remove: (key) => {
      values.set(key, null)
      write((storage) => storage.removeItem(key))
    },
    keys: () => [...values.keys()].filter((key) => values.get(key) !== null),
    load: (prefix) => {
      const current = loads.get(prefix) ?? load(prefix)
      loads.set(prefix, current)
      current.catch(() => loads.delete(prefix))
      return current
    },
    saved: () => writing,
  }
}

/** A token store of one record in AsyncStorage; a write resolves once it will outlive the app. */
export function loadedTokenStore(storage: LoadedStorage, key: string): TokenStore {
  const store = keyValueTokenStore(storage, key)
  const read = async <T>(ask: () => T | Promise<T>): Promise<T> => {
    await storage.load(key)
    return ask()
  }
  return {
    getAccessToken: () => read(store.getAccessToken),
    getRefreshToken: () => read(store.getRefreshToken),
    getAccessTokenExpiry: () => read(store.getAccessTokenExpiry),
    getRefreshTokenExpiry: () => read(store.getRefreshTokenExpiry),
    setTokens: async (...tokens) => {
      store.setTokens(...tokens)
      await storage.saved()
    },
    clear: async () => {
      store.clear()
      await storage.saved()
    },
  }
}
