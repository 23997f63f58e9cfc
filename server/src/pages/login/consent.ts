import type { Reply, Request } from '../../http/message.ts'
import { readForm } from '../../http/params.ts'
import { allow, cancel, isSignedInFor, nextStep, openRequest } from '../../oauth/authorize.ts'
import type { PageDeps } from '../page-deps.ts'
import { clientOf, pageOf, personOf, proceed, show } from '../render.ts'
import { submission, visitor } from '../session/browser.ts'
import { consentPage } from './consent.tsx'

/** `GET /consent`: asks the person whether the app may. */
export async function askForConsent(request: Request, deps: PageDeps): Promise<Reply> {
  const from = await visitor(request, deps)
  const held = await openRequest(readForm(request.query).get('request'), from.browser.digest, deps)
  const step = await nextStep(held, held.request, from.session, deps)
  if (from.session === undefined || step.go !== 'consent') return proceed(step, from.cookies)
  const page = consentPage({
    page: pageOf(deps),
    client: clientOf(held.request, deps),
    person: personOf(from.session.user, deps),
    scope: held.request.scope,
    hidden: { request: held.id.text, next: null, csrf: from.csrf },
  })
  return show(200, page, held.request, from.cookies)
}

/** `POST /consent`: the person allows what the page asked. */
export async function giveConsent(request: Request, deps: PageDeps): Promise<Reply> {
  const { from, form } = await submission(request, deps)
  const held = await openRequest(form.get('request'), from.browser.digest, deps)
  if (!isSignedInFor(held.request, from.session))
    return proceed({ go: 'sign-in', requestId: held.id.text }, from.cookies)
  return proceed(await allow(held, from.session, form.get('account'), deps), [])
}

/** `POST /cancel`: the person turns the request down, signed in or not. */
export async function cancelRequest(request: Request, deps: PageDeps): Promise<Reply> {
  const { from, form } = await submission(request, deps)
  const held = await openRequest(form.get('request'), from.browser.digest, deps)
  return cancel(held, deps)
}
