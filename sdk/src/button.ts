/**
 * The element `<login-with-audius>`.
 *
 * @module @stagedoor/sdk/button
 */

import { elementClass } from './button-element.ts'
import type { CurrentUser } from './current-user.ts'
import type { StagedoorError } from './errors.ts'
import type { Sdk, SdkConfig } from './sdk.ts'

/** What `<login-with-audius>` dispatches. Every event bubbles, also out of shadow trees. */
export interface LoginButtonEvents {
  /** Somebody is logged in, also when the page loads so. */
  'signed-in': CustomEvent<{
    /** Who it is. */
    readonly user: CurrentUser
  }>
  /** The session ended. */
  'signed-out': CustomEvent<{
    /** As the SDK's event of that name tells it. */
    readonly why: 'logout' | 'expired' | 'other-tab'
  }>
  /** Something failed. A cancelled login is no failure. */
  'login-error': CustomEvent<{
    /** What failed. */
    readonly error: StagedoorError
  }>
}

/** The element `<login-with-audius>`. */
export interface LoginButton extends HTMLElement {
  /** The instance: the one that was set, or else the one made from the attributes; null before there is one. */
  sdk: Sdk | null
}

declare global {
  interface HTMLElementTagNameMap {
    'login-with-audius': LoginButton
  }
}

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
