import { devices, rejection } from '@stagedoor/testkit/sdk'
import { refusal, serve, type TokenServer } from '@stagedoor/testkit/token-server'
import { describe, expect, test } from 'vitest'

const refreshes = (server: TokenServer) => server.to('/v1/oauth/token')
const refuse = refusal(401, 'invalid_token')

const stream = () => new Blob(['{"a":1}']).stream()

describe.each(devices)('in %s', (_name, signedIn) => {
  describe('getAccessToken', () => {
    test('answers the token while it lives, without a request', async () => {
      const { server, oauth } = await signedIn()
      expect(await oauth.getAccessToken()).toBe('access0')
      expect(server.calls).toEqual([])
    })

    test('refreshes one that ends before it has lived long enough', async () => {
      const { oauth } = await signedIn(60)
      expect(await oauth.getAccessToken({ minTtl: 50 })).toBe('access0')
      expect(await oauth.getAccessToken({ minTtl: 61 })).toBe('access1')
    })

    test('is null for nobody, and when the session has ended', async () => {
      const { server, oauth, tokenStore } = await signedIn(0)
      server.on('/v1/oauth/token', refusal(400, 'invalid_grant'))
      expect(await oauth.getAccessToken()).toBe(null)
      await tokenStore.clear()
      expect(await oauth.getAccessToken()).toBe(null)
    })

    test('rejects while the server cannot be reached', async () => {
      const { server, oauth } = await signedIn(0)
      server.on('/v1/oauth/token', refusal(503, 'busy'))
      expect(await rejection(oauth.getAccessToken())).toMatchObject({ code: 'server_error', retryable: true })
    })
  })

  describe('fetch', () => {
    test('sends the token, and whatever the app sends', async () => {
      const { server, oauth } = await signedIn()
      server.on('/v1/tracks', () => ({ data: 1 }))
      const response = await oauth.fetch(`${server.url}/v1/tracks`, { method: 'POST', body: '{"title":"A"}' })
      expect(await response.json()).toEqual({ data: 1 })
      await oauth.fetch(new Request(`${server.url}/v1/tracks`, { headers: { authorization: 'Bearer mine' } }))
      expect(server.calls).toMatchObject([
        { authorization: 'Bearer access0', body: { title: 'A' } },
        { authorization: 'Bearer access0', body: {} },
      ])
    })

    test.each([
      'https://evil.example/v1/me',
      '/v1/me',
      'blob:null/x',
      new URL('https://evil.example/'),
      new Request('https://evil.example/'),
    ])('sends nothing to %s', async (input) => {
      const { server, oauth } = await signedIn(0)
      expect(await rejection(oauth.fetch(input))).toMatchObject({
        name: 'ConfigurationError',
        code: 'foreign_origin',
      })
      expect(server.calls).toEqual([])
    })

    test('tells another port, and a user name like a host, from the API', async () => {
      const { server, oauth } = await signedIn()
      const other = await serve()
      for (const url of [`${other.url}/v1/me`, `${server.url}@evil.example/`, `${server.url}.evil.example/`])
        expect(await rejection(oauth.fetch(url))).toMatchObject({ code: 'foreign_origin' })
      expect([...server.calls, ...other.calls]).toEqual([])
    })

    test('does not follow a redirect with the token, whatever the app says (CL-29)', async () => {
      const { server, oauth } = await signedIn()
      const other = await serve()
      server.on('/v1/me', (_call, response) => void response.writeHead(302, { location: other.url }).end())
      const response = oauth.fetch(`${server.url}/v1/me`, { redirect: 'follow' })
      expect(await rejection(response)).toMatchObject({ code: 'unreachable' })
      expect(other.calls).toEqual([])
    })

    test.each([
      ['no body', undefined],
      ['text', '{"a":1}'],
      ['a blob', new Blob(['{"a":1}'])],
    ])('refreshes and sends %s again after a 401', async (_name, body) => {
      const { server, oauth } = await signedIn()
      server.on('/v1/tracks', (call, response) =>
        call.authorization === 'Bearer access1' ? { ok: true } : refuse(call, response),
      )
      const init = body === undefined ? {} : { method: 'POST', body }
      expect((await oauth.fetch(`${server.url}/v1/tracks`, init)).status).toBe(200)
      expect(refreshes(server)).toHaveLength(1)
      expect(server.to('/v1/tracks').map((call) => call.body)).toEqual(Array(2).fill(body ? { a: 1 } : {}))
    })

    test('answers a second 401 as it is', async () => {
      const { server, oauth } = await signedIn()
      server.on('/v1/tracks', refuse)
      expect((await oauth.fetch(`${server.url}/v1/tracks`)).status).toBe(401)
      expect(server.to('/v1/tracks')).toHaveLength(2)
      expect(refreshes(server)).toHaveLength(1)
    })

    test.each([403, 500])('answers a %i as it is, at once', async (status) => {
      const { server, oauth } = await signedIn()
      server.on('/v1/tracks', refusal(status, 'no'))
      expect((await oauth.fetch(`${server.url}/v1/tracks`)).status).toBe(status)
      expect(server.calls).toHaveLength(1)
    })

    test.each(['stream', 'Request'])(
      'sends no body of a %s again, and refreshes at the next call (CL-28)',
      async (kind) => {
        const { server, oauth } = await signedIn()
        server.on('/v1/tracks', refuse)
        const url = `${server.url}/v1/tracks`
        const init = { method: 'POST', body: stream(), duplex: 'half' }
        const response = await (kind === 'stream'
          ? oauth.fetch(url, init)
          : oauth.fetch(new Request(url, init)))
        expect(response.status).toBe(401)
        expect(await response.json()).toMatchObject({ error: 'invalid_token' })
        expect(server.calls).toHaveLength(1)
        await oauth.getUser()
        expect(refreshes(server)).toHaveLength(1)
        expect(server.to('/v1/me')[0]?.authorization).toBe('Bearer access1')
      },
    )

    test('rejects without a session, and when it ended', async () => {
      const { server, oauth, tokenStore } = await signedIn()
      server.on('/v1/tracks', refuse)
      server.on('/v1/oauth/token', refusal(400, 'invalid_grant'))
      const send = () => rejection(oauth.fetch(`${server.url}/v1/tracks`))
      expect(await send()).toMatchObject({ code: 'session_expired' })
      expect(await tokenStore.getAccessToken()).toBe(null)
      expect(await send()).toMatchObject({ code: 'not_authenticated' })
    })

    test('rejects with unreachable when no answer comes', async () => {
      const { server, oauth } = await signedIn()
      server.on('/v1/tracks', (_call, response) => void response.destroy())
      expect(await rejection(oauth.fetch(`${server.url}/v1/tracks`))).toMatchObject({ code: 'unreachable' })
    })
  })
})
