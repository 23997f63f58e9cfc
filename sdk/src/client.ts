import { type ErrorDetails, failure, isStagedoorError } from './errors.ts'
import { isText, jsonFields, number, text } from './fields.ts'

const TIMEOUT = 10_000

/** What a token endpoint issues (RFC 6749 §5.1); lifetimes in seconds. */
export interface Tokens {
  readonly accessToken: string
  /** Absent when the one that was used stays valid (RFC 6749 §6). */
  readonly refreshToken: string | undefined
  readonly expiresIn: number | undefined
  readonly refreshExpiresIn: number | undefined
}

export interface Client {
  /** Asks for tokens; `client_id` is added. Never retried here: a code and a refresh token work once. */
  token(grant: Readonly<Record<string, string>>): Promise<Tokens>
  /** Revokes a token and its whole session (RFC 7009), also while the page goes away. */
  revoke(token: string): Promise<void>
  get(path: string, accessToken: string): Promise<Readonly<Record<string, unknown>>>
}

/** One request, and its body, within the time limit. */
async function send(url: string, init: RequestInit): Promise<{ response: Response; body: string }> {
  const answered = async (signal: AbortSignal | undefined) => {
    const response = await fetch(url, {
      ...init,
      signal: signal ?? null,
      credentials: 'omit',
      cache: 'no-store',
      // A token must not follow to wherever the server points.
      redirect: 'error',
    })
    return { response, body: await response.text() }
  }
  // A bare React Native engine has none: there the request is left to itself.
  const limit = typeof AbortController === 'function' ? new AbortController() : undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  try {
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        reject(failure('timeout'))
        limit?.abort()
      }, TIMEOUT)
    })
    return await Promise.race([late, answered(limit?.signal)])
  } catch (cause) {
    throw isStagedoorError(cause) ? cause : failure('unreachable', { cause })
  } finally {
    clearTimeout(timer)
  }
}

/** The error of an answer that is none of 2xx. */
function refusal(response: Response, body: string, isToken: boolean) {
  const { status } = response
  const { error, error_description } = jsonFields(body)
  const details: ErrorDetails = {
    reason: [status, text(error), text(error_description)].filter(Boolean).join(' '),
    requestId: response.headers.get('x-request-id'),
  }
  if (status === 429) return failure('rate_limited', details)
  if (status >= 500) return failure('server_error', details)
  if (isToken && text(error)) {
    return failure(status === 400 && error === 'invalid_grant' ? 'invalid_grant' : 'token_refused', details)
  }
  return failure(status === 401 ? 'unauthorized' : 'request_refused', details)
}

/**
 * The HTTP side. Every call rejects with `unreachable`, `timeout`, `invalid_answer`, `rate_limited`, `server_error`, or with
 * what the server refused: `invalid_grant` and `token_refused` (RFC 6749 §5.2), `unauthorized`, `request_refused`.
 *
 * @param base The API's base URL, ending in `/v1`.
 */
export function clientOf(base: string, clientId: string | null): Client {
  async function request(path: string, init: RequestInit, isToken: boolean) {
    const { response, body } = await send(base + path, init)
    if (!response.ok) throw refusal(response, body, isToken)
    return jsonFields(body)
  }

  const post = (path: string, body: object, init?: RequestInit) =>
    request(
      path,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...body, client_id: clientId }),
        ...init,
      },
      true,
    )

  return {
    token: async (grant) => {
      const { access_token, refresh_token, expires_in, refresh_expires_in } = await post(
        '/oauth/token',
        grant,
      )
      if (!isText(access_token)) throw failure('invalid_answer')
      return {
        accessToken: access_token,
        refreshToken: text(refresh_token),
        expiresIn: number(expires_in),
        refreshExpiresIn: number(refresh_expires_in),
      }
    },
    revoke: async (token) => {
      await post('/oauth/revoke', { token }, { keepalive: true })
    },
    get: (path, accessToken) => request(path, { headers: { authorization: `Bearer ${accessToken}` } }, false),
  }
}
