import { ANSWER_WITHIN, TOKENS_WITHIN } from '../durations.ts'
import { type ErrorCode, type Fault, failure } from '../errors/errors.ts'
import { discreet } from './discreet.ts'
import { type Fields, isText, jsonFields, number, text } from './fields.ts'
import { credentials, type Proofs } from './proofs.ts'
import { retryAfterIn } from './retry-after.ts'

/** What a token endpoint issues (RFC 6749 §5.1); lifetimes in seconds. */
export interface Tokens {
  /** Opaque; a bearer token of the API (RFC 6750), or bound to a key (RFC 9449). */
  readonly accessToken: string
  /** Absent when the one that was used stays valid (RFC 6749 §6). */
  readonly refreshToken: string | undefined
  /** The seconds that the access token lives, where the server tells. */
  readonly expiresIn: number | undefined
  /** The seconds that the refresh token lives unused, where the server tells. */
  readonly refreshExpiresIn: number | undefined
}

export interface Client {
  /** Asks for tokens; `client_id` is added. Never retried here: a code and a refresh token work once. */
  token(grant: Readonly<Record<string, string>>): Promise<Tokens>
  /** Revokes a token and its whole session (RFC 7009), also while the page goes away. */
  revoke(token: string): Promise<unknown>
  /** Sends a request, with the access token where there is one, and answers the fields of the JSON that came back. */
  request(path: string, init: RequestInit, refusal: Refusal, accessToken: string | null): Promise<Fields>
}

/** What came back, read whole. */
interface Answered {
  readonly response: Response
  readonly body: string
}

/**
 * One request, and its body, within a time limit in milliseconds. Its signal ends it early, as `unreachable`. What the
 * runtime says of the request itself, such as of a header that cannot be, is thrown as it is: it is no network's doing.
 */
export async function send(
  url: string,
  init: RequestInit,
  within: number = ANSWER_WITHIN,
): Promise<Answered> {
  // A bare React Native engine has none: there the request is left to itself.
  const limit = typeof AbortController === 'function' ? new AbortController() : undefined
  init.signal?.addEventListener('abort', () => limit?.abort())
  const whole = { ...init, ...discreet(), signal: limit?.signal ?? null }
  if (typeof Request === 'function') new Request(url, whole)
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(failure('timeout'))
      limit?.abort()
    }, within)
    fetch(url, whole)
      .then(async (response) => resolve({ response, body: await response.text() }))
      .catch((cause) => reject(failure('unreachable', { cause })))
      .finally(() => clearTimeout(timer))
  })
}

/**
 * Sends a request with what shows who sends it; once more where the server asks for another proof (RFC 9449 §8, §9).
 *
 * @param accessToken Null where none goes with it.
 */
export async function sendAs(
  proofs: Proofs | undefined,
  accessToken: string | null,
  url: string,
  { isLogin, ...init }: RequestInit & { readonly isLogin?: boolean },
  within?: number,
): Promise<Answered> {
  const once = async () => {
    const shown = await credentials(proofs, { method: init.method, url, accessToken, isLogin })
    return send(url, { ...init, headers: { ...init.headers, ...shown } }, within)
  }
  const sent = await once()
  return (await proofs?.hear(sent.response, sent.body)) ? once() : sent
}

/** Names what a server refuses with a status of its own, by its answer and the `error` in it. */
export type Refusal = (
  status: number,
  error: string | undefined,
  answer: Fields,
) => readonly [code: ErrorCode, faults?: readonly Fault[]]

/** An error code of OAuth (RFC 6749 §5.2) is one word; a gateway's `error` is a sentence. */
const tokenRefusal: Refusal = (status, error = '') => [
  status === 400 && error === 'invalid_grant'
    ? error
    : /^[a-z_]+$/.test(error)
      ? 'token_refused'
      : 'invalid_answer',
]

/**
 * The fields of an answer's JSON. Throws `rate_limited`, `server_error`, or what a refusal is named; what is no JSON is
 * no refusal of the server's, but of something between, and `invalid_answer`.
 */
export function answered({ response, body }: Answered, refusal: Refusal): Fields {
  const { ok, status, headers } = response
  const answer = jsonFields(body)
  // Whoever writes something else than JSON is no server of ours: a firewall, a portal.
  if (ok && !/^\s*</.test(body)) return answer
  const error = text(answer['error'])
  const isReadable = !body || Object.keys(answer).length > 0
  const [code, faults]: ReturnType<Refusal> =
    status === 429
      ? ['rate_limited']
      : status >= 500
        ? ['server_error']
        : isReadable
          ? refusal(status, error, answer)
          : ['invalid_answer']
  throw failure(code, {
    status,
    serverCode: error,
    reason: text(answer['error_description']),
    requestId: headers.get('x-request-id'),
    retryAfter: retryAfterIn(headers),
    faults,
  })
}

/**
 * The HTTP side. Every call rejects with `unreachable`, `timeout`, `invalid_answer`, `rate_limited`, `server_error`, or with
 * what the server refused: `invalid_grant` and `token_refused` (RFC 6749 §5.2), or the code that `request` is told.
 *
 * @param base The API's base URL, ending in `/v1`.
 */
export function clientOf(base: string, clientId: string | null, proofs: Proofs | undefined): Client {
  const request: Client['request'] = async (path, init, refusal, accessToken) =>
    answered(await sendAs(proofs, accessToken, base + path, init), refusal)

  const post = async (path: string, body: object, init?: RequestInit, proven?: Proofs, isLogin = false) => {
    const whole = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...body, client_id: clientId }),
      ...init,
      isLogin,
    }
    return answered(await sendAs(proven, null, base + path, whole, TOKENS_WITHIN), tokenRefusal)
  }

  // What proves itself by being known needs no proof of a key.
  const revoke = (token: string) => post('/oauth/revoke', { token }, { keepalive: true })

  return {
    token: async (grant) => {
      const isLogin = grant['grant_type'] === 'authorization_code'
      const issued = await post('/oauth/token', grant, {}, proofs, isLogin)
      const { access_token, refresh_token, token_type, expires_in, refresh_expires_in } = issued
      if (!isText(access_token)) throw failure('invalid_answer')
      if (proofs && !/^dpop$/i.test(String(token_type))) {
        revoke(text(refresh_token) ?? access_token).catch(() => {})
        throw failure(isLogin ? 'token_refused' : 'invalid_grant', {
          reason: 'the tokens are bound to no key',
        })
      }
      return {
        accessToken: access_token,
        refreshToken: text(refresh_token),
        expiresIn: number(expires_in),
        refreshExpiresIn: number(refresh_expires_in),
      }
    },
    revoke,
    request,
  }
}
