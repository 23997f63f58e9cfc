/**
 * Every error the wire can carry. Who sees an error is part of its type: a page until the redirect URI is proven,
 * a redirect to the app after that, JSON at the endpoints that programs call. The words are public; `reason` is for
 * the log alone, where the request id joins it to what the person saw.
 */

/** Where an authorization answer goes, once the redirect URI is proven. */
export interface ResponseTarget {
  readonly redirectUri: string
  readonly responseMode: 'fragment' | 'query'
  readonly state: string | null
}

abstract class WireError extends Error {
  /** Private: what the log says beyond the public words. */
  readonly reason: string
  constructor(code: string, reason: string) {
    super(`${code}: ${reason}`)
    this.reason = reason
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
    extra: { reason?: string; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(code, extra.reason ?? description)
    this.status = status
    this.code = code
    this.description = description
    this.headers = extra.headers ?? {}
  }
}

/** Answered as a redirect to the app (RFC 6749 §4.1.2.1). */
export class RedirectError extends WireError {
  override readonly name = 'RedirectError'
  readonly target: ResponseTarget
  readonly code: string
  readonly description: string
  constructor(target: ResponseTarget, code: string, description: string) {
    super(code, description)
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

/** Answered as a page, or as JSON when the request prefers it; never as a redirect. */
export class PageError extends WireError {
  override readonly name = 'PageError'
  readonly words: PageWords
  /** A redirect URI that is not registered, and those that are. */
  readonly mismatch: { readonly given: string; readonly registered: readonly string[] } | null
  constructor(words: PageWords, extra: { reason?: string; mismatch?: PageError['mismatch'] } = {}) {
    super(words.code, extra.reason ?? words.what)
    this.words = words
    this.mismatch = extra.mismatch ?? null
  }
}

const byApp = (heading: string, what: string, next: string, code = 'invalid_request'): PageWords => ({
  status: 400,
  code,
  heading,
  what,
  fault: 'app',
  next,
})

const askTheDeveloper = 'Nothing was shared. Go back to the app, and tell its developer what this page says.'

/** RFC 6749 §4.1.2.1, first paragraph: the client or its redirect URI is not proven, so nothing is redirected. */
export const unproven = {
  repeated: (name: string) =>
    new PageError(
      byApp('This login link is broken', `The app sent ${name} more than once or garbled.`, askTheDeveloper),
    ),
  noClient: () =>
    new PageError(
      byApp(
        'This login link is broken',
        'The app did not say who it is: api_key is missing.',
        askTheDeveloper,
      ),
    ),
  twoClients: () =>
    new PageError(
      byApp(
        'This login link is broken',
        'api_key and client_id are two names of one thing, and differ.',
        askTheDeveloper,
      ),
    ),
  unknownClient: () =>
    new PageError(
      byApp(
        'This app is not known here',
        'Its api_key belongs to no app on this server. It may have been deleted or mistyped.',
        askTheDeveloper,
        'invalid_client',
      ),
    ),
  badAppName: () =>
    new PageError(
      byApp(
        'This login link is broken',
        'app_name must be 1 to 64 printable characters.',
        askTheDeveloper,
        'invalid_client',
      ),
    ),
  takenAppName: () =>
    new PageError(
      byApp(
        'This app uses a name that is not its own',
        'Its app_name is that of a registered app or of this service. A registered app sends its api_key instead.',
        askTheDeveloper,
        'invalid_client',
      ),
    ),
  noRedirectUri: () =>
    new PageError(
      byApp(
        'This login link is broken',
        'The app did not say where to return: redirect_uri is missing.',
        askTheDeveloper,
      ),
    ),
  badRedirectUri: (fault: string) =>
    new PageError(
      byApp('This app may not be returned to', `Its redirect_uri is not allowed: ${fault}`, askTheDeveloper),
      // The words may repeat the URI, whose query is nobody's to log.
      { reason: 'its redirect_uri breaks a rule' },
    ),
  unregistered: (appName: string, given: string, registered: readonly string[]) =>
    new PageError(
      byApp(
        'This redirect URI is not registered',
        `${appName} asked to be returned to an address that its developer has not registered.`,
        'Nothing was shared. If this is your app, register the address exactly as it was sent, or send the registered one.',
      ),
      { mismatch: { given, registered } },
    ),
} as const

/** RFC 6749 §4.1.2.1: the redirect URI is proven, so the app is told. */
export const refusedRequest = {
  repeated: (to: ResponseTarget, name: string) =>
    new RedirectError(to, 'invalid_request', `${name} was sent more than once. Send it once.`),
  malformed: (to: ResponseTarget, name: string) =>
    new RedirectError(
      to,
      'invalid_request',
      `${name} is not valid percent-encoded UTF-8 without control characters.`,
    ),
  noResponseType: (to: ResponseTarget) =>
    new RedirectError(to, 'invalid_request', 'response_type is missing. Send response_type=code.'),
  responseType: (to: ResponseTarget) =>
    new RedirectError(to, 'unsupported_response_type', 'Only response_type=code is supported.'),
  responseMode: (to: ResponseTarget) =>
    new RedirectError(to, 'invalid_request', 'response_mode must be fragment or query.'),
  display: (to: ResponseTarget) =>
    new RedirectError(to, 'invalid_request', 'display must be popup or fullScreen.'),
  prompt: (to: ResponseTarget) =>
    new RedirectError(to, 'invalid_request', 'prompt must be none, login or consent; none stands alone.'),
  noChallenge: (to: ResponseTarget) =>
    new RedirectError(to, 'invalid_request', 'code_challenge is missing: PKCE is required (RFC 7636).'),
  challenge: (to: ResponseTarget) =>
    new RedirectError(
      to,
      'invalid_request',
      'code_challenge must be BASE64URL(SHA256(code_verifier)), 43 characters.',
    ),
  challengeMethod: (to: ResponseTarget) =>
    new RedirectError(to, 'invalid_request', 'code_challenge_method must be S256.'),
  requestObject: (to: ResponseTarget, name: 'request' | 'request_uri') =>
    new RedirectError(
      to,
      `${name}_not_supported`,
      `${name} is not supported. Send the parameters themselves.`,
    ),
  state: (to: ResponseTarget) =>
    new RedirectError(to, 'invalid_request', 'state is longer than 2000 characters.'),
  scope: (to: ResponseTarget) => new RedirectError(to, 'invalid_scope', 'scope must be read or write.'),
  scopeOfUnregistered: (to: ResponseTarget) =>
    new RedirectError(
      to,
      'invalid_scope',
      'An app without an api_key gets scope read only. Register it for write.',
    ),
  denied: (to: ResponseTarget) => new RedirectError(to, 'access_denied', 'The person cancelled.'),
  loginRequired: (to: ResponseTarget) =>
    new RedirectError(to, 'login_required', 'Nobody is signed in, and prompt=none forbids asking.'),
  consentRequired: (to: ResponseTarget) =>
    new RedirectError(to, 'consent_required', 'The person must be asked, and prompt=none forbids it.'),
} as const

const invalidRequest = (description: string) => new OAuthError(400, 'invalid_request', description)
const invalidGrant = (description: string) => new OAuthError(400, 'invalid_grant', description)

/** Bodies that are not one flat set of text parameters (RFC 6749 §3.2, appendix B). */
export const badBody = {
  contentType: () =>
    new OAuthError(
      415,
      'invalid_request',
      'Send the body as application/json or application/x-www-form-urlencoded, in UTF-8 and not compressed.',
    ),
  tooLarge: () => new OAuthError(413, 'invalid_request', 'The body is larger than 64 kB.'),
  notWhole: () => invalidRequest('The body is not as long as Content-Length says.'),
  notJson: () => invalidRequest('The body is not valid JSON.'),
  notFlat: () => invalidRequest('The JSON body must be one object whose values are strings or null.'),
  repeated: () => invalidRequest('A parameter was sent more than once. Send each once.'),
  malformed: () => invalidRequest('A parameter is not valid UTF-8 text without control characters.'),
  tooMany: () => invalidRequest('More than 50 parameters were sent.'),
  credentialInQuery: () =>
    invalidRequest('Credentials belong in the body, never in the query: they would be logged on the way.'),
} as const

/** RFC 6749 §5.2. */
export const token = {
  missing: (name: string) => invalidRequest(`${name} is missing.`),
  verifierFormat: () =>
    invalidRequest('code_verifier must be 43 to 128 characters of A-Z a-z 0-9 - . _ ~ (RFC 7636).'),
  grantType: () =>
    new OAuthError(400, 'unsupported_grant_type', 'grant_type must be authorization_code or refresh_token.'),
  unknownClient: () => new OAuthError(400, 'invalid_client', 'client_id is not the API key of any app here.'),
  httpAuthentication: () =>
    new OAuthError(
      401,
      'invalid_client',
      'Clients are public: send client_id in the body, and no Authorization header.',
      { headers: { 'www-authenticate': 'Basic realm="stagedoor"' } },
    ),
  clientSecret: () =>
    new OAuthError(
      400,
      'invalid_client',
      'Clients are public and have no secret. Leave client_secret out, and keep secrets out of apps.',
    ),
  clientIdRequired: () => invalidRequest('client_id is missing. Send the API key that began the login.'),
  unknownCode: () => invalidGrant('This code is not known. Start the login again.'),
  expiredCode: () => invalidGrant('This code has expired: codes live 60 seconds. Start the login again.'),
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
  withdrawnRefresh: () => invalidGrant('The account or the app of this refresh token is no longer active.'),
  scope: () =>
    new OAuthError(400, 'invalid_scope', 'scope must be read or write, and not more than was granted.'),
} as const

const challenge = (attributes: string) => ({
  headers: { 'www-authenticate': `Bearer realm="stagedoor"${attributes}` },
})
const invalidToken = (description: string) =>
  new OAuthError(
    401,
    'invalid_token',
    description,
    challenge(`, error="invalid_token", error_description="${description}"`),
  )

/** RFC 6750 §3.1. */
export const bearer = {
  // RFC 6750 §3.1: a request without a token learns no error code from the challenge.
  none: () =>
    new OAuthError(
      401,
      'invalid_token',
      'No access token was sent. Send it as: Authorization: Bearer <token>',
      challenge(''),
    ),
  two: () => invalidRequest('More than one Authorization header was sent.'),
  malformed: () => invalidToken('This is not an access token of this server.'),
  dead: () => invalidToken('The access token is expired, revoked or unknown.'),
  otherUser: () => new OAuthError(403, 'access_denied', 'user_id is not the user of this access token.'),
} as const

/** A path or query id that is no hashid of one integer. */
export const badId = (name: string): OAuthError =>
  new OAuthError(400, 'invalid_request', `${name} is not a valid id.`)

/** Answers for whole routes. */
export const route = {
  notFound: () => new OAuthError(404, 'not_found', 'There is nothing at this address.'),
  noPage: () =>
    new PageError({
      status: 404,
      code: 'not_found',
      heading: 'There is no such page',
      what: 'This address leads nowhere.',
      fault: 'person',
      next: 'Check the address, or go back to the app you came from.',
    }),
  method: (allow: string) =>
    new OAuthError(405, 'invalid_request', `This address answers ${allow} only.`, { headers: { allow } }),
  unavailable: (reason: string) =>
    new OAuthError(
      503,
      'temporarily_unavailable',
      'The server cannot store this right now. Try again shortly.',
      { reason },
    ),
  unexpected: (reason: string) =>
    new OAuthError(500, 'server_error', 'Something went wrong on our side. Try again.', { reason }),
} as const

const startAgain = 'Nothing was shared. Go back to the app and log in again.'

/** What a person meets between an app's request and its answer. */
export const interaction = {
  finished: (appName: string) =>
    new PageError({
      status: 400,
      code: 'invalid_request',
      heading: 'This login is already finished',
      what: `You have answered ${appName} already, and a login takes one answer.`,
      fault: 'person',
      next: `Go back to ${appName}. If you are not logged in there, log in again.`,
    }),
  gone: () =>
    new PageError({
      status: 400,
      code: 'invalid_request',
      heading: 'This login has ended',
      what: 'It was open for more than ten minutes, belongs to another browser, or this one keeps no cookies.',
      fault: 'person',
      next: 'Go back to the app. If you are not logged in there, log in again.',
    }),
  forged: (reason: string) =>
    new PageError(
      {
        status: 403,
        code: 'access_denied',
        heading: 'This form was not sent from our page',
        what: 'The form came from another site, or cookies are turned off for this one.',
        fault: 'person',
        next: startAgain,
      },
      { reason },
    ),
  accountChanged: () =>
    new PageError({
      status: 409,
      code: 'access_denied',
      heading: 'You switched accounts',
      what: 'Another account was signed in to this browser while this page was open, so nothing was allowed.',
      fault: 'person',
      next: startAgain,
    }),
  wrongHost: (publicUrl: string, host: string) =>
    new PageError(
      {
        status: 421,
        code: 'invalid_request',
        heading: 'This server has another address',
        what: `It answers as ${publicUrl}.`,
        fault: 'server',
        next: `Open ${publicUrl} instead. If a proxy stands in front, let it pass the Host header on.`,
      },
      { reason: `Host was ${host}` },
    ),
  busy: () =>
    new PageError({
      status: 503,
      code: 'temporarily_unavailable',
      heading: 'Too many people are signing in',
      what: 'The server is checking as many passwords as it can.',
      fault: 'server',
      next: 'Wait a few seconds, then go back and try again.',
    }),
  unavailable: (reason: string) =>
    new PageError(
      {
        status: 503,
        code: 'temporarily_unavailable',
        heading: 'We cannot do this right now',
        what: 'The server cannot store anything at the moment.',
        fault: 'server',
        next: 'Nothing was lost. Wait a minute, then reload this page.',
      },
      { reason },
    ),
  unexpected: (reason: string) =>
    new PageError(
      {
        status: 500,
        code: 'server_error',
        heading: 'Something went wrong on our side',
        what: 'The server met an error it did not expect.',
        fault: 'server',
        next: 'Try again. If it happens twice, tell us the request id below.',
      },
      { reason },
    ),
} as const
