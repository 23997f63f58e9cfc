import { redirectUriFault } from '../apps/redirect-uri.ts'
import type { Mismatch, OAuthError, PageError } from '../errors/oauth.ts'
import type { Reply } from '../http/message.ts'
import type { PageDeps } from './page-deps.ts'
import { pageOf, pictureOf, render } from './render.ts'
import { errorPage, type Unregistered } from './views/error.tsx'
import { redirectDifference } from './views/redirect-uri-diff.ts'

/** Shows an error to a person: what happened, whose fault it is, what to do. */
export function showError(error: PageError, requestId: string, deps: PageDeps): Reply {
  const { status, heading, what, fault, next } = error.words
  const { mismatch } = error
  const redirect = mismatch && unregistered(mismatch, deps)
  const isUnfit = typeof redirect?.offer?.fault === 'string'
  const page = errorPage({
    ...{ page: pageOf(deps), heading, what, fault, requestId, redirect, link: error.link },
    next: isUnfit ? 'Have your app send the registered one, or one that may be registered.' : next,
  })
  // The form that registers the URI leads on to it.
  const isRegistrable = redirect?.offer?.fault === null
  return render(status, page, isRegistrable ? { redirectUri: mismatch?.given ?? '' } : null, [])
}

function unregistered({ app, given, registered, offer }: Mismatch, deps: PageDeps): Unregistered {
  return {
    difference: redirectDifference(given, registered),
    app: { apiKey: app.apiKey, name: app.name, logo: pictureOf(app.logo, deps) },
    offer: offer && { ...offer, fault: redirectUriFault(given)?.words ?? null },
  }
}

/** Shows a form or address that could not be read to a person. */
export function showBadRequest(error: OAuthError, requestId: string, deps: PageDeps): Reply {
  const page = errorPage({
    page: pageOf(deps),
    heading: 'This could not be read',
    what: error.description,
    fault: 'person',
    next: 'Go back and try again.',
    requestId,
    redirect: null,
    link: null,
  })
  const shown = render(error.status, page, null, [])
  return { ...shown, headers: { ...shown.headers, ...error.headers } }
}
