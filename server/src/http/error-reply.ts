import { PasswordsBusy } from '../accounts/password.ts'
import { explained, problem } from '../errors/api.ts'
import { bearer } from '../errors/bearer.ts'
import { interaction } from '../errors/interaction.ts'
import { OAuthError, PageError, RedirectError, route as refuse } from '../errors/oauth.ts'
import { unproven } from '../errors/page.ts'
import { headersOf, TooMany } from '../rate-limits/too-many.ts'
import { StoreUnavailable, UserInactive } from '../store/contract/errors.ts'
import { type Audience, isWrittenByApp, prefersJson } from './audience.ts'
import type { Edge } from './edge.ts'
import { json, type Reply, type Request, seeOther } from './message.ts'

/** The one place where a thrown error becomes an answer; what the public words leave out goes to the log. */
export async function errorReply(
  thrown: unknown,
  audience: Audience,
  request: Request,
  edge: Edge,
): Promise<Reply> {
  const error = known(thrown, audience, request)
  const { requestId } = request
  if (error.name === 'RedirectError') {
    edge.log.info({ requestId, error: error.code, reason: error.reason }, 'refused by redirect')
    return seeOther(edge.redirectTo(error))
  }
  const status = error.name === 'PageError' ? error.words.status : error.status
  const level = status === 500 ? 'error' : status > 500 ? 'warn' : 'info'
  edge.log[level](
    { requestId, status, reason: error.reason, ...(status === 500 && { err: thrown }) },
    'refused',
  )
  const said = await inWords(error, audience, request, edge)
  const reply =
    thrown instanceof TooMany ? { ...said, headers: { ...said.headers, ...headersOf(thrown) } } : said
  return status === 503 ? { ...reply, headers: { 'retry-after': '2', ...reply.headers } } : reply
}

function inWords(
  error: OAuthError | PageError,
  audience: Audience,
  request: Request,
  edge: Edge,
): Reply | Promise<Reply> {
  return audience === 'people' && prefersJson(request)
    ? inJson(asOAuth(error), 'apps', edge)
    : refusalReply(error, audience, request.requestId, edge)
}

/** An error in the form of its audience. */
export function refusalReply(
  error: OAuthError | PageError,
  audience: Audience,
  requestId: string,
  edge: Edge,
): Reply | Promise<Reply> {
  return audience === 'people' ? onPage(error, requestId, edge) : inJson(asOAuth(error), audience, edge)
}

// The page may be what failed.
async function onPage(error: OAuthError | PageError, requestId: string, edge: Edge): Promise<Reply> {
  try {
    return await (error.name === 'PageError'
      ? edge.showError(error, requestId)
      : edge.showBadRequest(error, requestId))
  } catch (fault) {
    edge.log.error({ requestId, err: fault }, 'an error was told without its page')
    const { status, description, headers } = asOAuth(error)
    return {
      status,
      headers: { 'content-type': 'text/plain; charset=utf-8', ...headers },
      body: `${description}\nRequest id: ${requestId}\n`,
    }
  }
}

function asOAuth(error: OAuthError | PageError): OAuthError {
  if (error.name === 'OAuthError') return error
  const { status, code, what, next } = error.words
  return new OAuthError(status, code, `${what} ${next}`, { reason: error.reason })
}

function inJson(error: OAuthError, audience: 'apps' | 'api', edge: Edge): Reply {
  const headers = withResourceMetadata(error.headers, edge)
  if (audience === 'api')
    return json(error.status, problem(error, edge.publicUrl), {
      'content-type': 'application/problem+json; charset=utf-8',
      ...headers,
    })
  const body = {
    error: error.code,
    error_description: error.description,
    error_uri: explained(error.code, edge.publicUrl),
  }
  return json(error.status, body, { pragma: 'no-cache', ...headers })
}

// RFC 9728 §5.1: a client that knows nothing but the resource finds the authorization server by its challenge.
function withResourceMetadata(headers: OAuthError['headers'], { publicUrl }: Edge): OAuthError['headers'] {
  const challenge = headers['www-authenticate']
  if (
    challenge === undefined ||
    !/^(?:Bearer|DPoP) /.test(challenge) ||
    challenge.includes(' resource_metadata=')
  )
    return headers
  const metadata = `${publicUrl}/.well-known/oauth-protected-resource`
  return { ...headers, 'www-authenticate': `${challenge}, resource_metadata="${metadata}"` }
}

function known(
  thrown: unknown,
  audience: Audience,
  { pathname }: Request,
): OAuthError | RedirectError | PageError {
  const isOfApp = audience === 'people' && isWrittenByApp(pathname)
  // A method that is not answered is nothing that the app has written.
  if (thrown instanceof OAuthError && isOfApp && thrown.status !== 405)
    return unproven.unreadable(thrown.status, thrown.description)
  if (thrown instanceof OAuthError || thrown instanceof RedirectError || thrown instanceof PageError)
    return thrown
  const words = audience === 'people' ? interaction : refuse
  if (thrown instanceof StoreUnavailable) return words.unavailable().with({ reason: thrown.message })
  if (thrown instanceof UserInactive && audience !== 'people') return bearer.dead()
  if (thrown instanceof TooMany)
    return audience === 'people' ? interaction.tooMany(thrown.seconds) : refuse.tooMany(thrown.seconds)
  if (thrown instanceof PasswordsBusy) return interaction.busy()
  return words.unexpected().with({ reason: thrown instanceof Error ? thrown.name : 'thrown value' })
}
