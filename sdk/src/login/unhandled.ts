import type { WindowPlatform } from '../platform/platform.ts'
import type { LoginContext } from '../session/context.ts'
import { isDebugged } from './debugged.ts'

/** Says in a developer's console that this page brought the answer of a login, and does nothing with it. */
export function tellOfUnhandled(
  { app, platform }: LoginContext<WindowPlatform>,
  isUnhandled: () => boolean,
): void {
  if (!isDebugged(app) || !isUnhandled()) return
  const [page] = platform.page.url().split(/[?#]/)
  console.warn(
    `[stagedoor] ${page} was opened with the answer of a login, and the app does nothing with it: nobody is logged in. ` +
      'Where this page starts, add: await audius.oauth.handleRedirect()',
  )
}
