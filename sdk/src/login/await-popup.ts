import { monotonic } from '../durations.ts'
import { failure } from '../errors/errors.ts'
import type { AuthorizationWindow, WindowPlatform } from '../platform/platform.ts'
import type { LoginOptions } from '../protocol/authorization-request.ts'
import type { Answer } from '../protocol/authorization-response.ts'
import type { Transaction } from '../protocol/transaction.ts'
import type { LoginContext } from '../session/context.ts'
import { advise } from './advise.ts'
import { awaitAnswer, type PopupLogin } from './handoff.ts'
import { type Again, lostLogin } from './lost-login.ts'
import { canGoOn, exchange } from './redeem.ts'

/**
 * What follows once a popup is open: awaits its answer and redeems it. Rejects with what `awaitAnswer` and `exchange` do.
 *
 * @param wrong Rejects when no login can end at the server.
 * @param handOver Called at once with how the login is focused and cancelled.
 * @param lose Called with how to go on with a login whose code could not be redeemed.
 */
export async function awaitPopup(
  context: LoginContext<WindowPlatform>,
  opened: AuthorizationWindow,
  transaction: Transaction,
  options: LoginOptions,
  wrong: Promise<never>,
  handOver: (popup: PopupLogin) => void,
  lose: (again: Again) => void,
): Promise<void> {
  const { signal } = options
  advise(context, options).catch(() => {})
  const redeem = (answer: Answer) => exchange(context, answer, transaction, signal)
  const popup = awaitAnswer(context, transaction.state, opened, signal, wrong, redeem)
  handOver(popup)
  const answer = await popup.answer
  if (answer) {
    const at = monotonic()
    return redeem(answer).catch((error) => {
      if (canGoOn(error)) lose(lostLogin(context, transaction, options, at))
      throw error
    })
  }
  // The callback page completed it, which helps only if the token store is shared.
  if (!(await context.session.valid())) throw failure('popup_closed')
}
