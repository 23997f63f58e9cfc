import { failure } from '../errors.ts'
import type { WindowPlatform } from '../platform/platform.ts'
import { type Answer, answerIn } from '../protocol/authorization-response.ts'
import type { LoginContext } from '../session/context.ts'
import { offerAnswer } from './handoff.ts'
import type { Waiting } from './popup-login.ts'
import { redeem } from './redeem.ts'

/** Redirects being handled, so that a second call on the page, of any instance, joins the first. */
const handling = new WeakMap<WindowPlatform, { readonly state: string; readonly outcome: Promise<void> }>()

const placeOf = (url: string) => url.split(/[?#]/)[0]

/**
 * The answer in a URL, which is this page's by default, unless it is for another app of the same origin, or another
 * server's: that arrives elsewhere than at the callback page, and answers no login of ours.
 */
export function redirectResult(
  { app, platform, transactions }: LoginContext<WindowPlatform>,
  url: string = platform.page.url(),
): ReturnType<typeof answerIn> {
  const result = answerIn(url)
  if (!result || transactions.isForeign(result.answer.state)) return null
  const { state, iss } = result.answer
  const isElsewhere = app.redirectUri && placeOf(url) !== placeOf(app.redirectUri)
  return isElsewhere && iss !== app.issuer && !transactions.peek(state) ? null : result
}

async function settle(context: LoginContext<WindowPlatform>, answer: Answer): Promise<void> {
  const { platform, transactions } = context
  // What was asked for decides, not the opener: a tab may have an opener that knows nothing of this login.
  if (transactions.peek(answer.state)?.mode === 'page') {
    if (!(await redeem(context, answer))) throw failure('state_mismatch')
    return
  }
  const taken = await offerAnswer(platform, answer, () => redeem(context, answer))
  if (taken || platform.page.hasOpener()) platform.page.close()
}

/** The callback's end of a login: `OAuth.handleRedirect`. */
export function handleRedirect(
  context: LoginContext<WindowPlatform>,
  waiting: Waiting,
  url?: string,
): Promise<void> {
  const { platform } = context
  const found = redirectResult(context, url)
  const current = handling.get(platform)
  if (!found || found.answer.state === current?.state) return current?.outcome ?? Promise.resolve()
  // First of all, before a script or an image of the page can leak the code.
  if (url === undefined || url === platform.page.url()) platform.page.replaceUrl(found.cleanUrl)
  const { state } = found.answer
  const outcome = settle(context, found.answer).finally(() => handling.delete(platform))
  handling.set(platform, { state, outcome })
  waiting.get(state)?.(outcome)
  waiting.delete(state)
  return outcome
}
