import { failure } from '../errors/errors.ts'
import { abortable } from '../http/abort.ts'
import { discreet } from '../http/discreet.ts'
import { credentials } from '../http/proofs.ts'
import { originOf } from '../http/url.ts'
import { authorized } from '../session/authorized.ts'
import type { SessionContext } from '../session/context.ts'

// By their members, as React Native has no ReadableStream to compare with, and a Request may be another realm's.
const isRequest = (input: string | URL | Request): input is Request =>
  typeof input === 'object' && 'url' in input

/** Whether a request can be sent a second time: the body of a stream, and of a `Request`, is gone after the first. */
function canReplay(input: string | URL | Request, { body }: RequestInit): boolean {
  if (isRequest(input)) return ['GET', 'HEAD'].includes(input.method) && !body
  return !(typeof body === 'object' && body !== null && 'getReader' in body)
}

async function send(
  input: string | URL | Request,
  init: RequestInit,
  shown: Readonly<Record<string, string>>,
  ask: typeof fetch,
): Promise<Response> {
  const headers = new Headers(init.headers ?? (isRequest(input) ? input.headers : undefined))
  for (const [name, value] of Object.entries(shown)) headers.set(name, value)
  const { cache: _, redirect, ...own } = discreet()
  const whole: RequestInit = { ...own, ...init, headers, ...(redirect && { redirect }) }
  // A request that is malformed throws here, so that what fetch rejects with below is a fault of the network.
  if (!isRequest(input) && canReplay(input, init) && typeof Request === 'function') new Request(input, whole)
  try {
    return await ask(input, whole)
  } catch (cause) {
    throw failure('unreachable', { cause })
  }
}

/** A request to the API with the access token: `OAuth.fetch`. `ask` sends it. */
export function fetchFrom(
  { app, session, proofs }: SessionContext,
  input: string | URL | Request,
  init: RequestInit = {},
  ask: typeof fetch = fetch,
): Promise<Response> {
  const url = isRequest(input) ? input.url : String(input)
  const origin = originOf(url)
  if (origin !== originOf(app.issuer)) throw failure('foreign_origin', { reason: origin })
  let isFirst = true
  const method = init.method ?? (isRequest(input) ? input.method : undefined)
  const once = async (accessToken: string) =>
    send(input, init, await credentials(proofs, { method, url, accessToken }), ask)
  const sent = async (accessToken: string) => {
    const response = await once(accessToken)
    if (!(await proofs?.hear(response)) || !canReplay(input, init)) return response
    await response.body?.cancel()
    return once(accessToken)
  }
  const call = async (accessToken: string) => {
    const response = await sent(accessToken)
    if (response.status !== 401) return response
    if (!canReplay(input, init)) session.refuse(accessToken)
    else if (isFirst) {
      isFirst = false
      await response.body?.cancel()
      throw failure('unauthorized')
    }
    return response
  }
  const signal = init.signal ?? (isRequest(input) ? input.signal : undefined)
  return abortable(signal, () => authorized(session, call))
}
