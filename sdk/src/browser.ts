/**
 * Log In with Audius in a web page.
 *
 * @module @stagedoor/sdk
 */

import { failure } from './errors/errors.ts'
import { windowLogin } from './login/window-login.ts'
import { browserPlatform } from './platform/browser.ts'
import type { WindowPlatform } from './platform/platform.ts'
import { keyValueTokenStore, type TokenStore } from './platform/token-store.ts'
import { type Sdk, type SdkConfig, sdkOn } from './sdk.ts'

export * from './exports.ts'

let shared: WindowPlatform | undefined

/** One for the page, so that its instances share what storage does not keep. Made late: nothing may happen at import. */
function platform(): WindowPlatform {
  shared ??= browserPlatform(globalThis, flow)
  return shared
}

const unreachable = (cause: unknown): never => {
  throw failure('unreachable', { cause })
}
const lazy = () => import('./lazy.ts').catch(unreachable)
const online = () => import('./online.ts').catch(unreachable)
const flow = () => import('./login/flow.ts').catch(unreachable)
const dpop = () => import('./dpop/window.ts').catch(unreachable)
const uploads = () => import('./uploads/upload.ts').catch(unreachable)

/**
 * Log In with Audius for this page. Cheap: makes no request and touches no storage.
 *
 * @param config At least `apiKey` or `appName`, and the `redirectUri` where a login starts.
 * @throws ConfigurationError `invalid_api_key`, `invalid_api_endpoint`.
 */
export function sdk(config: SdkConfig): Sdk {
  return sdkOn(platform(), config, {
    login: (context) => windowLogin(context, flow),
    lazy,
    online,
    uploads,
    dpop,
  })
}

/**
 * The token store that `sdk()` uses by default: one record in localStorage, or in memory where that is blocked or full.
 *
 * @param key The record's name in localStorage.
 */
export function localStorageTokenStore(key: string): TokenStore {
  return keyValueTokenStore(platform().storage, key)
}
