import { fileServer } from '@stagedoor/testkit/server'
import { describe, expect, test } from 'vitest'

const server = await fileServer()
const origin = { origin: 'https://app.example' }
const preflight = (path: string, method: string, headers: string) =>
  fetch(server.url + path, {
    method: 'OPTIONS',
    headers: {
      ...origin,
      'access-control-request-method': method,
      'access-control-request-headers': headers,
    },
  })

describe('whatever headers a preflight asks for are allowed where no cookie is read:', () => {
  test.each([
    ['POST', '/v1/oauth/token'],
    ['POST', '/v1/oauth/revoke'],
    ['GET', '/v1/me'],
    ['PUT', '/v1/tracks/7eP5n'],
    ['GET', '/v1/openapi.json'],
    ['GET', '/.well-known/oauth-authorization-server'],
    ['GET', '/.well-known/oauth-protected-resource'],
    ['GET', '/.well-known/openid-configuration'],
    ['POST', '/files/'],
    ['PATCH', '/files/some-upload'],
    ['GET', '/uploads/some-upload'],
    ['GET', '/content/some-cid'],
    ['GET', '/health_check'],
    ['GET', '/v1/tracks/7eP5n/no-such-call'],
  ])('%s %s', async (method, path) => {
    for (const asked of [
      'authorization,content-type',
      'sentry-trace,baggage',
      'traceparent, tracestate, x-my-own',
    ]) {
      const answer = await preflight(path, method, asked)
      expect(answer.status).toBe(204)
      expect(answer.headers.get('access-control-allow-origin')).toBe('*')
      expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
      expect(answer.headers.get('access-control-allow-headers')).toBe(asked)
      expect(answer.headers.get('access-control-allow-methods')).toContain(method)
    }
  })

  test('but nothing that is no list of names is repeated', async () => {
    const answer = await preflight('/v1/me', 'GET', 'x"<script>')
    expect(answer.headers.get('access-control-allow-headers')).toMatch(/^Authorization, Content-Type, /)
  })
})

test.each(['/.well-known/webfinger', '/.well-known/oauth-authorization-server/v1', '/.well-known/x/y'])(
  '%s is answered to any origin, though there is nothing',
  async (path) => {
    for (const accept of ['*/*', 'text/html']) {
      const answer = await fetch(server.url + path, { headers: { ...origin, accept } })
      expect(answer.status).toBe(404)
      expect(answer.headers.get('access-control-allow-origin')).toBe('*')
      expect(await answer.json()).toMatchObject({ error: 'not_found' })
    }
  },
)

test.each(['/healthz', '/v1/me', '/files/x', '/content/x'])(
  'what pages of other origins need to read of %s is exposed',
  async (path) => {
    const { headers } = await fetch(server.url + path, { headers: origin })
    const exposed = headers.get('access-control-expose-headers')?.split(', ')
    expect(exposed).toEqual(
      expect.arrayContaining([
        'WWW-Authenticate',
        'Retry-After',
        'RateLimit-Remaining',
        'Location',
        'Upload-Offset',
        'Tus-Resumable',
        'Content-Range',
        'ETag',
      ]),
    )
  },
)

test.each(['/', '/sign-in', '/consent', '/developers', '/account', '/v1/oauth/authorize'])(
  '%s is a page, and no other origin reads it',
  async (path) => {
    for (const answer of [
      await fetch(server.url + path, { headers: origin, redirect: 'manual' }),
      await preflight(path, 'GET', 'x-mine'),
    ]) {
      expect(answer.headers.get('access-control-allow-origin')).toBeNull()
      expect(answer.headers.get('access-control-allow-headers')).toBeNull()
    }
  },
)
