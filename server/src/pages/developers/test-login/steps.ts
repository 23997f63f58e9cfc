import type { Instant } from '../../../store/contract/store.ts'

/** A parameter of a request, with what it is for; a secret is cut. */
export interface Sent {
  readonly name: string
  readonly value: string
}

/** One request of a login and its answer, as a test shows them. */
export interface TestStep {
  readonly name: 'authorize' | 'answer' | 'token' | 'me' | 'refresh' | 'revoke'
  /** Method and address. */
  readonly line: string
  readonly sent: readonly Sent[]
  /** HTTP status; null for what the browser brings. */
  readonly status: number | null
  /** JSON, indented, secrets cut; null where the answer is the next step. */
  readonly answer: string | null
  /** Milliseconds it took. */
  readonly took: number | null
  readonly error: { readonly code: string; readonly words: string } | null
}

const secretsSent = new Set([
  'state',
  'code',
  'code_verifier',
  'token',
  'refresh_token',
  'Authorization',
  'DPoP',
])
const secretsAnswered = new Set(['access_token', 'refresh_token'])

/** What was sent, each secret cut to its first four characters. */
export const sentOf = (parameters: Readonly<Record<string, string>>): readonly Sent[] =>
  Object.entries(parameters).map(([name, value]) => ({
    name,
    value: secretsSent.has(name) ? cut(value) : value,
  }))

/** A JSON answer for people, each secret in it cut. */
export const answerOf = (json: unknown): string =>
  JSON.stringify(
    json,
    (name, value: unknown) => (typeof value === 'string' && secretsAnswered.has(name) ? cut(value) : value),
    2,
  )

const cut = (secret: string): string =>
  secret.replace(/^((?:Bearer|DPoP) )?(.{0,4}).*$/s, (_, scheme = '', start) => `${scheme}${start}…`)

/** Milliseconds since an instant. */
export const since = (then: Instant, deps: { readonly clock: () => Instant }): number =>
  Math.max(0, deps.clock() - then)
