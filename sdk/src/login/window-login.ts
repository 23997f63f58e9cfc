import type { LoginFlow } from '../oauth.ts'
import type { WindowPlatform } from '../platform/platform.ts'
import type { LoginContext } from '../session/context.ts'
import { type Flow, loginOf, type Waiting } from './popup-login.ts'
import { handleRedirect, hasRedirectResult, takeFromAddress } from './redirect.ts'

/** Logging in by the windows of a browser: a popup, or the full page. */
export function windowLogin(context: LoginContext<WindowPlatform>, flow: Flow): LoginFlow {
  const waiting: Waiting = new Map()
  takeFromAddress(context, flow)
  return {
    login: loginOf(context, flow, waiting),
    handleRedirect: (url) => handleRedirect(context, flow, waiting, url),
    hasRedirectResult: (url) => hasRedirectResult(context, url),
  }
}
