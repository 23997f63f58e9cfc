import { loadedStorage, loadedTokenStore } from './async-storage.ts'
import { browserSession } from './in-app-browser.ts'
import type { NativeModules } from './native-modules.ts'
import { nativeRandom, type Runtime } from './native-random.ts'
import type { AgentPlatform } from './platform.ts'
import { processLock } from './process-lock.ts'
import { secureTokenStore } from './secure-store.ts'
import type { TokenStore } from './token-store.ts'

/** All that the SDK stores by itself begins so. */
const PREFIX = 'stagedoor:'

export interface NativePlatform extends AgentPlatform {
  /** A token store of one record in AsyncStorage. */
  tokenStore(key: string): TokenStore
  /** A token store of one record in the keychain. */
  secureTokenStore(key: string): TokenStore
}

/** React Native's side of the port. Touches no module before it is needed. */
export function nativePlatform(modules: NativeModules, runtime: Runtime): NativePlatform {
  const storage = loadedStorage(() => modules.asyncStorage())
  return {
    storage,
    randomBytes: nativeRandom(runtime),
    lock: processLock(),
    on: (what, listener) => {
      if (what !== 'online') return () => {}
      const listening = modules.appState().addEventListener('change', (state) => {
        if (state === 'active') listener()
      })
      return () => listening.remove()
    },
    load: () => storage.load(PREFIX),
    saved: storage.saved,
    agent: async (redirectUri) => browserSession(redirectUri, modules),
    startedBy: async (opened) => {
      const linking = modules.linking()
      linking.addEventListener('url', ({ url }) => opened(url))
      return linking.getInitialURL()
    },
    tokenStore: (key) => loadedTokenStore(storage, key),
    secureTokenStore: (key) => secureTokenStore(() => modules.secureStore(), storage, key),
  }
}
