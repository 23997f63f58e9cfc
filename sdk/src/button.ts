/**
 * The element `<login-with-audius>`.
 *
 * @module @stagedoor/sdk/button
 */

import type { Sdk, SdkConfig } from './sdk.ts'
import { elementClass } from './ui/button-element.ts'

export type { LoginButton, LoginButtonEvents } from './ui/button-types.ts'

/**
 * Defines the element `<login-with-audius>`. Its attributes `app-name`, `api-key`, `redirect-uri` and `api-endpoint` are
 * what `sdk()` takes, `scope` and `display` what `login()` does; or its property `sdk` is an instance. It does nothing
 * on a server, and where the element is defined already.
 *
 * @param sdk The function of the SDK's entry.
 */
export function defineLoginButton(sdk: (config: SdkConfig) => Sdk): void {
  if (typeof customElements === 'undefined' || customElements.get('login-with-audius')) return
  customElements.define('login-with-audius', elementClass(sdk))
}
