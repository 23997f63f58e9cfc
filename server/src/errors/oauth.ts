import { inWords, lifetimes, mostBytes, sizeInWords } from '../limits.ts'
import type { Reason } from '../store/contract/usage.ts'
import { catalogue } from './catalogue.ts'

/** Where an authorization answer goes, once the redirect URI is proven. */
export interface ResponseTarget {
  readonly redirectUri: string
  readonly responseMode: 'fragment' | 'query'
  readonly state: string | null
}

interface ErrorExtra {
  readonly reason?: string
  readonly publicReason?: Reason | null
}

abstract class WireError extends Error {
  /** Private: what the log says beyond the public words. */
  readonly reason: string
  /** The entry of a catalogue that it was made by, with the values of its words; null where there is none. */
  publicReason: Reason | null
  constructor(code: string, words: string, { reason = words, publicReason = null }: ErrorExtra) {
    super(`${code}: ${reason}`)
    this.reason = reason
    this.publicReason = publicReason
  }
}

/** Answered as JSON: `{ error, error_description }` (RFC 6749 §5.2, RFC 6750 §3.1, RFC 7009 §2.2.1). */
export class OAuthError extends WireError {
  override readonly name = 'OAuthError'
  readonly status: number
  readonly code: string
  readonly description: string
  readonly headers: Readonly<Record<string, string>>
  constructor(
    status: number,
    code: string,
    description: string,
    extra: ErrorExtra & { headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(code, description, extra)
    this.status = status
    this.code = code
    this.description = description
    this.headers = extra.headers ?? {}
  }

  /** The same with a private reason, or with more headers. */
  with({ reason, headers }: ConstructorParameters<typeof OAuthError>[3] & object): OAuthError {
    const { status, code, description, publicReason } = this
    const all = { ...headers, ...this.headers }
    return new OAuthError(status, code, description, {
      reason: reason ?? this.reason,
      publicReason,
      headers: all,
    })
  }
}

/** What an authorization request is refused for, before it is known where the answer goes. */
export class RequestRefusal {
  readonly code: string
  readonly description: string
  publicReason: Reason | null = null
  constructor(code: string, description: string) {
    this.code = code
    this.description = description
  }

  /** The error that tells the app. */
  sentTo(target: ResponseTarget): RedirectError {
    return new RedirectError(target, this)
  }
}

/** Answered as a redirect to the app (RFC 6749 §4.1.2.1). */
export class RedirectError extends WireError {
  override readonly name = 'RedirectError'
  readonly target: ResponseTarget
  readonly code: string
  readonly description: string
  constructor(target: ResponseTarget, { code, description, publicReason }: RequestRefusal) {
    super(code, description, { publicReason })
    this.target = target
    this.code = code
    this.description = description
  }
}

export interface PageWords {
  readonly status: number
  /** The `error` of the JSON form. */
  readonly code: string
  readonly heading: string
  readonly what: string
  readonly fault: 'app' | 'server' | 'person'
  readonly next: string
}

/** A redirect URI that is not registered. */
export interface Mismatch {
  readonly app: {
    readonly apiKey: string
    readonly name: string
    /** CID of its logo. */
    readonly logo: string | null
    readonly ownerId: number | null
  }
  readonly given: string
  readonly registered: readonly string[]
  /** For the app's own developer, who may register the URI and begin the login again: its query; null for everybody else. */
  readonly offer: { readonly query: string; readonly csrf: string } | null
}

/** A way on that an error page offers. */
export interface PageLink {
  readonly href: string
  readonly label: string
}

/** Answered as a page, or as JSON when the request prefers it; never as a redirect. */
export class PageError extends WireError {
  override readonly name = 'PageError'
  readonly words: PageWords
  readonly mismatch: Mismatch | null
  readonly link: PageLink | null
  constructor(
    words: PageWords,
    extra: ErrorExtra & { mismatch?: Mismatch | null; link?: PageLink | null } = {},
  ) {
    super(words.code, words.what, extra)
    this.words = words
    this.mismatch = extra.mismatch ?? null
    this.link = extra.link ?? null
  }

