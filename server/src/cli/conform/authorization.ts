import {
  authorizationUrl,
  type Check,
  expected,
  failed,
  newSecret,
  type Result,
  type Subject,
} from './check.ts'

interface Answer {
  readonly status: number
  /** What came back to the app; undefined where nothing did. */
  readonly answer: URLSearchParams | undefined
  /** Where the browser is sent. */
  readonly location: URL | undefined
}

async function ask(subject: Subject, changes: Readonly<Record<string, string | null>>): Promise<Answer> {
  const { issuer, redirectUri } = subject
  const response = await fetch(authorizationUrl(subject, changes), { redirect: 'manual' })
  await response.arrayBuffer()
  const given = response.headers.get('location')
  const location = given === null ? undefined : new URL(given, issuer)
  const isBack = location?.href.startsWith(redirectUri) === true
  const answer = isBack ? new URLSearchParams(location.search || location.hash.slice(1)) : undefined
  return { status: response.status, answer, location }
}

// A fault is told to the app, or to the person on a page.
async function refuses(
  subject: Subject,
  changes: Readonly<Record<string, string | null>>,
  errors: readonly string[],
): Promise<Result> {
  const state = newSecret()
  const { status, answer, location } = await ask(subject, { state, ...changes })
  if (answer === undefined)
    return expected(
      status >= 400,
      `it goes on, with status ${status}${location ? ` to ${location.pathname}` : ''}`,
    )
  const error = answer.get('error') ?? ''
  if (!errors.includes(error))
    return failed(`error is ${JSON.stringify(error)}, and not ${errors.join(' or ')}`)
  return expected(answer.get('state') === state, 'the state is not returned as it was')
}

async function goesOn(subject: Subject, changes: Readonly<Record<string, string | null>>): Promise<Result> {
  const { status, answer } = await ask(subject, changes)
  const error = answer?.get('error')
  return expected(
    status < 400 && !error,
    error ? `it is refused: ${error}` : `it is answered with status ${status}`,
  )
}

async function staysHere(subject: Subject, changes: Readonly<Record<string, string>>): Promise<Result> {
  const { location } = await ask(subject, changes)
  const isAway = location !== undefined && location.origin !== new URL(subject.issuer).origin
  return expected(!isAway, `the browser is sent to ${location?.host}`)
}

const harmless = [
  ['oidcc-ensure-request-with-unknown-parameter-succeeds', { extra: 'foobar' }],
  ['oidcc-display-page', { display: 'page' }],
  ['oidcc-display-popup', { display: 'popup' }],
  ['oidcc-ui-locales', { ui_locales: 'se' }],
  ['oidcc-claims-locales', { claims_locales: 'se' }],
  ['oidcc-login-hint', { login_hint: 'buffy@example.com' }],
  ['oidcc-acr-values', { acr_values: '1 2' }],
  ['oidcc-ensure-request-without-nonce-succeeds-for-code-flow', { nonce: null }],
] as const

/** What the authorization endpoint does before anybody has signed in (OpenID Connect Core §3.1.2, RFC 9700). */
export const authorizationChecks: readonly Check[] = [
  {
    id: 'oidcc-response-type-missing',
    about: 'a request without response_type is refused',
    run: (subject) =>
      refuses(subject, { response_type: null }, ['invalid_request', 'unsupported_response_type']),
  },
  {
    id: 'response-type-token',
    about: 'no token is given through the browser (RFC 9700 §2.1.2)',
    run: (subject) =>
      refuses(subject, { response_type: 'token' }, [
        'unsupported_response_type',
        'unauthorized_client',
        'invalid_request',
      ]),
  },
  {
    id: 'oidcc-prompt-none-not-logged-in',
    about: 'prompt=none shows nobody a page',
    run: (subject) =>
      refuses(subject, { prompt: 'none' }, ['login_required', 'interaction_required', 'consent_required']),
  },
  {
    id: 'fapi2-require-pkce',
    about: 'a request without a code_challenge is refused',
    run: (subject) =>
      refuses(subject, { code_challenge: null, code_challenge_method: null }, ['invalid_request']),
  },
  {
    id: 'fapi2-plain-pkce-rejected',
    about: 'code_challenge_method=plain is refused',
    run: (subject) => refuses(subject, { code_challenge_method: 'plain' }, ['invalid_request']),
  },
  {
    id: 'oidcc-unsigned-request-uri',
    about: 'a request_uri of anybody is not fetched',
    run: (subject) =>
      refuses(subject, { request_uri: 'https://conform.invalid/request.jwt' }, [
        'request_uri_not_supported',
        'invalid_request_uri',
        'invalid_request',
      ]),
  },
  {
    id: 'oidcc-ensure-registered-redirect-uri',
    about: 'nobody is sent to a redirect URI that is not registered',
    run: (subject) => staysHere(subject, { redirect_uri: 'https://conform.invalid/cb' }),
  },
  {
    id: 'unknown-client',
    about: 'nobody is sent on for a client that is not known',
    run: (subject) =>
      staysHere(subject, { client_id: 'conform-unknown', redirect_uri: 'https://conform.invalid/cb' }),
  },
  ...harmless.map(
    ([id, changes]): Check => ({
      id,
      about: `a request with ${Object.entries(changes).map(([name, value]) => (value === null ? `no ${name}` : `${name}=${value}`))} goes on`,
      run: (subject) => goesOn(subject, changes),
    }),
  ),
]
