import { createHash, randomBytes } from 'node:crypto'
import { expect } from 'vitest'
import { type Browser, type Person, type Shown, signedIn } from './wire-browser.ts'

/** Parameters of a request: `null` leaves one out, a list repeats it. */
export type Changes = Readonly<Record<string, string | null | readonly string[]>>

/** An answer of an endpoint that programs call. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: Readonly<Record<string, unknown>>
}

export interface Pair {
  readonly access: string
  readonly refresh: string
}

/** A code with all that its exchange needs. */
export interface Login {
  readonly code: string
  readonly verifier: string
}

/** Writes parameters as `application/x-www-form-urlencoded`. */
export function encoded(parameters: Changes): string {
  const pairs = Object.entries(parameters).flatMap(([name, value]) =>
    (value === null ? [] : [value].flat()).map((one) => [name, one]),
  )
  return new URLSearchParams(pairs).toString()
}

/** A verifier that the log check would know again. */
export const newVerifier = (): string => `verifier-${randomBytes(32).toString('base64url')}`

/** What an app sends to the authorization endpoint for a verifier. */
export const challengeOf = (verifier: string): string =>
  createHash('sha256').update(verifier).digest('base64url')

/** An app that logs people in by the wire alone, as the specification tells its developer to. */
export class App {
  readonly issuer: string
  readonly apiKey: string | null
  readonly redirectUri: string
  /** What it sends beyond the rest: `app_name` when it has no API key. */
  readonly identity: Changes

  constructor(issuer: string, client: { apiKey: string } | { appName: string }, redirectUri: string) {
    this.issuer = issuer
    this.redirectUri = redirectUri
    this.apiKey = 'apiKey' in client ? client.apiKey : null
    this.identity = 'apiKey' in client ? { api_key: client.apiKey } : { app_name: client.appName }
  }

  /** The path of an authorization request. */
  authorizePath(changes: Changes = {}, verifier: string = newVerifier()): string {
    const parameters = {
      response_type: 'code',
      scope: 'read',
      ...this.identity,
      redirect_uri: this.redirectUri,
      state: 'state of the app',
      code_challenge: challengeOf(verifier),
      code_challenge_method: 'S256',
      ...changes,
    }
    return `/v1/oauth/authorize?${encoded(parameters)}`
  }

  /** Begins a login in a browser. */
  begin(browser: Browser, changes: Changes = {}, verifier?: string): Promise<Shown> {
    return browser.open(this.authorizePath(changes, verifier))
  }

  /** A whole login of someone who is signed in; allows what is asked. */
  async logIn(browser: Browser, changes: Changes = {}): Promise<Login> {
    const verifier = newVerifier()
    const page = await this.begin(browser, changes, verifier)
    const end = page.leftFor === null ? await browser.allow(page) : page
    return { code: answerTo(end, this.redirectUri)['code'] ?? '', verifier }
  }

  /** The body of a code's exchange. */
  exchangeOf({ code, verifier }: Login, changes: Changes = {}): Changes {
    return {
      grant_type: 'authorization_code',
      code,
      code_verifier: verifier,
      client_id: this.apiKey,
      redirect_uri: this.redirectUri,
      ...changes,
    }
  }

  exchange(login: Login, changes: Changes = {}): Promise<Answer> {
    return this.post('/v1/oauth/token', this.exchangeOf(login, changes))
  }

  refresh(token: string, changes: Changes = {}): Promise<Answer> {
    const body = { grant_type: 'refresh_token', refresh_token: token, client_id: this.apiKey, ...changes }
    return this.post('/v1/oauth/token', body)
  }

  revoke(token: string, changes: Changes = {}): Promise<Answer> {
    return this.post('/v1/oauth/revoke', { token, client_id: this.apiKey, ...changes })
  }

  /** The status of the profile endpoint for a token: whether it works. */
  async me(token: string): Promise<number> {
    const response = await fetch(`${this.issuer}/v1/me`, { headers: { authorization: `Bearer ${token}` } })
    await response.arrayBuffer()
    return response.status
  }

  /** Logs someone in and exchanges the code. */
  async pair(browser: Browser, changes: Changes = {}): Promise<Pair> {
    return pairOf(await this.exchange(await this.logIn(browser, changes)))
  }

  post(path: string, body: Changes): Promise<Answer> {
    return post(this.issuer + path, JSON.stringify(body), 'application/json')
  }
}