  /** The same with a private reason, an address that is not registered, or a way on. */
  with(extra: ConstructorParameters<typeof PageError>[1] & object): PageError {
    const { words, reason, publicReason, mismatch, link } = this
    return new PageError(words, { reason, publicReason, mismatch, link, ...extra })
  }
}

/** RFC 9126 §2.3, and §4 where the browser brings what was pushed. */
export const pushed = catalogue('pushed', {
  nested: () => new OAuthError(400, 'invalid_request', 'request_uri cannot be pushed: send the parameters.'),
  tooLong: (limit: number) =>
    new OAuthError(
      413,
      'invalid_request',
      `The request is too long: its request_uri would pass ${limit} characters.`,
    ),
  ended: () =>
    new PageError({
      status: 400,
      code: 'invalid_request_uri',
      heading: 'This login link has expired',
      what: 'The app prepared this login a while ago, or on another server.',
      fault: 'app',
      next: 'Nothing was shared. Go back to the app and start again.',
    }),
  otherClient: () =>
    new PageError({
      status: 400,
      code: 'invalid_request',
      heading: 'This login link is broken',
      what: 'client_id is not the app that prepared this login.',
      fault: 'app',
      next: 'Nothing was shared. Go back to the app, and tell its developer what this page says.',
    }),
})

export const invalidRequest = (description: string) => new OAuthError(400, 'invalid_request', description)
const invalidGrant = (description: string) => new OAuthError(400, 'invalid_grant', description)

/** Bodies that are not one flat set of text parameters (RFC 6749 §3.2, appendix B). */
export const badBody = catalogue('badBody', {
  contentType: () =>
    new OAuthError(
      415,
      'invalid_request',
      'Send the body as application/json or application/x-www-form-urlencoded, in UTF-8 and not compressed.',
    ),
  tooLarge: () =>
    new OAuthError(413, 'invalid_request', `The body is larger than ${sizeInWords(mostBytes.body)}.`),
  notWhole: () => invalidRequest('The body is not as long as Content-Length says.'),
  notJson: () => invalidRequest('The body is not valid JSON.'),
  notAnObject: () => invalidRequest('The JSON body must be one object.'),
  notText: (name: string) => invalidRequest(`${name} must be text: in JSON, a string or null.`),
  repeated: (name = 'A parameter') => invalidRequest(`${name} was sent more than once. Send it once.`),
  malformed: (name = 'A parameter') =>
    invalidRequest(`${name} is not valid UTF-8 text without control characters, such as a line break.`),
  notWholeForm: () => invalidRequest('The form did not arrive whole. Go back and send it again.'),
  formTooLarge: () =>
    new OAuthError(413, 'invalid_request', 'The form holds more than it may. Go back and send less.'),
  late: () =>
    new OAuthError(408, 'invalid_request', 'The form took too long to arrive. Go back and send it again.'),
  tooMany: (limit: number) => invalidRequest(`More than ${limit} parameters were sent.`),
  credentialInQuery: () =>
    invalidRequest('Credentials belong in the body, never in the query: they would be logged on the way.'),
})

/** RFC 6749 §5.2. */
export const token = catalogue('token', {
  missing: (name: string) => invalidRequest(`${name} is missing.`),
  verifierFormat: () =>
    invalidRequest('code_verifier must be 43 to 128 characters of A-Z a-z 0-9 - . _ ~ (RFC 7636).'),
  grantType: (supported: string) =>
    new OAuthError(400, 'unsupported_grant_type', `grant_type must be one of: ${supported}.`),
  unknownClient: () => new OAuthError(400, 'invalid_client', 'client_id is not the API key of any app here.'),
  httpAuthentication: () =>
    new OAuthError(
      401,
      'invalid_client',
      'Clients are public and have no secret here. Send client_id in the body; if your library insists on HTTP authentication, leave the password empty.',
      { headers: { 'www-authenticate': 'Basic realm="stagedoor"' } },
    ),
  clientSecret: () =>
    new OAuthError(
      400,
      'invalid_client',
      'Clients are public and have no secret here. Leave client_secret out or empty, and keep secrets out of apps.',
    ),
  clientIdRequired: () => invalidRequest('client_id is missing. Send the API key that began the login.'),
  unknownCode: () => invalidGrant('This code is not known. Start the login again.'),
  expiredCode: () =>
    invalidGrant(`This code has expired: codes live ${inWords(lifetimes.code)}. Start the login again.`),
  replayedCode: () =>
    invalidGrant(
      'This code was used before, so every token issued from it is revoked (code reuse). Start the login again.',
    ),
  codeOfOtherClient: () => invalidGrant('This code was issued to another client_id.'),
  otherRedirectUri: () => invalidGrant('redirect_uri differs from the one this code was issued for.'),
  wrongVerifier: () =>
    invalidGrant('PKCE failed: code_verifier does not match the code_challenge of this login.'),
  withdrawnCode: () => invalidGrant('The account or the app of this code is no longer active.'),
  unknownRefresh: () => invalidGrant('This refresh token is not known. Sign in again.'),
  expiredRefresh: () => invalidGrant('This refresh token has expired. Sign in again.'),
  revokedRefresh: () => invalidGrant('This refresh token was revoked. Sign in again.'),
  reusedRefresh: () =>
    invalidGrant(
      'This refresh token was used before, so every token of this login is revoked (token reuse). Sign in again.',
    ),
  refreshOfOtherClient: () => invalidGrant('This refresh token was issued to another client_id.'),
  codeOfOtherKey: () =>
    invalidGrant('This code is for another key than the one that the DPoP header proves.'),
  refreshOfOtherKey: () =>
    invalidGrant('This refresh token is bound to another key than the one that the DPoP header proves.'),
  unboundRefresh: () =>
    invalidGrant('This login is from before the app bound its tokens to keys. Sign in again.'),
  withdrawnRefresh: () => invalidGrant('The account or the app of this refresh token is no longer active.'),
  target: () =>
    new OAuthError(400, 'invalid_target', 'resource is none of this server. Its tokens are good here alone.'),
  scope: () =>
    new OAuthError(400, 'invalid_scope', 'scope must be read or write, and not more than was granted.'),
})

/** Answers for whole routes. */
export const route = catalogue('route', {
  notFound: () => new OAuthError(404, 'not_found', 'There is nothing at this address.'),
  method: (allow: string) =>
    new OAuthError(405, 'invalid_request', `This address answers ${allow} only.`, { headers: { allow } }),
  tooMany: (seconds: number) =>
    new OAuthError(
      429,
      'too_many_requests',
      `Your network asks for more than this server answers. Wait ${seconds} s, then try again.`,
    ),
  unavailable: () =>
    new OAuthError(
      503,
      'temporarily_unavailable',
      'The server cannot store this right now. Try again shortly.',
    ),
  unexpected: () => new OAuthError(500, 'server_error', 'Something went wrong on our side. Try again.'),
})
