import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { oauthProvider } from '@better-auth/oauth-provider'
import { serve } from '@hono/node-server'
import { betterAuth } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import { jwt } from 'better-auth/plugins'
import { asked, newProof, ready, redirectUri } from './prepared.ts'

const database = new DatabaseSync(join(asked.folder, 'peer.db'))
database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;')
const origin = `http://localhost:${asked.port}`
const options = {
  database,
  baseURL: origin,
  secret: 'a secret of the bench that is long enough to be one',
  emailAndPassword: { enabled: true },
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  logger: { level: 'error' as const },
  plugins: [
    jwt(),
    oauthProvider({
      loginPage: '/sign-in',
      consentPage: '/consent',
      allowDynamicClientRegistration: true,
      allowUnauthenticatedClientRegistration: true,
      silenceWarnings: { oauthAuthServerConfig: true, openidConfig: true },
    }),
  ],
}
await (await getMigrations(options)).runMigrations()
const auth = betterAuth(options)

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  auth.handler(
    new Request(`${origin}/api/auth${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin, ...headers },
      body: JSON.stringify(body),
    }),
  )
const person = { email: 'person@example.com', password: 'a pass-phrase under load', name: 'Some Person' }
const signedUp = await post('/sign-up/email', person)
const cookie = signedUp.headers
  .getSetCookie()
  .map((line) => line.split(';')[0])
  .join('; ')
const registered = await post('/oauth2/register', {
  ...{ client_name: 'Some App', redirect_uris: [redirectUri], token_endpoint_auth_method: 'none' },
  scope: 'openid profile offline_access',
  ...{ grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'] },
})
const { client_id: clientId } = await registered.json()

const authorizePath = (scope: string, codeChallenge: string) => {
  const query = new URLSearchParams({
    ...{
      response_type: 'code',
      client_id: clientId,
      redirect_uri: redirectUri,
      scope,
      state: crypto.randomUUID(),
    },
    ...{ code_challenge: codeChallenge, code_challenge_method: 'S256' },
  })
  return `/api/auth/oauth2/authorize?${query}`
}
const authorize = async (scope: string, codeChallenge: string) => {
  const response = await auth.handler(
    new Request(origin + authorizePath(scope, codeChallenge), { headers: { cookie } }),
  )
  return new URL(response.headers.get('location') ?? '', origin)
}
const codeOf = async (scope: string, codeChallenge: string) =>
  (await authorize(scope, codeChallenge)).searchParams.get('code') ?? ''

// Its person allows the app once.
const whole = 'openid profile offline_access'
const { codeVerifier, codeChallenge } = newProof()
const question = await authorize(whole, codeChallenge)
const allowed = await post(
  '/oauth2/consent',
  { accept: true, oauth_query: question.search.slice(1) },
  { cookie },
)
if (!allowed.ok) throw new Error(await allowed.text())
const exchanged = await auth.handler(
  new Request(`${origin}/api/auth/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      ...{
        grant_type: 'authorization_code',
        code: await codeOf(whole, codeChallenge),
        code_verifier: codeVerifier,
      },
      ...{ client_id: clientId, redirect_uri: redirectUri },
    }),
  }),
)
const { access_token: accessToken } = await exchanged.json()
// Without `openid` no ID token is signed at each step, as ours signs none either.
const mint = (codeChallenge: string) => codeOf('profile offline_access', codeChallenge)

serve({ fetch: (request) => auth.handler(request), port: asked.port, hostname: '127.0.0.1' }, () =>
  ready(
    {
      ...{ clientId, redirectUri, accessToken, revokePath: '/api/auth/oauth2/revoke' },
      authorize: { path: authorizePath(whole, codeChallenge), status: 302 },
      signIn: { path: '/api/auth/sign-in/email', json: JSON.stringify(person) },
      ...{ tokenPath: '/api/auth/oauth2/token', profilePath: '/api/auth/oauth2/userinfo' },
    },
    mint,
  ),
)
