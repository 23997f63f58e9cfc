import { fileServer, ownServer } from '@stagedoor/testkit/server'
import { App, answerTo, appAndBrowser } from '@stagedoor/testkit/wire-app'
import {
  Browser,
  formTo,
  nova,
  passkeyScript,
  type Shown,
  signedIn,
  wordsOf,
} from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'
import { hashPassword } from '../../src/accounts/password.ts'
import { sampleApp, sampleUsers } from '../../src/cli/samples.ts'
import { rawRequest } from './socket.ts'

const server = await fileServer()
const { app, browser } = await appAndBrowser(server)
const mira = { handle: 'mira', name: 'Mira', email: 'mira@example.com', password: 'a new pass-phrase' }

describe('every page is guarded by its headers:', () => {
  const pages: readonly (readonly [string, () => Promise<Shown>])[] = [
    ['home', () => browser.open('/')],
    ['sign-in', () => browser.open('/sign-in')],
    ['sign-in for an app', () => app.begin(new Browser(server.url))],
    ['sign-up', () => browser.open('/sign-up')],
    ['sign-out', () => browser.open('/sign-out')],
    ['signed-out', () => browser.open('/signed-out')],
    ['consent', () => app.begin(browser, { prompt: 'consent' })],
    ['a refused authorization', () => app.begin(browser, { redirect_uri: 'https://evil.example/' })],
    ['an ended login', () => browser.open('/consent?request=x')],
    ['a forged form', () => browser.post('/consent', {}, { origin: 'https://evil.example' })],
    ['a wrong password', () => browser.post('/sign-in', {})],
    ['no page', () => browser.open('/nowhere', { accept: 'text/html' })],
    ['a wrong method', () => browser.open('/cancel')],
    ['a body that is too large', () => browser.post('/sign-in', { login: 'x'.repeat(70_000) })],
  ]

  /** They ask the browser for passkeys. */
  const scripted = ['sign-in', 'sign-in for an app']

  test.each(pages)('%s', async (name, show) => {
    const { headers, text } = await show()
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
    const policy = headers.get('content-security-policy') ?? ''
    for (const part of [
      "default-src 'none'",
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ])
      expect(policy).toContain(part)
    const own = scripted.includes(name) ? ["script-src 'self'", "connect-src 'self'"] : []
    expect(policy.match(/(?:script|connect)-src[^;]*/g) ?? []).toEqual(own)
    expect(policy).not.toContain('unsafe')
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('same-origin')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('permissions-policy')).toContain('camera=()')
    expect(headers.get('cross-origin-opener-policy')).toBeNull()
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
    expect(headers.get('x-request-id')).toMatch(/^[\w-]{12}$/)
    expect(headers.get('x-powered-by')).toBeNull()
    const markup = own.length > 0 ? text.replace(passkeyScript, '') : text
    expect(markup.replaceAll(server.url, '')).not.toMatch(/<script|\son\w+=|(?:src|href)="(?:https?:)?\/\//)
  })

  test('the redirect to an app has no CORS headers either (AZ-21)', async () => {
    const { headers } = await app.begin(browser)
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
  })

  test('a form that leads to an app may go on to its scheme (AZ-20)', async () => {
    const { headers } = await app.begin(browser, { prompt: 'consent' })
    expect(headers.get('content-security-policy')).toContain("form-action 'self' https:;")
  })
})

describe('methods', () => {
  test.each(['PUT', 'PATCH', 'DELETE', 'PROPFIND', 'TRACE'])(
    '%s is not for the authorization endpoint (TK-1, AZ-26)',
    async (method) => {
      const { status, head } = await rawRequest(server.url, `${method} /v1/oauth/authorize`)
      expect(status).toBe(405)
      expect(head).toMatch(/\r\nallow: GET, HEAD, POST\r\n/i)
      expect(head).not.toMatch(/access-control/i)
    },
  )

  test('cannot be overridden by a header (BR-19)', async () => {
    const form = formTo(await app.begin(browser, { prompt: 'consent' }), '/consent')
    const url = `/consent?${new URLSearchParams(form.fields)}`
    const shown = await browser.open(url, { 'x-http-method-override': 'POST' })
    expect(shown).toMatchObject({ status: 200, leftFor: null })
  })
})

