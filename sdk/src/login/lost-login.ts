import { APPROVAL_LIFETIME, monotonic } from '../durations.ts'
import type { Mode, WindowPlatform } from '../platform/platform.ts'
import { type LoginOptions, silentUrl } from '../protocol/authorization-request.ts'
import type { Transaction } from '../protocol/transaction.ts'
import type { LoginContext } from '../session/context.ts'
import { reopen } from './reopen.ts'

/** Finds the login that was lost, if this is the same again. */
export type Again = (options: LoginOptions, redirectUri: string, mode: Mode) => Transaction | undefined

/** A login whose code could not be redeemed: for a while the server answers the same request without a page. */
export function lostLogin(
  context: LoginContext<WindowPlatform>,
  lost: Transaction,
  options: LoginOptions,
  answeredAt: number,
): Again {
  const { app } = context
  const request = silentUrl(app, options, lost)
  return (asked, redirectUri, mode) => {
    if (monotonic() - answeredAt > APPROVAL_LIFETIME) return undefined
    const again = { ...lost, redirectUri, mode }
    const isSame = request === silentUrl(app, asked, again)
    return isSame && reopen(context, again.state) ? again : undefined
  }
}
