import { interaction } from '../../errors/interaction.ts'
import type { Reply, Request } from '../../http/message.ts'
import { readForm } from '../../http/params.ts'
import { allow, cancel, isMemorable, isSignedInFor, nextStep } from '../../oauth/authorize.ts'
import { openRequest } from '../../oauth/open-request.ts'
import type { AuthorizationRequest, Consent } from '../../store/contract/oauth.ts'
import type { User } from '../../store/contract/store.ts'
import type { PageDeps } from '../page-deps.ts'
import { clientOf, pageOf, personOf, redirectToStep, render } from '../render.ts'
import { browserOf, submission } from '../session/browser.ts'
import { shownTo } from '../session/form-token.ts'
import { type ConsentNews, consentPage, type EmailQuestion } from './consent.tsx'

/** `GET /consent`: asks the person whether the app may. */
export async function askForConsent(request: Request, deps: PageDeps): Promise<Reply> {
  const from = await browserOf(request, deps)
  const pending = await openRequest(readForm(request.query).get('request'), from.browsers, deps)
  // HEAD finishes nothing, though the person may have allowed this before.
  const session = request.method === 'HEAD' ? undefined : from.session
  const step = await nextStep(pending, session, deps)
  if (from.session === undefined || step.go !== 'consent') return redirectToStep(step, from.cookies)
  const { apiKey } = pending.request
  const earlier = apiKey === null ? undefined : await deps.store.findConsent(from.session.user.id, apiKey)
  const page = consentPage({
    page: pageOf(deps),
    client: clientOf(pending, deps),
    person: personOf(from.session.user, deps),
    scope: pending.request.scope,
    email: emailOf(pending.request, from.session.user, earlier),
    news: newsOf(pending.request, earlier, deps),
    hidden: { request: pending.text, next: null, csrf: from.csrf },
  })
  return render(200, page, pending.request, from.cookies)
}

// Off unless it is ticked, or was ticked before: an address that nobody has proven is no answer.
function emailOf(
  { openid }: AuthorizationRequest,
  { email, emailStatus }: User,
  earlier: Consent | undefined,
): EmailQuestion | null {
  if (!openid?.email) return null
  if (emailStatus !== 'confirmed') return { address: null, isShared: false }
  return { address: email, isShared: earlier?.sharesEmail === true }
}

/** What a request asks that was not allowed before; nothing of it where nothing was. */
function newsOf(request: AuthorizationRequest, earlier: Consent | undefined, deps: PageDeps): ConsentNews {
  if (earlier === undefined) return { formerName: null, allowed: null, isElsewhere: false }
  const { scope, appName, redirectUris } = earlier
  return {
    formerName: appName === request.appName ? null : appName,
    allowed: scope,
    isElsewhere:
      isMemorable(request, deps) && redirectUris.length > 0 && !redirectUris.includes(request.redirectUri),
  }
}

/** `POST /consent`: the person allows what the page asked. */
export async function giveConsent(request: Request, deps: PageDeps): Promise<Reply> {
  const { from, form } = await submission(request, deps)
  const pending = await openRequest(form.get('request'), from.browsers, deps)
  if (!isSignedInFor(pending.request, from.session))
    return redirectToStep({ go: 'sign-in', request: pending.text }, from.cookies)
  const shown = shownTo(form.get('csrf'), from, deps)
  if (shown === undefined)
    throw interaction.forged().with({ reason: 'the form was shown to nobody who is known' })
  // The answer of the same person counts though they signed in again meanwhile, as in another tab.
  const asked = shown.userId === from.session.user.id ? form.get('account') : undefined
  return redirectToStep(
    await allow(pending, from.session, asked, form.get('share_email') !== undefined, deps),
    [],
  )
}

/** `POST /cancel`: the person turns the request down, signed in or not. */
export async function cancelRequest(request: Request, deps: PageDeps): Promise<Reply> {
  const { from, form } = await submission(request, deps)
  const pending = await openRequest(form.get('request'), from.browsers, deps)
  return cancel(pending, from.session, deps)
}
