import { PageError } from '../../errors/oauth.ts'
import { unproven } from '../../errors/page.ts'
import { type Reply, type Request, seeOther } from '../../http/message.ts'
import { formText, mediaTypeOf, readBody } from '../../http/params.ts'
import { authorize } from '../../oauth/authorize.ts'
import { kept } from '../../oauth/pushed-request.ts'
import type { PageDeps } from '../page-deps.ts'
import { redirectToStep } from '../render.ts'
import { type Browser, browserOf } from '../session/browser.ts'

/** `GET /v1/oauth/authorize` (RFC 6749 §3.1): where an app sends a person to log in. */
export async function authorizePage(request: Request, deps: PageDeps): Promise<Reply> {
  const from = await browserOf(request, deps)
  // HEAD finishes nothing, though the person may have allowed this before.
  const session = request.method === 'HEAD' ? undefined : from.session
  try {
    return redirectToStep(await authorize(request.query, from, session, deps), from.cookies)
  } catch (error) {
    throw forItsDeveloper(error, from, request)
  }
}

/**
 * `POST /v1/oauth/authorize` (OpenID Connect Core §3.1.2.1), from another site, whose browser sends no cookie with it: it comes
 * again by GET.
 */
export const authorizeByForm = (request: Request): Reply =>
  seeOther(`/v1/oauth/authorize?${queryOf(request)}`)

const inJson = [...kept, 'request', 'request_uri']

// A form is written as a query is, but for what no address may hold.
function queryOf(request: Request): string {
  const type = request.header('content-type') ?? ''
  if (mediaTypeOf(type) !== 'application/json')
    return formText(type, request.body).replace(/[^!-~]|#/gu, encodeURIComponent)
  const body = readBody(type, request.body, new Set(inJson))
  const sent = inJson.flatMap((name) => [body.get(name) ?? []].flat().map((value) => [name, value]))
  return new URLSearchParams(sent).toString()
}

// An unregistered redirect URI is a fault that the app's own developer can put right here and now.
function forItsDeveloper(error: unknown, { session, csrf, cookies }: Browser, { query }: Request): unknown {
  const mismatch = error instanceof PageError ? error.mismatch : null
  const isOwner = mismatch !== null && session !== undefined && session.user.id === mismatch.app.ownerId
  // A browser that is given its cookie only now could not send the form.
  return isOwner && cookies.length === 0
    ? unproven
        .unregisteredByYou(mismatch.app.name)
        .with({ mismatch: { ...mismatch, offer: { query, csrf } } })
    : error
}
