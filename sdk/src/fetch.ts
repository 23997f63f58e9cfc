import { abortable } from './abort.ts'
import { failure } from './errors.ts'
import { type App, originOf } from './request.ts'
import type { Session } from './session.ts'

/** Whether a request can be sent a second time: the body of a stream, and of a `Request`, is gone after the first. */
function canReplay(input: string | URL | Request, init: RequestInit): boolean {
  if (input instanceof Request) return ['GET', 'HEAD'].includes(input.method) && !init.body
  return !(init.body instanceof ReadableStream)
}

async function send(
  input: string | URL | Request,
  init: RequestInit,
  accessToken: string,
  ask: typeof fetch,
): Promise<Response> {
  const headers = new Headers(init.headers ?? (input instanceof Request ? input.headers : undefined))
  headers.set('authorization', `Bearer ${accessToken}`)
  try {
    // A token must not follow to wherever the server points.
    return await ask(input, { credentials: 'omit', ...init, headers, redirect: 'error' })
  } catch (cause) {
    throw failure('unreachable', { cause })
  }
}

/** A request to the API with the access token: `OAuth.fetch`. `ask` sends it. */
export function fetchFrom(
  app: App,
  session: Session,
  input: string | URL | Request,
  init: RequestInit = {},
  ask: typeof fetch = fetch,
): Promise<Response> {
  const origin = originOf(input instanceof Request ? input.url : String(input))
  if (origin !== originOf(app.issuer)) throw failure('foreign_origin', { reason: origin })
  let isFirst = true
  const call = async (accessToken: string) => {
    const response = await send(input, init, accessToken, ask)
    if (response.status !== 401) return response
    if (!canReplay(input, init)) session.refuse(accessToken)
    else if (isFirst) {
      isFirst = false
      await response.body?.cancel()
      throw failure('unauthorized')
    }
    return response
  }
  const signal = init.signal ?? (input instanceof Request ? input.signal : undefined)
  return abortable(signal, () => session.authorized(call))
}