/** Posts a body and reads the JSON that answers it. */
export async function post(
  url: string,
  body: string | Uint8Array<ArrayBuffer>,
  contentType: string | null,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const type = contentType === null ? {} : { 'content-type': contentType }
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
  return read(await fetch(url, { method: 'POST', body: bytes, headers: { ...type, ...headers } }))
}

/** Gets an address and reads the JSON that answers. */
export async function get(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  return read(await fetch(url, { headers }))
}

async function read(response: Response): Promise<Answer> {
  const body: unknown = await response.json()
  if (typeof body !== 'object' || body === null) throw new Error('The answer is no JSON object.')
  return { status: response.status, headers: response.headers, body: { ...body } }
}

/** The pair of a good answer. */
export function pairOf(answer: Answer): Pair {
  const { access_token: access, refresh_token: refresh } = answer.body
  if (typeof access !== 'string' || typeof refresh !== 'string')
    throw new Error(`This answer has no pair: ${answer.status} ${JSON.stringify(answer.body)}`)
  return { access, refresh }
}

/** What an app reads where the browser was sent back to it, by fragment or query. */
export function answerTo(shown: Shown, redirectUri: string): Readonly<Record<string, string>> {
  expect(shown.status).toBe(303)
  expect(shown.text).toBe('')
  const location = shown.leftFor ?? ''
  expect(location.slice(0, redirectUri.length)).toBe(redirectUri)
  const rest = location.slice(redirectUri.length)
  expect(rest).toMatch(/^[#?&]/)
  const fields = [...new URLSearchParams(rest.slice(1).replace(/#$/, ''))]
  expect(new Set(fields.map(([name]) => name)).size).toBe(fields.length)
  return Object.fromEntries(fields)
}

/** Whether an error is in the shape of RFC 6749 §5.2, kept out of caches, and says no more than it should. */
export function expectOAuthError(answer: Answer, status: number, error: string, words?: RegExp): void {
  expect({ status: answer.status, ...answer.body }).toEqual({
    status,
    error,
    error_description: plainWords,
    error_uri: expect.stringMatching(new RegExp(`^https?://[^/]+/docs/errors#${error}$`)),
  })
  expectErrorHeaders(answer, 'application/json; charset=utf-8', words)
}

/** Whether an error is in the shape of RFC 9457, with the members of RFC 6749 §5.2 in the same body. */
export function expectProblem(answer: Answer, status: number, error: string, words?: RegExp): void {
  const { errors = [], ...problem } = answer.body
  expect({ ...problem, is: answer.status }).toEqual({
    is: status,
    type: expect.stringMatching(new RegExp(`^https?://[^/]+/docs/errors#${error}$`)),
    title: plainWords,
    status,
    detail: answer.body['error_description'],
    error,
    error_description: plainWords,
  })
  expect(errors).toEqual(
    Array.isArray(errors) ? errors.map(() => ({ field: expect.any(String), message: plainWords })) : [],
  )
  expectErrorHeaders(answer, 'application/problem+json; charset=utf-8', words)
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the range is that of RFC 6749 §5.2
const plainWords = expect.stringMatching(/^[^\x00-\x1f"\\\x7f-\uffff]+$/)

function expectErrorHeaders({ headers, body }: Answer, contentType: string, words?: RegExp): void {
  if (words !== undefined) expect(body['error_description']).toMatch(words)
  expect(headers.get('content-type')).toBe(contentType)
  expect(headers.get('cache-control')).toBe('no-store')
  expect(headers.get('access-control-allow-origin')).toBe('*')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
}

/** Another app of the same redirect URI. */
export async function anotherApp(
  server: { readonly url: string; register(name: string, ...uris: readonly string[]): Promise<string> },
  { redirectUri }: App,
): Promise<App> {
  return new App(server.url, { apiKey: await server.register('Another', redirectUri) }, redirectUri)
}

/** An app with one registered web address, and someone signed in who has allowed it. */
export async function appAndBrowser(
  server: { readonly url: string; register(name: string, ...uris: readonly string[]): Promise<string> },
  person?: Person,
): Promise<{ app: App; browser: Browser }> {
  const redirectUri = 'https://app.example/cb'
  const name = `App ${randomBytes(6).toString('hex')}`
  const app = new App(server.url, { apiKey: await server.register(name, redirectUri) }, redirectUri)
  const browser = await signedIn(server.url, person)
  await app.logIn(browser, { scope: 'write' })
  return { app, browser }
}
