import { type Fault, failure } from '../errors/errors.ts'
import { abortable, type CallOptions } from '../http/abort.ts'
import type { Refusal } from '../http/client.ts'
import { type Fields, fields, isText } from '../http/fields.ts'
import { asVisitor, authorized } from '../session/authorized.ts'
import type { SessionContext } from '../session/context.ts'
import { camelCase, fromWire, snakeCase, toWire } from './names.ts'

/** A call of the API. */
export interface ApiCall {
  /** `GET` when left out. */
  readonly method?: 'POST' | 'PUT' | 'DELETE'
  /** Below `/v1`, its parameters encoded. */
  readonly path: string
  /** By the SDK's names; what is undefined is left out. */
  readonly query?: object
  /** By the SDK's names. */
  readonly body?: object
  /** Whether nobody may read it without being logged in; nobody ever writes so. */
  readonly isPrivate?: boolean
}

/** What a call answers. */
export interface Data<T> {
  /** What was asked for. */
  readonly data: T
}

/** What an argument is wrong by, in the form of the server's own refusals. */
export function refused(field: string, rule: string): Error {
  const message = `${field} ${rule}`
  return failure('request_refused', { reason: message, faults: [{ field, message }] })
}

/** A segment of a path. Throws `request_refused`, naming the parameter, for what is none: it would name another address. */
export function segment(value: string, name: string): string {
  if (isText(value) && !/^\.{0,2}$/.test(value)) return encoded(value, name)
  throw refused(name, 'is not a valid id.')
}

/** A parameter as a URL has it. Throws `request_refused` for half a character, and for what is no text. */
function encoded(value: unknown, name: string): string {
  try {
    const text = String(value)
    if (text !== String({})) return encodeURIComponent(text)
  } catch {}
  throw refused(name, 'cannot be sent.')
}

/** A path with its query. */
export function withQuery(path: string, query: object = {}): string {
  const parameters = Object.entries(query).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value])
      .filter((one) => one !== undefined && one !== null)
      .map((one) => `${snakeCase(name)}=${encoded(one, name)}`),
  )
  return parameters.length ? `${path}?${parameters.join('&')}` : path
}

/** What is written, as JSON. Throws `request_refused` for what has no end, or that JSON has no form for. */
function written(metadata: object): string {
  try {
    return JSON.stringify(toWire(metadata))
  } catch {
    throw refused('metadata', 'cannot be sent.')
  }
}

/** The faults that problem details name (RFC 9457 §3.2). */
const faultsOf = (errors: unknown): readonly Fault[] =>
  (Array.isArray(errors) ? errors : []).flatMap((error) => {
    const { field, message } = fields(error)
    return isText(field) && isText(message) ? [{ field: camelCase(field), message }] : []
  })

const refusal: Refusal = (status, error, { errors }) => {
  if (status === 401) return ['unauthorized']
  if (status === 404) return ['not_found']
  if (error === 'insufficient_scope') return [error]
  return ['request_refused', faultsOf(errors)]
}

/**
 * A key by which the server knows a creation that is sent again. The hosted service is sent none: it does not know the
 * header, and no browser sends it one that it does not allow.
 */
const newKey = ({ app, platform }: SessionContext): string | undefined =>
  app.issuer === 'https://api.audius.co'
    ? undefined
    : Array.from(platform.randomBytes(16), (byte) => byte.toString(16).padStart(2, '0')).join('')

/** What was sent with a key may be sent again where nobody can tell whether it arrived. */
async function onceMore<T>(cause: { readonly code?: unknown }, request: () => Promise<T>): Promise<T> {
  if (cause.code === 'unreachable' || cause.code === 'timeout') return request()
  throw cause
}

/**
 * Calls the API as whoever is logged in, or as nobody where everyone may read, and answers what came back by the SDK's
 * names. A read is repeated when another user logs in meanwhile; a write is never done as somebody else than it began.
 */
export async function callApi(
  context: SessionContext,
  call: ApiCall,
  options: CallOptions = {},
): Promise<Fields> {
  const { app, session, client } = context
  // An access token says by itself which app calls.
  const caller = { apiKey: app.apiKey, appName: app.appName }
  const { method, path, query, isPrivate } = call
  // What is left out is for the server to name.
  const body = 'body' in call ? written(call.body ?? {}) : undefined
  const login = session.login()
  const isSwitched = () => login !== session.login()
  const key = method === 'POST' && body && (options.idempotencyKey ?? newKey(context))
  const send = async (accessToken: string | null) => {
    if (method && isSwitched()) throw failure('user_switched')
    const headers = {
      ...(body && { 'content-type': 'application/json' }),
      ...(key && { 'idempotency-key': key }),
    }
    const init = { headers, ...(method && { method }), ...(body && { body }) }
    const target = withQuery(path, { ...(!accessToken && caller), ...query })
    const request = () => client.request(target, init, refusal, accessToken)
    return key ? request().catch((cause) => onceMore(cause, request)) : request()
  }
  const answer = await abortable(options.signal, () =>
    method || isPrivate ? authorized(session, send) : asVisitor(session, send),
  )
  return !method && isSwitched() ? callApi(context, call, options) : fields(fromWire(answer))
}
