import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { API_KEY, rejection, until } from '@stagedoor/testkit/sdk'
import { refusal, serve } from '@stagedoor/testkit/token-server'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { sdk } from '../src/node.ts'
import { ask, commandLine, isClosed } from './node-harness.ts'

afterEach(() => vi.useRealTimers())

/** A program that has a port of its own, until the test's end. */
async function occupied(address: string) {
  const server = createServer().listen(0, address)
  await once(server, 'listening')
  const bound = server.address()
  if (bound === null || typeof bound === 'string') throw new Error('There is no free port.')
  return { port: bound.port, [Symbol.dispose]: () => server.close() }
}

describe('A login on the command line', () => {
  test('ends with the answer that the browser brings, and says so there', async () => {
    const { oauth, login, server, shown, callback } = await commandLine({ scope: 'write' })
    expect(shown['redirect_uri']).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/)
    const page = await ask(callback({ code: 'the-code' }))
    await login
    expect(page.status).toBe(200)
    expect(page.text).toContain('You are logged in')
    expect(page.text).toContain('You can close this window and go back to Tool.')
    expect(page.headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      connection: 'close',
    })
    expect(page.headers['content-security-policy']).toContain("default-src 'none'")
    expect(server.to('/v1/oauth/token')[0]?.body).toMatchObject({
      code: 'the-code',
      redirect_uri: shown['redirect_uri'],
    })
    expect(await oauth.isAuthenticated()).toBe(true)
    expect(await isClosed(callback({}))).toBe(true)
  })

  test.each(['127.0.0.1', '[::1]', 'localhost', 'app.localhost', 'LOCALHOST'])(
    'listens on %s, on any port that is free',
    async (host) => {
      const { login, shown, callback } = await commandLine({ redirectUri: `http://${host}/cb?from=here` })
      const { redirect_uri = '' } = shown
      expect(redirect_uri).toMatch(/^http:\/\/[^/]+:[1-9]\d+\/cb\?from=here$/)
      expect(new URL(redirect_uri).hostname).toBe(host.toLowerCase())
      // Browsers look names under localhost up nowhere; Node does.
      const url = callback({ code: 'c' }).replace('here?', 'here&').replace('//app.', '//')
      expect((await ask(url)).text).toContain('You are logged in')
      await login
    },
  )

  test('on localhost holds the port in both address families', async () => {
    const { login, callback, shown } = await commandLine({ redirectUri: 'http://localhost/cb' })
    const { port } = new URL(shown['redirect_uri'] ?? '')
    for (const address of ['127.0.0.1', '[::1]'])
      expect((await ask(`http://${address}:${port}/cb`)).status).toBe(400)
    await ask(callback({ code: 'c' }))
    await login
  })

  test('listens on the port that the redirect URI names', async () => {
    const free = await occupied('127.0.0.1')
    free[Symbol.dispose]()
    const redirectUri = `http://127.0.0.1:${free.port}`
    const { login, shown } = await commandLine({ redirectUri })
    expect(shown['redirect_uri']).toBe(redirectUri)
    await ask(`${redirectUri}/?code=c&state=${shown['state']}`)
    await login
  })

  test('gives its port to the login that replaces it', async () => {
    const free = await occupied('127.0.0.1')
    free[Symbol.dispose]()
    const redirectUri = `http://127.0.0.1:${free.port}/callback`
    const first = await commandLine({ redirectUri })
    let url = ''
    const next = first.oauth.login({
      redirectUri,
      openUrl: (given) => {
        url = given
      },
    })
    expect(await rejection(first.login)).toMatchObject({ code: 'superseded', cancelled: true })
    await until(() => url !== '')
    await ask(`${redirectUri}?code=c&state=${new URL(url).searchParams.get('state')}`)
    await next
    expect(await first.oauth.isAuthenticated()).toBe(true)
  })

  test('gives its port also before it has it', async () => {
    const free = await occupied('127.0.0.1')
    free[Symbol.dispose]()
    const { url: apiEndpoint } = await serve()
    const redirectUri = `http://127.0.0.1:${free.port}/callback`
    const { oauth } = sdk({ apiKey: API_KEY, apiEndpoint, redirectUri })
    const shown: string[] = []
    const [first, next] = [0, 1].map(() => oauth.login({ openUrl: (url) => void shown.push(url) }))
    expect(await rejection(Promise.resolve(first))).toMatchObject({ code: 'superseded' })
    await until(() => shown.length > 0)
    await ask(`${redirectUri}?code=c&state=${new URL(shown[0] ?? '').searchParams.get('state')}`)
    await next
    expect(shown).toHaveLength(1)
  })

  test('ends with the answer that is pasted, too', async () => {
    const { oauth, login, callback } = await commandLine()
    await oauth.handleRedirect(callback({ code: 'c' }))
    await login
    expect(await oauth.isAuthenticated()).toBe(true)
    expect(await isClosed(callback({}))).toBe(true)
  })

  test.each([
    ['127.0.0.1', '127.0.0.1'],
    ['localhost', '127.0.0.1'],
    ['localhost', '::1'],
  ])('to %s rejects where another program has the port on %s', async (host, address) => {
    using other = await occupied(address)
    const { oauth } = sdk({ apiKey: API_KEY, redirectUri: `http://${host}:${other.port}/cb` })
    const error = await rejection(oauth.login({ openUrl: () => {} }))
    expect(error).toMatchObject({ name: 'ConfigurationError', code: 'port_taken' })
    expect(error.message).toContain('EADDRINUSE')
    if (address === '::1') expect(await isClosed(`http://127.0.0.1:${other.port}/`)).toBe(true)
  })

  test.each([
    'https://app.example/callback',
    'http://app.example/callback',
    'http://127.0.0.1.app.example/',
    'http://127.0.0.1@app.example/',
    'http://127.0.0.2/',
    'https://127.0.0.1/',
    'myapp://127.0.0.1/',
    'http://127.0.0.1:0/',
    'http://127.0.0.1/#fragment',
  ])('cannot end at %s', async (redirectUri) => {
    const { oauth } = sdk({ apiKey: API_KEY, redirectUri })
    const error = await rejection(oauth.login({ openUrl: () => {} }))
    expect(error).toMatchObject({ name: 'ConfigurationError', code: 'redirect_uri_loopback' })
  })

  test('needs a way to show a URL', async () => {
    const { oauth } = sdk({ apiKey: API_KEY, redirectUri: 'http://127.0.0.1/' })
    expect(await rejection(oauth.login())).toMatchObject({ name: 'ConfigurationError', code: 'no_page' })
  })

  test('shows its URL by the openUrl of sdk() as well', async () => {
    const server = await serve()
    const openUrl = async (url: string) => {
      const { redirect_uri, state } = Object.fromEntries(new URL(url).searchParams)
      await ask(`${redirect_uri}?code=c&state=${state}`)
    }
    const redirectUri = 'http://127.0.0.1/'
    const { oauth } = sdk({ appName: 'Tool', apiEndpoint: server.url, redirectUri, services: { openUrl } })
    await oauth.login()
    expect(await oauth.isAuthenticated()).toBe(true)
  })

  test.each(['at once', 'later'])('rejects with what openUrl throws %s', async (when) => {
    const { oauth } = sdk({ apiKey: API_KEY, redirectUri: 'http://127.0.0.1/' })
    const thrown = new Error('no browser')
    let redirectUri = ''
    const openUrl = (url: string) => {
      redirectUri = new URL(url).searchParams.get('redirect_uri') ?? ''
      if (when === 'later') return Promise.reject(thrown)
      throw thrown
    }
    await expect(oauth.login({ openUrl })).rejects.toBe(thrown)
    expect(await isClosed(redirectUri)).toBe(true)
  })

  test('is refused in words when the person refuses', async () => {
    const { login, callback, server } = await commandLine()
    const page = await ask(callback({ error: 'access_denied' }))
    expect(await rejection(login)).toMatchObject({ code: 'access_denied', cancelled: true })
    expect(page.text).toContain('You are not logged in')
    expect(page.text).toContain('you gave Tool no access')
    expect(server.calls).toEqual([])
  })

  test('that the server does not honour is called failed in the browser too', async () => {
    const { login, callback, server } = await commandLine()
    server.on('/v1/oauth/token', refusal(400, 'invalid_grant'))
    const page = await ask(callback({ code: 'c' }))
    expect(await rejection(login)).toMatchObject({ code: 'invalid_grant' })
    expect(page.text).toContain('The login failed')
  })

  test('does not take the answer of another server', async () => {
    const { login, callback, server } = await commandLine()
    const page = await ask(callback({ code: 'c', iss: 'https://other.example' }))
    expect(await rejection(login)).toMatchObject({ code: 'issuer_mismatch' })
    expect(page.text).toContain('The login failed')
    expect(server.calls).toEqual([])
  })

  test('is not ended by what is not its answer', async () => {
    const { login, callback, shown, server } = await commandLine()
    const { redirect_uri = '', state = '' } = shown
    const forged: readonly (readonly [url: string, status: number, method?: string])[] = [
      [`${redirect_uri}?code=x&state=forged`, 400],
      [`${redirect_uri}?error=access_denied&state=forged`, 400],
      [`${redirect_uri}?error=access_denied`, 400],
      [`${redirect_uri}?code=x`, 400],
      [`${redirect_uri}?state=${state}`, 400],
      [`${redirect_uri}?code=x&state=${state}&state=${state}`, 400],
      [redirect_uri, 400],
      [`${redirect_uri}/?code=x&state=${state}`, 404],
      [`${redirect_uri}s?code=x&state=${state}`, 404],
      [`${new URL('/?', redirect_uri)}code=x&state=${state}`, 404],
      [`${new URL('/favicon.ico', redirect_uri)}`, 404],
      [callback({ code: 'x' }), 404, 'POST'],
      [callback({ code: 'x' }), 404, 'OPTIONS'],
    ]
    for (const [url, status, method] of forged) {
      const answered = await ask(url, method)
      expect(answered.status, `${method} ${url}`).toBe(status)
      expect(answered.text).toContain('No login waits for this page')
    }
    expect(server.calls).toEqual([])
    await ask(callback({ code: 'right' }))
    await login
    expect(server.to('/v1/oauth/token').map(({ body }) => body['code'])).toEqual(['right'])
  })

  test('redeems an answer once that the browser brings twice, and tells both', async () => {
    const { login, callback, server } = await commandLine()
    const pages = await Promise.all([ask(callback({ code: 'c' })), ask(callback({ code: 'c' }))])
    await login
    for (const { text } of pages) expect(text).toContain('You are logged in')
    expect(server.to('/v1/oauth/token')).toHaveLength(1)
  })

  test('is not ended by who looks ahead of the browser with HEAD (L11)', async () => {
    const { login, callback, server } = await commandLine()
    expect((await ask(callback({ code: 'c' }), 'HEAD')).status).toBe(200)
    expect(server.calls).toEqual([])
    expect((await ask(callback({ code: 'c' }))).text).toContain('You are logged in')
    await login
  })

  test('is completed for a browser that has gone away', async () => {
    const { login, callback, oauth } = await commandLine()
    const url = new URL(callback({ code: 'c' }))
    const socket = connect(Number(url.port), '127.0.0.1')
    socket.write(`GET ${url.pathname}${url.search} HTTP/1.1\r\nhost: x\r\n\r\n`)
    socket.end()
    await login
    socket.destroy()
    expect(await oauth.isAuthenticated()).toBe(true)
  })
})
