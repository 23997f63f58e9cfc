import type { CurrentUser } from '../api/current-user.ts'
import type { StagedoorError } from '../errors/errors.ts'
import type { Sdk } from '../sdk.ts'

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
    readonly why: 'logout' | 'expired' | 'other-tab' | 'key-lost'
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
