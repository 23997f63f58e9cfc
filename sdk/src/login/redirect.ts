import { UNHANDLED_WITHIN } from '../durations.ts'
import { isSameServer } from '../http/url.ts'
import type { WindowPlatform } from '../platform/platform.ts'
import { type Answer, answerIn } from '../protocol/authorization-response.ts'
import type { LoginContext } from '../session/context.ts'
import type { Flow, Waiting } from './popup-login.ts'
import { handlingIn, spentIn } from './tab-notes.ts'

type Context = LoginContext<WindowPlatform>

/** Redirects being handled, so that a second call on the page, of any instance, joins the first. */
const handling = new WeakMap<WindowPlatform, { readonly state: string; readonly outcome: Promise<void> }>()
/** Answers that were taken from the address before anyone handled them, and that address. */
const arrived = new WeakMap<WindowPlatform, { readonly answer: Answer; readonly url: string }>()

const placeOf = (url: string) => url.split(/[?#]/)[0]

/** Whether an answer has done its work: a router may write it back, and a reload brings it again. */
const isSpent = (context: Context, state: string) =>
  context.session.login() === state || context.platform.tab.get(spentIn(context)) === state

/**
 * The answer in a URL, unless it is for another app of the same origin, or another server's: that arrives elsewhere than
 * at the callback page, and answers no login of ours.
 */
function resultIn({ app, transactions }: Context, url: string): ReturnType<typeof answerIn> {
  const result = answerIn(url)
  if (!result || transactions.isForeign(result.answer.state)) return null
  const { state, iss = '' } = result.answer
  const isElsewhere = app.redirectUri && placeOf(url) !== placeOf(app.redirectUri)
  return isElsewhere && !isSameServer(iss, app.issuer) && !transactions.peek(state) ? null : result
}

/**
 * Takes the answer out of this page's address: first of all, before a script or an image of the page can leak the code,
 * and before a router can lose it.
 */
export function takeFromAddress(context: Context, flow?: Flow): void {
  const { platform } = context
  const { page } = platform
  const url = page.url()
  const found = resultIn(context, url)
  if (!found) return
  page.replaceUrl(found.cleanUrl)
  if (isSpent(context, found.answer.state)) return
  const taken = { answer: found.answer, url }
  arrived.set(platform, taken)
  if (!flow) return
  const isLeft = () => arrived.get(platform) === taken
  setTimeout(
    () =>
      isLeft() &&
      flow()
        .then(({ tellOfUnhandled }) => tellOfUnhandled(context, isLeft))
        .catch(() => {}),
    UNHANDLED_WITHIN,
  )
}

/** The answer to handle: of a URL, or of this page. */
function answerFor(context: Context, url: string | undefined): Answer | null {
  takeFromAddress(context)
  if (url !== undefined) return resultIn(context, url)?.answer ?? null
  const answer = arrived.get(context.platform)?.answer
  return answer && !context.transactions.isForeign(answer.state) ? answer : null
}

/** The state of a login that this tab began to complete, and did not: its page was reloaded, or no answer came. */
function interrupted(context: Context): string | null {
  const state = context.platform.tab.get(handlingIn(context))
  return state && context.session.login() !== state ? state : null
}

/** Whether there is anything for `handleRedirect` to do. */
export function hasRedirectResult(context: Context, url?: string): boolean {
  const answer = answerFor(context, url)
  if (answer) return !isSpent(context, answer.state)
  return url === undefined && interrupted(context) !== null
}

/** The callback's end of a login: `OAuth.handleRedirect`. */
export function handleRedirect(context: Context, flow: Flow, waiting: Waiting, url?: string): Promise<void> {
  const { platform } = context
  const found = answerFor(context, url)
  const current = handling.get(platform)
  if (current && (!found || found.state === current.state)) return current.outcome
  const state = found?.state ?? interrupted(context)
  if (!state || isSpent(context, state)) return Promise.resolve()
  const taken = arrived.get(platform)
  if (taken?.answer.state === state) arrived.delete(platform)
  const outcome = flow()
    .catch((error) => {
      // Nothing was done with the answer: a second call, a reload or the opener finds it where it was.
      if (taken?.answer === found) {
        arrived.set(platform, taken)
        platform.page.replaceUrl(taken.url)
      }
      throw error
    })
    .then(({ completeLogin }) => completeLogin(context, state, found))
    .finally(() => handling.delete(platform))
  handling.set(platform, { state, outcome })
  waiting.get(state)?.(outcome)
  waiting.delete(state)
  return outcome
}
