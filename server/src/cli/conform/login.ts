import { createHash } from 'node:crypto'
import {
  authorizationUrl,
  type Check,
  expected,
  failed,
  newSecret,
  objectOf,
  postToken,
  type Result,
  type Subject,
  skipped,
} from './check.ts'

interface Login {
  readonly answer: URLSearchParams
  readonly sent: URL
  readonly form: Readonly<Record<string, string>>
}

async function logIn(
  subject: Subject,
  changes: Readonly<Record<string, string>> = {},
): Promise<Login | null> {
  if (subject.logIn === null) return null
  const verifier = newSecret()
  const sent = authorizationUrl(subject, { scope: 'openid profile email', ...changes }, verifier)
  const answer = await subject.logIn(sent)
  const form = {
    grant_type: 'authorization_code',
    code: answer.get('code') ?? '',
    redirect_uri: subject.redirectUri,
    code_verifier: verifier,
  }
  return { answer, sent, form }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

async function claimsOf({ issuer, metadata, clientId }: Subject, idToken: unknown) {
  // Loaded here, since every command loads this file.
  const { createRemoteJWKSet, jwtVerify } = await import('jose')
  const keys = createRemoteJWKSet(new URL(text(metadata['jwks_uri'])))
  const { payload } = await jwtVerify(text(idToken), keys, { issuer, audience: clientId })
  return payload
}

/** Checks a whole login, and what must not work after it: each step stands on the one before. */
export async function checkWholeLogin(
  subject: Subject,
): Promise<readonly (readonly [string, string, Result])[]> {
  const login = await logIn(subject)
  if (login === null) return []
  const { answer, sent, form } = login
  const results: [string, string, Result][] = []
  const note = (id: string, about: string, result: Result) => results.push([id, about, result])
  const asked = (name: string) => sent.searchParams.get(name)
  note(
    'oidcc-server',
    'a code comes back with the state as it was',
    expected(
      answer.has('code') && answer.get('state') === asked('state'),
      `what came back is ${[...answer.keys()]}`,
    ),
  )
  note(
    'fapi2-iss',
    'what comes back says who it is from (RFC 9207)',
    expected(answer.get('iss') === subject.issuer, `iss is ${JSON.stringify(answer.get('iss'))}`),
  )
  const { status, headers, body } = await postToken(subject, form)
  const isBearer = text(body['token_type']).toLowerCase() === 'bearer'
  note(
    'oidcc-server-token',
    'the code is exchanged for tokens that nobody may cache',
    expected(
      status === 200 && isBearer && headers.get('cache-control')?.includes('no-store') === true,
      `it is answered with status ${status}, error ${JSON.stringify(body['error'])}`,
    ),
  )
  note(
    'oidcc-idtoken',
    'the ID token is signed, for this client, of this login',
    await idTokenResult(subject, body, asked('nonce')),
  )
  note('oidcc-userinfo-get', 'userinfo is about the same person', await userinfoResult(subject, body))
  note(
    'oidcc-refresh-token',
    'a refresh token is good for another access token',
    await refreshResult(subject, body),
  )
  const again = await postToken(subject, form)
  note(
    'oidcc-codereuse',
    'a code is good once',
    expected(
      again.status === 400 && again.body['error'] === 'invalid_grant',
      `it is answered with status ${again.status}`,
    ),
  )
  note(
    'oidcc-codereuse-30seconds',
    'what a code gave ends when it is used again (RFC 6749 §4.1.2)',
    expected((await userinfo(subject, body)).status === 401, 'the access token still works'),
  )
  return results
}

async function idTokenResult(
  subject: Subject,
  body: Readonly<Record<string, unknown>>,
  nonce: string | null,
): Promise<Result> {
  try {
    const claims = await claimsOf(subject, body['id_token'])
    if (claims['nonce'] !== nonce) return failed('the nonce is another')
    const half = createHash('sha256').update(text(body['access_token'])).digest().subarray(0, 16)
    const hash = claims['at_hash']
    const isBound = hash === undefined || hash === half.toString('base64url')
    return expected(
      isBound && claims.iat !== undefined && text(claims.sub) !== '',
      'at_hash, iat or sub is wrong',
    )
  } catch (error) {
    return failed(error instanceof Error ? error.message : 'it cannot be read')
  }
}

async function userinfo({ metadata }: Subject, body: Readonly<Record<string, unknown>>) {
  const headers = { authorization: `Bearer ${text(body['access_token'])}` }
  const response = await fetch(text(metadata['userinfo_endpoint']), { headers })
  return { status: response.status, claims: objectOf(await response.text()) }
}

async function userinfoResult(subject: Subject, body: Readonly<Record<string, unknown>>): Promise<Result> {
  const { status, claims } = await userinfo(subject, body)
  const sub = await claimsOf(subject, body['id_token']).then(
    (of) => of.sub,
    () => undefined,
  )
  return expected(
    status === 200 && claims['sub'] === sub,
    `it is answered with status ${status}, sub ${claims['sub']}`,
  )
}

async function refreshResult(subject: Subject, body: Readonly<Record<string, unknown>>): Promise<Result> {
  const token = body['refresh_token']
  if (typeof token !== 'string') return skipped('there is none')
  const { status, body: next } = await postToken(subject, {
    grant_type: 'refresh_token',
    refresh_token: token,
  })
  const isNew = typeof next['access_token'] === 'string' && next['access_token'] !== body['access_token']
  return expected(status === 200 && isNew, `it is answered with status ${status}, error ${next['error']}`)
}

async function promptLogin(subject: Subject): Promise<Result> {
  const began = Math.floor(Date.now() / 1000)
  const login = await logIn(subject, { prompt: 'login', max_age: '10000' })
  if (login === null) return nobody
  const { body } = await postToken(subject, login.form)
  const claims = await claimsOf(subject, body['id_token']).catch(() => undefined)
  const at = claims?.['auth_time']
  return expected(typeof at === 'number' && at >= began - 1, `auth_time is ${JSON.stringify(at)}`)
}

async function promptNone(subject: Subject): Promise<Result> {
  const login = await logIn(subject, { prompt: 'none' })
  if (login === null) return nobody
  const { answer } = login
  return expected(answer.has('code'), `error is ${JSON.stringify(answer.get('error'))}`)
}

const nobody = skipped('nobody is there to log in')

/** What else needs a person. */
export const loginChecks: readonly Check[] = [
  {
    id: 'oidcc-prompt-login',
    about: 'prompt=login signs in anew, and auth_time says so',
    run: promptLogin,
  },
  {
    id: 'oidcc-prompt-none-logged-in',
    about: 'prompt=none answers whoever is signed in without a page',
    run: promptNone,
  },
]
