/**
 * Log In with Audius in a React Native or Expo app.
 *
 * @module @stagedoor/sdk in React Native
 */

import { failure } from './errors/errors.ts'
import * as lazy from './lazy.ts'
import { userAgentLogin } from './login/user-agent-login.ts'
import * as online from './online.ts'
import { type NativePlatform, nativePlatform } from './platform/native.ts'
import { nativeModules } from './platform/native-modules.ts'
import type { TokenStore } from './platform/token-store.ts'
import { type Sdk, type SdkConfig, sdkOn } from './sdk.ts'
import * as upload from './uploads/upload.ts'

export * from './exports.ts'

let shared: NativePlatform | undefined

/** One for the app: its instances share the storage and hear the same links. */
function platform(): NativePlatform {
  shared ??= nativePlatform(nativeModules, globalThis)
  return shared
}

/**
 * Log In with Audius for this app. Cheap: makes no request and touches no native module.
 *
 * @param config At least `apiKey` or `appName`, and the `redirectUri` where a login starts: a deep link of the app.
 * @throws ConfigurationError `invalid_api_key`, `invalid_api_endpoint`; `no_web_crypto` for `dpop`, which React Native
 *   cannot do.
 */
export function sdk(config: SdkConfig): Sdk {
  if (config.dpop) throw failure('no_web_crypto', { reason: 'React Native has none' })
  return sdkOn(platform(), config, {
    login: userAgentLogin,
    lazy: async () => lazy,
    online: async () => online,
    uploads: async () => upload,
    tokenStore: asyncStorageTokenStore,
  })
}

/**
 * The token store that `sdk()` uses by default: one record in AsyncStorage.
 *
 * @param key The record's name in AsyncStorage.
 */
export function asyncStorageTokenStore(key = 'stagedoor:tokens'): TokenStore {
  return platform().tokenStore(key)
}

/**
 * A token store for `services.tokenStore`: one record in the system's keychain, by `expo-secure-store`. It is of this
 * device alone, goes into no backup, and is forgotten with the app. While the device is locked, reading it rejects with
 * `token_store_locked`, and nobody is logged out. Make one for a name, once.
 *
 * @param key The record's name in the keychain, of letters, digits, `.`, `-` and `_`.
 */
export function secureStoreTokenStore(key = 'stagedoor.tokens'): TokenStore {
  return platform().secureTokenStore(key)
}
