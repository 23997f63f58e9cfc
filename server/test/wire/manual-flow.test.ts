import { fileServer } from '@stagedoor/testkit/server'
import { Browser, nova } from '@stagedoor/testkit/wire-browser'
import { expect, test } from 'vitest'

const server = await fileServer()
const base = `${server.url}/v1`
const redirectUri = 'https://mydemoapp.com/callback'
const apiKey = await server.register('My demo app', redirectUri)

// The specification's own code, but that the verifier begins so that the log check would know it again.
async function generatePkce() {
  const array = new Uint8Array(32)
  crypto.getRandomValues(array)
  array.set(Buffer.from('verifier-000', 'base64url'))
  const codeVerifier = btoa(String.fromCharCode(...array))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=/g, '')
  const encoded = new TextEncoder().encode(codeVerifier)
  const digest = await crypto.subtle.digest('SHA-256', encoded)
  const codeChallenge = btoa(String.fromCharCode(...new Uint8Array(digest)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=/g, '')
  return { codeVerifier, codeChallenge }
}

const postJson = async (path: string, body: object) => {
  const headers = { 'Content-Type': 'application/json' }
  const response = await fetch(base + path, { method: 'POST', headers, body: JSON.stringify(body) })
  return { status: response.status, body: Object(await response.json()) }
}

for (const [mode, separator] of [
  [undefined, '#'],
  ['query', '?'],
] as const)
  test(`the specification’s manual implementation works to the letter, response_mode ${mode ?? 'left out'}`, async () => {
    // 1. Generate PKCE parameters
    const { codeVerifier, codeChallenge } = await generatePkce()
    const state = crypto.randomUUID()

    // 2. Open the consent screen
    const url =
      `${base}/oauth/authorize` +
      '?response_type=code' +
      '&scope=read' +
      `&api_key=${apiKey}` +
      `&redirect_uri=${redirectUri}` +
      `&state=${state}` +
      `&code_challenge=${codeChallenge}` +
      '&code_challenge_method=S256' +
      (mode === undefined ? '' : `&response_mode=${mode}`)
    const person = new Browser(server.url)
    const consent = await person.signIn(await person.open(url), nova)
    const end = consent.leftFor === null ? await person.allow(consent) : consent

    // 3. Receive the authorization code
    const [address, answer = ''] = (end.leftFor ?? '').split(separator)
    expect(address).toBe(redirectUri)
    const params = new URLSearchParams(answer)
    expect(params.get('state')).toBe(state)

    // 4. Exchange the code for tokens
    const exchanged = await postJson('/oauth/token', {
      grant_type: 'authorization_code',
      code: params.get('code'),
      code_verifier: codeVerifier,
      client_id: apiKey,
      redirect_uri: redirectUri,
    })
    expect(exchanged.status).toBe(200)
    expect(exchanged.body).toMatchObject({
      access_token: expect.any(String),
      refresh_token: expect.any(String),
    })

    // 5. Get the user's profile
    const profile = await fetch(`${base}/me`, {
      headers: { Authorization: `Bearer ${exchanged.body.access_token}` },
    })
    expect(await profile.json()).toMatchObject({
      userId: expect.any(Number),
      name: nova.name,
      handle: nova.handle,
      verified: true,
      profilePicture: {
        '150x150': expect.any(String),
        '480x480': expect.any(String),
        '1000x1000': expect.any(String),
        mirrors: [],
      },
    })

    // 6. Refresh the access token
    const refreshed = await postJson('/oauth/token', {
      grant_type: 'refresh_token',
      refresh_token: exchanged.body.refresh_token,
      client_id: apiKey,
    })
    expect(Object.keys(refreshed.body)).toEqual(Object.keys(exchanged.body))
    expect(refreshed.body.access_token).not.toBe(exchanged.body.access_token)

    // 7. Revoke the token (logout)
    const revoked = await postJson('/oauth/revoke', {
      token: refreshed.body.refresh_token,
      client_id: apiKey,
    })
    expect(revoked.status).toBe(200)
    const after = await fetch(`${base}/me`, {
      headers: { Authorization: `Bearer ${refreshed.body.access_token}` },
    })
    expect(after.status).toBe(401)

    // Error response
    const refused = await postJson('/oauth/token', {
      grant_type: 'refresh_token',
      refresh_token: refreshed.body.refresh_token,
      client_id: apiKey,
    })
    expect(refused).toEqual({
      status: 400,
      body: {
        error: 'invalid_grant',
        error_description: expect.any(String),
        error_uri: expect.stringMatching(/\/docs\/errors#invalid_grant$/),
      },
    })
  })
