import type { Doors } from '../oauth.ts'
import type { WindowPlatform } from '../platform/platform.ts'
import type { LoginContext } from '../session/context.ts'
import { loginOf, type Waiting } from './popup-login.ts'
import { handleRedirect, redirectResult } from './redirect.ts'

/** Logging in by the windows of a browser: a popup, or the full page. */
export function windowDoors(context: LoginContext<WindowPlatform>): Doors {
  const waiting: Waiting = new Map()
  return {
    login: loginOf(context, waiting),
    handleRedirect: (url) => handleRedirect(context, waiting, url),
    hasRedirectResult: (url) => redirectResult(context, url) !== null,
  }
}