describe('the Host header', () => {
  test.each(['evil.example', 'localhost', 'localhost:1', `evil.example:${new URL(server.url).port}`])(
    '%s is misdirected (RM-18)',
    async (host) => {
      for (const path of ['/', '/sign-in', app.authorizePath()]) {
        const { status, head, body } = await rawRequest(server.url, `GET ${path}`, [`Host: ${host}`])
        expect(status).toBe(421)
        expect(head).not.toMatch(/\r\n(?:location|set-cookie):/i)
        expect(body).toContain(server.url)
        expect(body).not.toContain('evil.example')
      }
    },
  )

  test('of a proxy changes nothing', async () => {
    const headers = [
      'X-Forwarded-Host: evil.example',
      'Forwarded: host=evil.example',
      'X-Forwarded-Proto: https',
    ]
    const { status, head, body } = await rawRequest(server.url, 'GET /sign-in', headers)
    expect(status).toBe(200)
    expect(head + body).not.toContain('evil.example')
    const metadata = await rawRequest(server.url, 'GET /.well-known/oauth-authorization-server', [
      'Host: evil.example',
      ...headers,
    ])
    expect(metadata.body).not.toContain('evil.example')
  })
})

describe('cookies', () => {
  const setCookies = ({ head }: { head: string }) => head.match(/^set-cookie: .*$/gim) ?? []

  test('are out of reach of scripts and other sites (AC-2)', async () => {
    const [cookie = ''] = setCookies(await rawRequest(server.url, 'GET /sign-in'))
    expect(cookie).toMatch(
      /: stagedoor-browser-\d+-[\da-f]{8}=sdbr_[\w-]{49}; Path=\/; HttpOnly; SameSite=Lax$/,
    )
  })

  test('and all else are for https alone where the server is', async () => {
    const server = await ownServer({ PUBLIC_URL: 'https://login.example.com' })
    const local = `http://localhost:${server.port}`
    const answer = await rawRequest(local, 'GET /sign-in', ['Host: login.example.com'])
    expect(answer.status).toBe(200)
    expect(answer.head).toMatch(/strict-transport-security: max-age=31536000/)
    expect(setCookies(answer)).toEqual([
      expect.stringMatching(
        /: __Host-stagedoor-browser-[\da-f]{8}=sdbr_[\w-]{49}; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      ),
    ])
  })
})

describe('signing in', () => {
  test('says the same of a wrong password and an unknown account', async () => {
    const page = await browser.open('/sign-in')
    const [wrong, unknown] = [
      await browser.signIn(page, { handle: nova.handle, password: 'wrong pass-phrase' }),
      await browser.signIn(page, { handle: 'nobody', password: 'wrong pass-phrase' }),
    ]
    expect([wrong.status, unknown.status]).toEqual([422, 422])
    expect(wordsOf(wrong)).toBe(wordsOf(unknown))
    expect(wrong.text).not.toContain('pass-phrase')
  })

  test.each(['nova', '@nova', 'NOVA', 'nova@example.com', 'Nova@Example.com', ' nova '])(
    'works as %j',
    async (login) => {
      const browser = new Browser(server.url)
      const shown = await browser.signIn(await browser.open('/sign-in'), { ...nova, handle: login })
      expect(wordsOf(shown)).toContain('@nova')
    },
  )

  test('takes no password of more than 128 characters and no body of more than 64 kB (AC-8)', async () => {
    const page = await browser.open('/sign-in')
    const long = (length: number) => ({ ...nova, password: 'pass-phrase'.padEnd(length, 'x') })
    expect((await browser.signIn(page, long(129))).status).toBe(422)
    expect((await browser.signIn(page, long(1_000_000))).status).toBe(413)
  })

  test('many at once are all answered', async () => {
    const page = await browser.open('/sign-in')
    const wrong = (index: number) => ({ handle: `person ${index}`, password: 'wrong pass-phrase' })
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, index) => browser.signIn(page, wrong(index))),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([422]))
    expect((await browser.signIn(page, nova)).status).toBe(200)
  })

  test('more at once than passwords are worked on is answered with the advice to wait', async () => {
    const page = await browser.open('/sign-in')
    // The server runs in this process: these take every place of strangers, those that wait included.
    const others = Array.from({ length: 66 }, () => hashPassword('pass-phrase of others'))
    const busy = await browser.signIn(page, { handle: 'person', password: 'wrong pass-phrase' })
    expect(busy.status).toBe(503)
    expect(busy.headers.get('retry-after')).toMatch(/^\d+$/)
    await Promise.all(others)
    expect((await browser.signIn(page, nova)).status).toBe(200)
  })

  test('takes no address to go on to (RM-17)', async () => {
    for (const next of ['//evil.example', '/\\evil.example', 'https:evil.example', 'javascript:alert(1)']) {
      const fresh = new Browser(server.url)
      const page = await fresh.open(
        `/sign-in?next=${encodeURIComponent(next)}&return_to=${encodeURIComponent(next)}`,
      )
      expect(await fresh.signIn(page, nova)).toMatchObject({ url: `${server.url}/`, leftFor: null })
    }
  })
})

