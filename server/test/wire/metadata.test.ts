import { fileServer, ownServer } from '@stagedoor/testkit/server'
import { get } from '@stagedoor/testkit/wire-app'
import { describe, expect, test } from 'vitest'
import { rawRequest } from './socket.ts'

const server = await fileServer()

test('the authorization server describes itself (RFC 8414) (IN-9)', async () => {
  const { status, headers, body } = await get(`${server.url}/.well-known/oauth-authorization-server`)
  expect(status).toBe(200)
  expect(headers.get('content-type')).toMatch(/^application\/json/)
  expect(headers.get('access-control-allow-origin')).toBe('*')
  expect(body).toMatchObject({
    issuer: server.url,
    authorization_endpoint: `${server.url}/v1/oauth/authorize`,
    token_endpoint: `${server.url}/v1/oauth/token`,
    revocation_endpoint: `${server.url}/v1/oauth/revoke`,
    response_types_supported: ['code'],
    response_modes_supported: ['fragment', 'query'],
    grant_types_supported: [
      'authorization_code',
      'refresh_token',
      'urn:ietf:params:oauth:grant-type:device_code',
    ],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['none'],
    revocation_endpoint_auth_methods_supported: ['none'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access', 'read', 'write'],
    authorization_response_iss_parameter_supported: true,
  })
})

test('so does the protected resource (RFC 9728)', async () => {
  const { status, headers, body } = await get(`${server.url}/.well-known/oauth-protected-resource`)
  expect(status).toBe(200)
  expect(headers.get('access-control-allow-origin')).toBe('*')
  expect(body).toMatchObject({
    resource: server.url,
    authorization_servers: [server.url],
    bearer_methods_supported: ['header'],
  })
})

test('the issuer is the configured one, whatever the request says (RM-18)', async () => {
  const server = await ownServer({ PUBLIC_URL: 'https://login.example.com' })
  const answer = await rawRequest(
    `http://localhost:${server.port}`,
    'GET /.well-known/oauth-authorization-server',
    ['Host: evil.example', 'X-Forwarded-Host: evil.example'],
  )
  expect(JSON.parse(answer.body)).toMatchObject({
    issuer: 'https://login.example.com',
    token_endpoint: 'https://login.example.com/v1/oauth/token',
  })
})

test('it says whether it is alive and ready', async () => {
  expect(await get(`${server.url}/healthz`)).toMatchObject({ status: 200, body: { status: 'alive' } })
  expect(await get(`${server.url}/readyz`)).toMatchObject({ status: 200, body: { status: 'ready' } })
})

test('it is alive and not ready while the database does not answer', async () => {
  const server = await ownServer()
  await server.store.close()
  expect((await get(`${server.url}/healthz`)).status).toBe(200)
  const { status, headers, body } = await get(`${server.url}/readyz`)
  expect(status).toBe(503)
  expect(body).toMatchObject({ error: 'temporarily_unavailable' })
  expect(headers.get('retry-after')).toMatch(/^\d+$/)
})

describe('what is not there', () => {
  test('is JSON under /v1, for every origin (PO-11)', async () => {
    for (const path of ['/v1/', '/v1/nowhere', '/v1/oauth', '/v1/oauth/register', '/v1/oauth/token/x']) {
      const { status, headers, body } = await get(server.url + path)
      expect(status).toBe(404)
      expect(body).toMatchObject({ error: 'not_found' })
      expect(headers.get('access-control-allow-origin')).toBe('*')
      expect(headers.get('cache-control')).toBe('no-store')
    }
  })

  test('is a page elsewhere', async () => {
    const response = await fetch(`${server.url}/nowhere`)
    expect(response.status).toBe(404)
    expect(response.headers.get('content-type')).toMatch(/^text\/html/)
    expect(await response.text()).toContain('There is no such page')
  })

  test.each([
    '/content/..%2f..%2fetc/passwd',
    '/content/bafkreigwyw4kwt5kxx4c4skosfrasbgzivnbvjpaqc43w5vhffxxtnqz74/..%2f150x150.jpg',
    '/content/bafkreigwyw4kwt5kxx4c4skosfrasbgzivnbvjpaqc43w5vhffxxtnqz74/150x150.png',
    `/content/bafkrei${'a'.repeat(52)}/150x150.jpg`,
    `/content/${'x'.repeat(300)}/150x150.jpg`,
    '/content/%00/150x150.jpg',
    '/assets/..%2fpackage.json',
    '/assets/../../package.json',
    '/%',
    '/v1/%ff',
    '/v1/people/%00',
  ])('%.80s', async (path) => {
    const { status, head, body } = await rawRequest(server.url, `GET ${path}`)
    expect(status).toBe(404)
    expect(head).toMatch(/\r\ncache-control: no-store\r\n/i)
    expect(body).not.toContain('FST_')
  })
})
