import asyncStorage from '@react-native-async-storage/async-storage'
import * as webBrowser from 'expo-web-browser'
import { AppState, Linking } from 'react-native'
import type { NativeModules } from '../../src/platform/native-modules.ts'

/** The real modules are what the SDK takes them for. expo-secure-store is not installed here. */
export const modules: Omit<NativeModules, 'secureStore'> = {
  asyncStorage: () => asyncStorage,
  webBrowser: () => webBrowser,
  linking: () => Linking,
  appState: () => AppState,
}
