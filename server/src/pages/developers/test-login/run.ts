import type { Request } from '../../../http/message.ts'
import { testRedirectUri } from '../../../oauth/test-login.ts'
import type { PageDeps } from '../../page-deps.ts'
import type { CallEndpoint, EndpointCall } from './endpoints.ts'
import { openProver } from './proof.ts'
import { answerOf, sentOf, since, type TestStep } from './steps.ts'
import type { Test } from './test.ts'

export interface RunDeps extends PageDeps {
  readonly callEndpoint: CallEndpoint
}

/**
 * Takes the steps of an app after its answer has come: exchanges the code, calls the API, refreshes, and revokes
 * whatever it was given, also when a step before that failed.
 */
export async function runTest(
  code: string,
  test: Test,
  from: Request,
  deps: RunDeps & { readonly bindsTokens: boolean },
): Promise<readonly TestStep[]> {
  const steps: TestStep[] = []
  const prove = deps.bindsTokens ? await openProver(deps) : null
  const call = async (name: TestStep['name'], plain: EndpointCall, accessToken?: string) => {
    const request = prove === null ? plain : { ...plain, proof: await prove(plain, accessToken) }
    const { step, json } = await taken(name, request, from, deps)
    steps.push(step)
    return step.error === null ? json : undefined
  }
  const post = (name: TestStep['name'], path: '/v1/oauth/token' | '/v1/oauth/revoke', form: Form) =>
    call(name, { method: 'POST', path, form: { ...form, client_id: test.apiKey } })

  const pair = await post('token', '/v1/oauth/token', {
    grant_type: 'authorization_code',
    code,
    redirect_uri: testRedirectUri(test.apiKey, deps.issuer),
    code_verifier: test.codeVerifier,
  })
  let token = textOf(pair, 'refresh_token')
  if (token === undefined) return steps
  try {
    const accessToken = textOf(pair, 'access_token') ?? ''
    const authorization = `${textOf(pair, 'token_type')} ${accessToken}`
    await call('me', { method: 'GET', path: '/v1/me', authorization }, accessToken)
    const next = await post('refresh', '/v1/oauth/token', {
      grant_type: 'refresh_token',
      refresh_token: token,
    })
    token = textOf(next, 'refresh_token') ?? token
  } finally {
    await post('revoke', '/v1/oauth/revoke', { token })
  }
  return steps
}

type Form = Readonly<Record<string, string>>

async function taken(name: TestStep['name'], call: EndpointCall, from: Request, deps: RunDeps) {
  const begun = deps.clock()
  const { status, body } = await deps.callEndpoint(call, from)
  const json: unknown = JSON.parse(String(body))
  const { authorization, proof, form = {} } = call
  const headers = {
    ...(authorization !== undefined && { Authorization: authorization }),
    ...(proof !== undefined && { DPoP: proof }),
  }
  const step: TestStep = {
    name,
    line: `${call.method} ${deps.issuer}${call.path}`,
    sent: sentOf({ ...headers, ...form }),
    status,
    answer: answerOf(json),
    took: since(begun, deps),
    error: status < 400 ? null : errorOf(json),
  }
  return { step, json }
}

const errorOf = (json: unknown): TestStep['error'] => ({
  code: textOf(json, 'error') ?? 'server_error',
  words: textOf(json, 'error_description') ?? '',
})

function textOf(json: unknown, name: string): string | undefined {
  const value: unknown = typeof json === 'object' && json !== null ? Reflect.get(json, name) : undefined
  return typeof value === 'string' ? value : undefined
}
