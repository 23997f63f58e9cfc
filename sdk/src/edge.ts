/**
 * Log In with Audius on a server at the edge: in a worker, which loads nothing while it runs.
 *
 * @module @stagedoor/sdk/edge
 */

import { proofsOf } from './dpop/instance.ts'
import { failure } from './errors/errors.ts'
import * as lazy from './lazy.ts'
import { type ServerSide, serverSideOf } from './login/server-side.ts'
import type { LoginFlow, OAuth } from './oauth.ts'
import * as online from './online.ts'
import { serverPlatform } from './platform/server.ts'
import { memoryTokenStore, type TokenStore } from './platform/token-store.ts'
import { type Sdk, type SdkConfig, sdkOn } from './sdk.ts'
import * as upload from './uploads/upload.ts'

export * from './exports.ts'
export type { Tokens } from './http/client.ts'
export type { AuthorizationOptions, ServerSide } from './login/server-side.ts'
export type { Mode } from './platform/platform.ts'
export type { Transaction } from './protocol/transaction.ts'

/** The SDK with what servers use of it. */
export interface EdgeSdk extends Sdk {
  readonly oauth: OAuth & ServerSide
}

// A worker has no window to open a login in, and no address that an answer could stand in.
const noLogin: LoginFlow = {
  login: async () => {
    throw failure('no_page')
  },
  handleRedirect: async () => {},
  hasRedirectResult: () => false,
}

/**
 * Log In with Audius for a worker, by `createAuthorizationUrl` and `exchangeCode`. Cheap: makes no request. Instances share
 * nothing, and keep tokens in memory by default; `login()` rejects with `no_page`.
 *
 * @param config At least `apiKey` or `appName`, and the `redirectUri` where a login starts.
 * @throws ConfigurationError `invalid_api_key`, `invalid_api_endpoint`.
 */
export function sdk(config: SdkConfig): EdgeSdk {
  return sdkOn(serverPlatform(), config, {
    login: (context) => ({ ...noLogin, ...serverSideOf(context) }),
    lazy: async () => lazy,
    online: async () => online,
    uploads: async () => upload,
    dpop: async () => ({ proofsOf }),
  })
}

/**
 * What the browser's entry calls so, for pages that a worker renders first: no localStorage is here, so it is in memory.
 *
 * @param _key The record's name in localStorage.
 */
export function localStorageTokenStore(_key: string): TokenStore {
  return memoryTokenStore()
}
