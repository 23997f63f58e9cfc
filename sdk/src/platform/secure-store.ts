import { failure } from '../errors/errors.ts'
import type { LoadedStorage } from './async-storage.ts'
import { keyValueTokenStore, memoryStorage, type TokenStore } from './token-store.ts'

interface SecureStoreOptions {
  readonly keychainAccessible: number
}

/** What the SDK uses of `expo-secure-store`. Its names are of letters, digits, `.`, `-` and `_`. */
export interface SecureStore {
  readonly WHEN_UNLOCKED_THIS_DEVICE_ONLY: number
  getItemAsync(key: string, options: SecureStoreOptions): Promise<string | null>
  setItemAsync(key: string, value: string, options: SecureStoreOptions): Promise<void>
  deleteItemAsync(key: string, options: SecureStoreOptions): Promise<void>
}

/** The keychain of this device, and of no backup, while the device is unlocked. */
const optionsOf = (secure: SecureStore): SecureStoreOptions => ({
  keychainAccessible: secure.WHEN_UNLOCKED_THIS_DEVICE_ONLY,
})

/**
 * A token store of one record in the system's keychain. A reading rejects with `token_store_locked` while the keychain
 * cannot be read, as behind a locked screen. What it does not take lives as long as the app, and is written again when
 * it is next read.
 *
 * @param open Answers SecureStore, or throws where there is none.
 * @param storage AsyncStorage, where a mark says that the record is this installation's: iOS keeps a keychain when an app
 *   is removed, and tokens that were forgotten while it was locked.
 */
export function secureTokenStore(open: () => SecureStore, storage: LoadedStorage, key: string): TokenStore {
  const mark = `stagedoor:keychain:${key}`
  const memory = memoryStorage()
  const record = keyValueTokenStore(memory, key)
  let last: Promise<unknown> = Promise.resolve()
  let loading: Promise<void> | undefined
  /** Whether memory says what the record is, or will be. */
  let isKnown = false
  let isWritten = true

  /** What is asked of the keychain happens one after another. */
  function inTurn(task: () => Promise<void>): Promise<void> {
    const result = last.then(task)
    last = result.catch(() => {})
    return result
  }

  async function load(): Promise<void> {
    if (isKnown) return
    const secure = open()
    await storage.load(mark)
    try {
      if (storage.get(mark) === null) await secure.deleteItemAsync(key, optionsOf(secure))
      const found = await secure.getItemAsync(key, optionsOf(secure))
      // What was written meanwhile is newer.
      if (found !== null && !isKnown) memory.set(key, found)
      isKnown = true
    } catch (cause) {
      throw failure('token_store_locked', { cause })
    }
  }

  async function put(secure: SecureStore): Promise<void> {
    const value = memory.get(key)
    if (value === null) {
      storage.remove(mark)
      await secure.deleteItemAsync(key, optionsOf(secure))
    } else {
      await secure.setItemAsync(key, value, optionsOf(secure))
      storage.set(mark, 'ours')
    }
  }

  async function write(): Promise<void> {
    const secure = open()
    isKnown = true
    await inTurn(async () => {
      isWritten = await put(secure).then(
        () => true,
        () => false,
      )
      // The old record must go: a token that was traded in would look stolen to the server.
      if (!isWritten) storage.remove(mark)
      await storage.saved()
    })
  }

  async function read<T>(ask: () => T | Promise<T>): Promise<T> {
    const current = loading ?? inTurn(load)
    loading = current
    await current.catch((error) => {
      if (loading === current) loading = undefined
      throw error
    })
    if (!isWritten) await write()
    return ask()
  }

  return {
    getAccessToken: () => read(record.getAccessToken),
    getRefreshToken: () => read(record.getRefreshToken),
    getAccessTokenExpiry: () => read(record.getAccessTokenExpiry),
    getRefreshTokenExpiry: () => read(record.getRefreshTokenExpiry),
    setTokens: async (...tokens) => {
      record.setTokens(...tokens)
      await write()
    },
    clear: async () => {
      record.clear()
      await write()
    },
  }
}