describe('signing up', () => {
  test('opens an account, signs it in and goes on with the app', async () => {
    const browser = new Browser(server.url)
    const signIn = await app.begin(browser)
    const page = await browser.open(`/sign-up${new URL(signIn.url).search}`)
    const consent = await browser.submit(formTo(page, '/sign-up'), mira)
    expect(wordsOf(consent)).toContain('@mira')
    expect(answerTo(await browser.allow(consent), app.redirectUri)).toHaveProperty('code')
  })

  test.each([
    ['a taken handle', { handle: 'NOVA' }, /handle is taken/],
    ['a taken email', { email: 'Nova@Example.com' }, /account with this email/],
    ['a reserved handle', { handle: 'Admin' }, /reserved/],
    ['the service’s own name', { handle: 'audius' }, /reserved/],
    ['a handle of other letters', { handle: 'nоva' }, /3 to 30 letters/],
    ['a short password', { password: 'short' }, /8 to 128/],
    ['a name that hides something', { name: 'a\u202eb' }, /name of 1 to 64/],
    ['no email', { email: 'nope' }, /email address/],
  ])('refuses %s', async (_, change, words) => {
    const browser = new Browser(server.url)
    const fields = { ...mira, handle: 'other_one', email: 'other@example.com', ...change }
    const shown = await browser.submit(formTo(await browser.open('/sign-up'), '/sign-up'), fields)
    expect(shown.status).toBe(422)
    expect(wordsOf(shown)).toMatch(words)
    expect(shown.text).not.toContain('pass-phrase')
  })
})

describe('development', () => {
  const samples = {
    apiKey: sampleApp.apiKey,
    handles: sampleUsers.map(({ handle }) => handle),
    confirmsByLink: false,
  }

  test('offers the sample accounts with one click, and takes any loopback URI for the sample app', async () => {
    const server = await ownServer({}, samples)
    const redirectUri = 'http://localhost:8081/any/where'
    const app = new App(server.url, { apiKey: sampleApp.apiKey }, redirectUri)
    const browser = new Browser(server.url)
    const page = await app.begin(browser)
    const consent = await browser.submit(formTo(page, '/dev/sign-in'))
    expect(wordsOf(consent)).toContain('@nova')
    expect(answerTo(await browser.allow(consent), redirectUri)).toHaveProperty('code')
    for (const evil of [
      'http://evil.example/',
      'https://evil.example/',
      'http://a@localhost:1/',
      'http://localhost:1/..',
    ])
      expect(await app.begin(browser, { redirect_uri: evil })).toMatchObject({ status: 400, leftFor: null })
    const picker = formTo(await browser.open('/sign-in'), '/dev/sign-in')
    expect((await browser.submit(picker, { handle: 'nobody' })).status).toBe(400)
    const another = new Browser(server.url)
    await another.submit(formTo(await another.open('/sign-up'), '/sign-up'), mira)
    expect((await browser.submit(picker, { handle: mira.handle })).status).toBe(400)
  })

  test('is not there in a server that serves', async () => {
    const page = await browser.open('/sign-in')
    expect(page.text).not.toContain('/dev/sign-in')
    expect((await browser.post('/dev/sign-in', { handle: 'nova' })).status).toBe(404)
    const sample = new App(server.url, { apiKey: sampleApp.apiKey }, 'http://localhost:8081/')
    expect(await sample.begin(browser)).toMatchObject({ status: 400, leftFor: null })
  })
})

test('the home page says who is signed in', async () => {
  expect(wordsOf(await (await signedIn(server.url)).open('/'))).toContain('@nova')
  expect(wordsOf(await new Browser(server.url).open('/'))).toContain('Sign up')
})
