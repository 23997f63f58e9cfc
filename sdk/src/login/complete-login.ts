import { failure } from '../errors/errors.ts'
import type { WindowPlatform } from '../platform/platform.ts'
import { type Answer, answerIn } from '../protocol/authorization-response.ts'
import type { LoginContext } from '../session/context.ts'
import { offerAnswer } from './handoff.ts'
import { canGoOn, redeem } from './redeem.ts'
import { reopen } from './reopen.ts'
import { handlingIn, spentIn } from './tab-notes.ts'

type Context = LoginContext<WindowPlatform>

/**
 * Asks the server once more, by the same request, for a code in place of one whose answer was lost. Leaves the page;
 * answers false where that cannot help.
 */
function askAgain(context: Context, state: string): boolean {
  const request = reopen(context, state)
  if (request) context.platform.openAuthorization(request, 'page')
  return request !== null
}

async function settle(context: Context, answer: Answer): Promise<void> {
  const { platform, transactions } = context
  const { state } = answer
  // What was asked for decides, not the opener: a tab may have an opener that knows nothing of this login.
  if (transactions.peek(state)?.mode === 'page') {
    if (!(await redeem(context, answer))) throw failure('state_mismatch')
    return
  }
  const taken = await offerAnswer(platform, answer, () => redeem(context, answer))
  if (taken || platform.page.hasOpener()) platform.page.close()
}

/**
 * Completes a login by its answer, and goes on by itself where the code was lost on the way. Without an answer the page
 * was reloaded in the middle of it.
 */
export async function completeLogin(context: Context, state: string, answer: Answer | null): Promise<void> {
  const { tab, page } = context.platform
  if (!answer) {
    tab.remove(handlingIn(context))
    return askAgain(context, state) ? new Promise(() => {}) : undefined
  }
  tab.set(handlingIn(context), state)
  try {
    await settle(context, answer)
    tab.set(spentIn(context), state)
  } catch (error) {
    // This page is left.
    if (canGoOn(error) && error.code === 'login_interrupted' && askAgain(context, state))
      return await new Promise(() => {})
    if (!canGoOn(error)) tab.remove(handlingIn(context))
    throw error
  } finally {
    const again = answerIn(page.url())
    if (again?.answer.state === state) page.replaceUrl(again.cleanUrl)
  }
  tab.remove(handlingIn(context))
}
