import { OAuthError } from './oauth.ts'
import { type Quota, rateLimitFields } from './rate-limit-fields.ts'

/** Seconds of the month of a plan. */
const month = 30 * 86_400

/** One thing that is wrong with a request, by the name of its parameter or field. */
export interface FieldFault {
  readonly field: string
  readonly message: string
}

/** A request with faults that its sender can put right one by one. */
export class FieldError extends OAuthError {
  readonly faults: readonly FieldFault[]
  constructor(faults: readonly FieldFault[]) {
    const sentences = faults.slice(0, 3).map(({ message }) => message)
    super(400, 'invalid_request', sentences.join(' '))
    this.faults = faults
  }
}

/** What the protected resources refuse. */
export const refused = {
  notOwner: (what: string) => new OAuthError(403, 'access_denied', `Only its owner may do this to ${what}.`),
  unconfirmedEmail: (publicUrl: string) =>
    new OAuthError(
      403,
      'email_not_confirmed',
      `Confirm your email first: open the link that was sent to it, or get another at ${publicUrl}/account/security. Then do this again.`,
    ),
  noSuch: (what: string) => new OAuthError(404, 'not_found', `There is no such ${what}.`),
  notDownloadable: () =>
    new OAuthError(404, 'not_found', 'Its artist does not offer this track for download.'),
  noWaveform: () =>
    new OAuthError(404, 'not_found', 'This track has no waveform: its audio is served as it was sent.'),
  contentType: () =>
    new OAuthError(415, 'invalid_request', 'Send the body as application/json, in UTF-8, not compressed.'),
  tooFast: (what: string, quota: Quota, seconds: number) =>
    new OAuthError(
      429,
      'too_many_requests',
      `${what}. Wait ${seconds} s, then try again, and spread calls out.`,
      { headers: rateLimitFields(quota, seconds) },
    ),
  shareUsedUp: (calls: number, seconds: number) =>
    new OAuthError(
      429,
      'too_many_requests',
      `This person has made the ${calls.toLocaleString('en')} requests that one user of an app may make of its month. Wait ${seconds} s, then try again.`,
      { headers: rateLimitFields({ name: 'share', quota: calls, windowSeconds: month }, seconds) },
    ),
  monthUsedUp: (calls: number, seconds: number) =>
    new OAuthError(
      429,
      'too_many_requests',
      `This app has made the ${calls.toLocaleString('en')} requests of its month (UTC). Wait for the next, or ask whoever runs this server for the plan Unlimited. People can still log in.`,
      { headers: rateLimitFields({ name: 'month', quota: calls, windowSeconds: month }, seconds) },
    ),
  idempotencyKey: () =>
    new OAuthError(400, 'invalid_request', 'Idempotency-Key must be 1 to 255 visible ASCII characters.'),
  keyReused: () =>
    new OAuthError(
      422,
      'invalid_request',
      'This Idempotency-Key came with another request. Make a new key for each thing to create.',
    ),
  notAnObject: () => new OAuthError(400, 'invalid_request', 'The body must be one JSON object.'),
} as const

const titles: Readonly<Record<string, string>> = {
  invalid_request: 'The request is not valid',
  invalid_token: 'There is no valid access token',
  insufficient_scope: 'The access token may do less than this',
  access_denied: 'This is for somebody else to do',
  email_not_confirmed: 'The email is not confirmed yet',
  not_found: 'There is no such thing',
  quota_exceeded: 'More is open than may be',
  too_many_requests: 'There are too many requests',
  temporarily_unavailable: 'The server cannot do this right now',
  server_error: 'The fault is in the server',
}

/** Every kind of problem a resource answers, with its title. */
export const problemTitles: readonly (readonly [code: string, title: string])[] = Object.entries(titles)

/** The address of the page that explains a code. */
export const explained = (code: string, publicUrl: string): string => `${publicUrl}/docs/errors#${code}`

/** An error as problem details (RFC 9457), with the members that OAuth clients read. */
export const problem = (error: OAuthError, publicUrl: string) => ({
  type: explained(error.code, publicUrl),
  title: titles[error.code] ?? 'The request was refused',
  status: error.status,
  detail: error.description,
  ...(error instanceof FieldError && { errors: error.faults }),
  error: error.code,
  error_description: error.description,
})
