import { failure, type StagedoorError } from '../errors/errors.ts'
import type { AsyncStorage } from './async-storage.ts'
import type { AppState, WebBrowser } from './in-app-browser.ts'
import type { SecureStore } from './secure-store.ts'

/** What the SDK uses of React Native's `Linking`. */
export interface Linking {
  getInitialURL(): Promise<string | null>
  addEventListener(type: 'url', listener: (event: { readonly url: string }) => void): { remove(): void }
}

/** The modules that a React Native app brings. Each call throws `missing_module` when it did not. */
export interface NativeModules {
  asyncStorage(): AsyncStorage
  secureStore(): SecureStore
  webBrowser(): WebBrowser
  linking(): Linking
  appState(): AppState
}

const missing = (name: string, cause: unknown): StagedoorError =>
  failure('missing_module', { cause, reason: `npx expo install ${name}` })

/**
 * The modules of this app. They are required when first used, and each inside a `try`, which makes Metro leave out what
 * is not installed instead of failing: so the app is told what to install.
 */
export const nativeModules: NativeModules = {
  asyncStorage: () => {
    try {
      return require('@react-native-async-storage/async-storage').default
    } catch (cause) {
      throw missing('@react-native-async-storage/async-storage', cause)
    }
  },
  secureStore: () => {
    try {
      return require('expo-secure-store')
    } catch (cause) {
      throw missing('expo-secure-store', cause)
    }
  },
  webBrowser: () => {
    try {
      return require('expo-web-browser')
    } catch (cause) {
      throw missing('expo-web-browser', cause)
    }
  },
  linking: () => reactNative().Linking,
  appState: () => reactNative().AppState,
}

function reactNative(): { readonly Linking: Linking; readonly AppState: AppState } {
  try {
    return require('react-native')
  } catch (cause) {
    throw missing('react-native', cause)
  }
}
