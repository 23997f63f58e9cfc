import { createHmac } from 'node:crypto'
import { digest, sameDigest } from '../../../crypto/secret.ts'
import { codeChallengeOf } from '../../../oauth/pkce.ts'
import { parseScope } from '../../../oauth/scope.ts'
import { testRedirectUri } from '../../../oauth/test-login.ts'
import type { Instant, Scope } from '../../../store/contract/store.ts'
import type { PageDeps } from '../../page-deps.ts'
import type { Member } from '../../session/member.ts'

/** A login that this server makes in the place of an app. */
export interface Test {
  readonly apiKey: string
  readonly scope: Scope
  readonly startedAt: Instant
  readonly state: string
  /** Yielded by the state and the browser's own cookie alone, so it lies nowhere. */
  readonly codeVerifier: string
}

/** As long as an authorization request, in milliseconds. */
const lifetime = 10 * 60_000

/** Begins a test in a member's browser: nobody without its cookie and session can go on with it. */
export function beginTest(apiKey: string, scope: Scope, member: Member, deps: PageDeps): Test {
  const nonce = Buffer.from(deps.random(16)).toString('base64url')
  return testOf(apiKey, scope, deps.clock(), nonce, member)
}

/** The test that an answer's `state` belongs to; undefined when it was begun elsewhere, by others or too long ago. */
export function resumeTest(
  apiKey: string,
  state: string | undefined,
  member: Member,
  deps: PageDeps,
): Test | undefined {
  const [nonce = '', word = '', began = ''] = state?.split('.') ?? []
  const [scope, startedAt] = [parseScope(word), Number.parseInt(began, 36)]
  const age = deps.clock() - startedAt
  if (scope === undefined || !(age >= 0 && age <= lifetime)) return undefined
  const test = testOf(apiKey, scope, startedAt, nonce, member)
  return sameDigest(digest(test.state), digest(state ?? '')) ? test : undefined
}

function testOf(
  apiKey: string,
  scope: Scope,
  startedAt: Instant,
  nonce: string,
  { browser, session }: Member,
): Test {
  const sign = (text: string) =>
    createHmac('sha256', browser.text).update(session.digest).update(` ${text}`).digest('base64url')
  const begun = `${nonce}.${scope}.${startedAt.toString(36)}`
  const state = `${begun}.${sign(`state of a test of ${apiKey}: ${begun}`)}`
  return { apiKey, scope, startedAt, state, codeVerifier: sign(`code_verifier of ${state}`) }
}

/** The parameters of a test's authorization request. */
export const authorizationOf = (test: Test, issuer: string): Parameters =>
  requestOf({
    api_key: test.apiKey,
    redirect_uri: testRedirectUri(test.apiKey, issuer),
    scope: test.scope,
    state: test.state,
    code_challenge: codeChallengeOf(test.codeVerifier),
  })

/** The parameters of an authorization request, the same in every request included. */
export const requestOf = (
  own: Record<'api_key' | 'redirect_uri' | 'scope' | 'state' | 'code_challenge', string>,
): Parameters => ({
  response_type: 'code',
  ...own,
  code_challenge_method: 'S256',
  response_mode: 'query',
  display: 'fullScreen',
})

/** The URL that opens an authorization. */
export const authorizationUrl = (parameters: Parameters, issuer: string): string =>
  `${issuer}/v1/oauth/authorize?${new URLSearchParams(parameters)}`

type Parameters = Readonly<Record<string, string>>
