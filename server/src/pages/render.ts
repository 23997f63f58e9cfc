import { squareImage } from '../api/user.ts'
import { redirectHost } from '../apps/redirect-uri.ts'
import { type Cookie, html, type Reply, seeOther } from '../http/message.ts'
import type { Step } from '../oauth/authorize.ts'
import type { OpenRequest } from '../oauth/open-request.ts'
import type { AuthorizationRequest } from '../store/contract/oauth.ts'
import type { User } from '../store/contract/store.ts'
import { linksOf } from './app-links.ts'
import type { PageDeps } from './page-deps.ts'
import type { Client, Page, Person } from './views/page.ts'

/** What every view is told about this server. */
export const pageOf = (deps: PageDeps): Page => ({
  brand: deps.brand,
  stylesheet: deps.stylesheet,
  memberStylesheet: deps.memberStylesheet,
  memberScript: deps.memberScript,
  passkeyScript: deps.passkeyScript,
  development: deps.developmentApp !== null,
  sendsMail: deps.mailQueue !== null,
  links: footerOf(deps),
})

const footerOf = ({ links: { terms, privacy, support } }: PageDeps): Page['links'] =>
  [
    { href: terms, text: 'Terms' },
    { href: privacy, text: 'Privacy' },
    { href: support, text: 'Support' },
  ].flatMap(({ href, text }) => (href === null ? [] : [{ href, text }]))

/** The URL of a picture in the size in which it stands beside a name. */
export const pictureOf = (cid: string | null, deps: Pick<PageDeps, 'issuer'>): string | null =>
  cid === null ? null : squareImage(cid, deps.issuer)['150x150']

/** A user as the views show them to themselves. */
export const personOf = (user: User, deps: PageDeps): Person => ({
  handle: user.handle,
  name: user.name,
  picture: pictureOf(user.profilePicture, deps),
  isVerified: user.isVerified,
})

/** An app as the views name it. */
export const clientOf = (
  { request, logo, facts, owner, isNamesake }: OpenRequest,
  deps: PageDeps,
): Client => ({
  name: request.appName,
  logo: pictureOf(logo, deps),
  isRegistered: request.apiKey !== null && request.documentAddress === null,
  documentHost: request.documentAddress === null ? null : new URL(request.documentAddress).host,
  isNamesake,
  isNative: request.isNative,
  owner,
  links: linksOf(facts),
  redirectHost: redirectHost(request.redirectUri),
})

/**
 * Answers a page.
 * @param request the authorization request it is part of, whose redirect URI its forms may lead to
 * @param scripts whether it may run our own script, which may ask our own server
 */
export function render(
  status: number,
  page: string,
  request: Pick<AuthorizationRequest, 'redirectUri'> | null,
  cookies: readonly Cookie[],
  scripts: 'none' | 'run' = 'none',
): Reply {
  const strict = contentSecurityPolicy(request?.redirectUri ?? null)
  const policy =
    scripts === 'run' ? `${strict}; script-src 'self'; connect-src 'self'; media-src 'self'` : strict
  return { ...html(status, page, { 'content-security-policy': policy }), cookies }
}

/** Answers a page of a member, with the script that adds comfort to it. */
export const renderMember = (status: number, page: string, cookies: readonly Cookie[]): Reply =>
  render(status, page, null, cookies, 'run')

/** Sends the browser to the next step of an authorization. */
export function redirectToStep(step: Step, cookies: readonly Cookie[]): Reply {
  if (step.go === 'app') return seeOther(step.location, cookies)
  return seeOther(`/${step.go}?request=${encodeURIComponent(step.request)}`, cookies)
}

/**
 * The policy of a page: nothing from elsewhere, no script, no frame.
 * @param redirectUri where a form's answer may be redirected to. Browsers hold the whole chain of redirects against
 * `form-action`, and an app's callback may go on to another of its hosts, so the scheme is allowed, not the host.
 */
export function contentSecurityPolicy(redirectUri: string | null): string {
  const onward = redirectUri === null ? '' : ` ${new URL(redirectUri).protocol}`
  return `default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'${onward}; base-uri 'none'; frame-ancestors 'none'`
}
