import { createHash, randomBytes } from 'node:crypto'

/** What a check came to; `why` is for whoever runs the server that was checked. */
export type Result =
  | { readonly outcome: 'passed' }
  | { readonly outcome: 'failed' | 'skipped'; readonly why: string }

/** One thing that the specifications ask for. */
export interface Check {
  /** Where a module of the OpenID Foundation's suite checks the same, its name. */
  readonly id: string
  readonly about: string
  readonly run: (subject: Subject) => Promise<Result>
}

/** The server that is checked, and the client that checks it. */
export interface Subject {
  readonly issuer: string
  /** Its metadata as it publishes it. */
  readonly metadata: Readonly<Record<string, unknown>>
  readonly clientId: string
  readonly redirectUri: string
  /** Has a person open an address, and answers what came back to the redirect URI; null where nobody is there. */
  readonly logIn: ((address: URL) => Promise<URLSearchParams>) | null
}

export const passed: Result = { outcome: 'passed' }
export const failed = (why: string): Result => ({ outcome: 'failed', why })
export const skipped = (why: string): Result => ({ outcome: 'skipped', why })

/** Passes what holds. */
export const expected = (holds: boolean, why: string): Result => (holds ? passed : failed(why))

/** A new secret of PKCE, state or nonce. */
export const newSecret = (): string => `verifier-${randomBytes(32).toString('base64url')}`

/** The address of an authorization request; null leaves a parameter out. */
export function authorizationUrl(
  { metadata, clientId, redirectUri }: Subject,
  changes: Readonly<Record<string, string | null>> = {},
  verifier = newSecret(),
): URL {
  const url = new URL(String(metadata['authorization_endpoint']))
  const parameters: Readonly<Record<string, string | null>> = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: 'openid',
    state: newSecret(),
    nonce: newSecret(),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...changes,
  }
  for (const [name, value] of Object.entries(parameters))
    if (value !== null) url.searchParams.set(name, value)
  return url
}

/** Posts a form to the token endpoint. */
export async function postToken(
  { metadata, clientId }: Subject,
  form: Readonly<Record<string, string>>,
): Promise<{
  readonly status: number
  readonly headers: Headers
  readonly body: Readonly<Record<string, unknown>>
}> {
  const response = await fetch(String(metadata['token_endpoint']), {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: new URLSearchParams({ client_id: clientId, ...form }),
  })
  return { status: response.status, headers: response.headers, body: objectOf(await response.text()) }
}

/** The members of a JSON object; none of anything else. */
export function objectOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}
