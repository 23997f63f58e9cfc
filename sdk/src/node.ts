/**
 * Log In with Audius on a command line, and through a server.
 *
 * @module @stagedoor/sdk/node
 */

import { proofsOf } from './dpop/instance.ts'
import * as lazy from './lazy.ts'
import { nodeLogin } from './login/node-login.ts'
import { type ServerSide, serverSideOf } from './login/server-side.ts'
import type { OAuth } from './oauth.ts'
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
export interface NodeSdk extends Sdk {
  readonly oauth: OAuth & ServerSide
}

/**
 * Log In with Audius for command-line tools and servers. Cheap: makes no request. Instances share nothing, and keep
 * tokens in memory by default. `login()` needs `openUrl` and a loopback `redirectUri`; it rejects with `no_page`,
 * `redirect_uri_loopback` and `port_taken` besides.
 *
 * @param config At least `apiKey` or `appName`, and the `redirectUri` where a login starts.
 * @throws ConfigurationError `invalid_api_key`, `invalid_api_endpoint`.
 */
export function sdk(config: SdkConfig): NodeSdk {
  return sdkOn(serverPlatform(), config, {
    login: (context) => ({ ...nodeLogin(context), ...serverSideOf(context) }),
    lazy: async () => lazy,
    online: async () => online,
    uploads: async () => upload,
    dpop: async () => ({ proofsOf }),
  })
}

/**
 * What the browser's entry calls so, for pages that a server renders first: no localStorage is here, so it is in memory.
 *
 * @param _key The record's name in localStorage.
 */
export function localStorageTokenStore(_key: string): TokenStore {
  return memoryTokenStore()
}
