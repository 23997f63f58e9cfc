import { fileServer, minute, ownServer, type TestServer } from '@stagedoor/testkit/server'
import { App, challengeOf, newVerifier } from '@stagedoor/testkit/wire-app'
import {
  Browser,
  decoded,
  formTo,
  jun,
  nova,
  type Shown,
  sam,
  signedIn,
  wordsOf,
} from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'
import { csvOf, type Developed, developed, logOf, redirectUri } from './developer.ts'

const server = await fileServer()
const own = () => developed(server, nova)

const pathOf = ({ apiKey }: Pick<Developed, 'apiKey'>) => `/developers/${apiKey}/test-login`
const callbackOf = (app: Pick<Developed, 'apiKey'>, url = server.url) => `${url}${pathOf(app)}/callback`

/** Begins a test; answers the consent page. */
async function begun(app: Developed, browser = app.browser): Promise<Shown> {
  const path = pathOf(app)
  return browser.submit(formTo(await browser.open(path), path))
}

/** Allows it, without following where that leads. */
async function callback(app: Developed): Promise<string> {
  const { action, fields } = formTo(await begun(app), '/consent')
  const allowed = await app.browser.post(action, fields)
  expect(allowed.status).toBe(303)
  return allowed.headers.get('location') ?? ''
}

/** The steps a report shows, by title and status. */
const stepsOf = ({ text }: Shown) =>
  Array.from(text.matchAll(/<li class="moment exchange">(.*?)<\/li>/gs), ([, step = '']) => ({
    title: decoded(/<h2>(.*?)<\/h2>/.exec(step)?.[1] ?? ''),
    status: /class="outcome outcome-\w+">(\d+)</.exec(step)?.[1] ?? null,
    error: /docs\/errors#(\w+)/.exec(step)?.[1] ?? null,
  }))

const whole = [
  { title: '1. The app opens the authorization', status: null, error: null },
  { title: '2. You come back with an answer', status: '303', error: null },
  { title: '3. The app exchanges the code', status: '200', error: null },
  { title: '4. The app asks who logged in', status: '200', error: null },
  { title: '5. The app gets new tokens', status: '200', error: null },
  { title: '6. The app logs out', status: '200', error: null },
]

describe('a test login', () => {
  test('shows every request and answer of a login that works', async () => {
    const app = await own()
    const consent = await begun(app)
    expect(new URL(consent.url).pathname).toBe('/consent')
    const report = await app.browser.allow(consent)
    expect(report.status).toBe(200)
    expect(stepsOf(report)).toEqual(whole)
    expect(wordsOf(report)).toMatch(/The login works, with scope read\. Its tokens are revoked/)
    expect(wordsOf(report)).toContain('"handle": "nova"')
    expect(Buffer.byteLength(report.text)).toBeLessThan(30_000)
  })

  test('asks for what was chosen', async () => {
    const app = await own()
    const path = pathOf(app)
    const consent = await app.browser.submit(formTo(await app.browser.open(path), path), { scope: 'write' })
    expect(wordsOf(await app.browser.allow(consent))).toContain('with scope write')
  })

  test('shows no secret whole, in the page or in any answer of it', async () => {
    const app = await own()
    const location = await callback(app)
    const { code = '', state = '' } = Object.fromEntries(new URL(location).searchParams)
    const report = await app.browser.open(location)
    expect(report.text).not.toContain(code)
    expect(report.text).not.toContain(state)
    expect(report.text.match(/sd(?:ac|at|rt|se|br|rq)_\w/g)).toBeNull()
    expect(wordsOf(report)).toContain('sdac…')
    expect(wordsOf(report)).toContain('Bearer sdat…')
    expect(wordsOf(report)).toContain('"access_token": "sdat…"')
    expect(wordsOf(report)).toMatch(/code_verifier [\w-]{4}… /)
    expect(report.headers.get('cache-control')).toBe('no-store')
  })

  test('leaves nothing behind: no token, no grant, no connected app', async () => {
    const app = await own()
    await app.browser.allow(await begun(app))
    expect(await server.store.listAuthorizedApps(app.ownerId, Date.now())).not.toContainEqual(
      expect.objectContaining({ app: expect.objectContaining({ apiKey: app.apiKey }) }),
    )
    // Asked again, and by the app itself as well.
    expect(new URL((await begun(app)).url).pathname).toBe('/consent')
    const real = await app.browser.open(app.app.authorizePath())
    expect(new URL(real.url).pathname).toBe('/consent')
  })

  test('leaves the tokens of real logins alone', async () => {
    const app = await own()
    const { access } = await app.app.pair(app.browser)
    expect(stepsOf(await app.browser.allow(await begun(app)))).toEqual(whole)
    expect(await app.app.me(access)).toBe(200)
  })

  test('counts neither in the log nor in the usage nor on the checklist', async () => {
    const app = await own()
    await app.browser.allow(await begun(app))
    await app.browser.cancel(await begun(app))
    expect(await logOf(app)).toEqual([])
    for (const picture of ['funnel', 'logins', 'active-users', 'calls', 'errors']) {
      const rows = await csvOf(app, picture)
      expect(
        rows.flat().filter((cell) => /^[1-9]\d*$/.test(cell)),
        picture,
      ).toEqual([])
    }
    const quickstart = await app.browser.open(`/developers/${app.apiKey}/quickstart`)
    expect(quickstart.text.split('id="going-live"')[0]).not.toContain('class="step ticked"')
    await app.app.pair(app.browser)
    expect((await logOf(app)).map(({ step }) => step)).toContain('Code exchange')
  })

  test('that is cancelled says so, with a link to what it means', async () => {
    const app = await own()
    const report = await app.browser.cancel(await begun(app))
    expect(stepsOf(report)).toEqual([
      whole[0],
      { title: '2. You come back with an answer', status: '303', error: 'access_denied' },
    ])
    expect(wordsOf(report)).toContain('The login stopped at “You come back with an answer”')
    expect(wordsOf(report)).toContain('The person cancelled.')
  })

  test('lists what the app sends for each of its redirect URIs', async () => {
    const app = await own()
    const page = await app.browser.open(pathOf(app))
    const url = new URL(decoded(/<code id="url-0">(.*?)<\/code>/.exec(page.text)?.[1] ?? ''))
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      redirect_uri: redirectUri,
      api_key: app.apiKey,
    })
    url.searchParams.set('code_challenge', challengeOf(newVerifier()))
    const consent = await app.browser.open(url.pathname + url.search)
    expect(formTo(consent, '/consent')).toBeDefined()
  })
})

describe('the answer of a test', () => {
  /** Whether the code of this answer was left as it was: its right exchange is refused for its verifier alone. */
  const isUnused = async (app: Developed, location: string, url = server.url) => {
    const code = new URL(location).searchParams.get('code') ?? ''
    const other = new App(url, { apiKey: app.apiKey }, callbackOf(app, url))
    const answer = await other.exchange({ code, verifier: newVerifier() })
    return answer.body['error_description']
  }

  test('is of no use in another session, browser or account', async () => {
    const app = await own()
    const location = await callback(app)
    const again = await signedIn(server.url, nova)
    const same = new Browser(server.url)
    for (const [name, value] of app.browser.cookies) same.cookies.set(name, value)
    await same.signIn(await same.open('/sign-in'), nova)
    for (const browser of [again, same]) {
      const page = await browser.open(location)
      expect(page.status).toBe(400)
      expect(wordsOf(page)).toContain('This test login has ended')
    }
    expect((await (await signedIn(server.url, jun)).open(location)).status).toBe(404)
    expect((await new Browser(server.url).open(location)).url).toContain('/sign-in')
    expect(await isUnused(app, location)).toMatch(/code_verifier/)
  })

  test('is of no use a second time', async () => {
    const app = await own()
    const location = await callback(app)
    expect(stepsOf(await app.browser.open(location))).toEqual(whole)
    const [, , exchange, ...rest] = stepsOf(await app.browser.open(location))
    expect(exchange).toMatchObject({ status: '400', error: 'invalid_grant' })
    expect(rest).toEqual([])
  })

  test.each([
    ['another state', { state: 'abc.read.def.ghi' }],
    ['no state', { state: '' }],
    [
      'the state of a wider scope',
      (query: URLSearchParams) => ({ state: (query.get('state') ?? '').replace('read', 'write') }),
    ],
    ['another server', { iss: 'https://evil.example' }],
    ['no server', { iss: '' }],
  ])('with %s is refused, and its code not touched', async (_, change) => {
    const app = await own()
    const location = new URL(await callback(app))
    const changes = typeof change === 'function' ? change(location.searchParams) : change
    for (const [name, value] of Object.entries(changes)) location.searchParams.set(name, value)
    const page = await app.browser.open(location.pathname + location.search)
    expect(page.status).toBe(400)
    expect(wordsOf(page)).toContain('This test login has ended')
    expect(await isUnused(app, location.href)).toMatch(/code_verifier/)
  })

  test('that is ambiguous is refused, and its code not touched', async () => {
    const app = await own()
    const location = await callback(app)
    const page = await app.browser.open(location.replace('?', '?state=x&'))
    expect(page.status).toBe(400)
    const { code = '', state = '', iss = '' } = Object.fromEntries(new URL(location).searchParams)
    for (const query of [
      { state, iss },
      { state, iss, code, error: 'access_denied' },
    ]) {
      const one = await app.browser.open(`${pathOf(app)}/callback?${new URLSearchParams(query)}`)
      expect(one.status).toBe(400)
    }
    expect(await isUnused(app, location)).toMatch(/code_verifier/)
  })

  test('of one app is of no use to another', async () => {
    const [app, other] = [await own(), await own()]
    for (const [name, value] of app.browser.cookies) other.browser.cookies.set(name, value)
    const location = (await callback(app)).replace(app.apiKey, other.apiKey)
    expect((await app.browser.open(location)).status).toBe(400)
  })

  test('to a request of somebody else’s making goes nowhere, and is asked for even so', async () => {
    const app = await own()
    await app.app.logIn(app.browser)
    const lured = await app.browser.open(app.app.authorizePath({ redirect_uri: callbackOf(app) }))
    expect(new URL(lured.url).pathname).toBe('/consent')
    const page = await app.browser.allow(lured)
    expect(page.status).toBe(400)
    expect(await tokensOf(server, nova.handle, app.apiKey)).toMatchObject([{ scope: 'read' }])
    expect(wordsOf(page)).toContain('This test login has ended')
  })

  test('with the code of an attacker logs nobody in', async () => {
    const [app, attacker] = [await own(), await developed(server, sam)]
    const location = new URL(await callback(app))
    const foreign = new URL(await callback(attacker)).searchParams.get('code') ?? ''
    location.searchParams.set('code', foreign)
    const [, , exchange, ...rest] = stepsOf(await app.browser.open(location.pathname + location.search))
    expect(exchange).toMatchObject({ status: '400', error: 'invalid_grant' })
    expect(rest).toEqual([])
  })

  test('in words of an attacker is shown as words', async () => {
    const app = await own()
    const location = new URL(await callback(app))
    location.searchParams.delete('code')
    location.searchParams.set('error', '"><script>alert(1)</script>')
    location.searchParams.set('error_description', '<img src=x onerror=alert(1)>')
    const page = await app.browser.open(location.pathname + location.search)
    expect(page.text).not.toMatch(/<script>|<img/)
  })

  test('that comes after ten minutes is too late', async () => {
    const late = await ownServer()
    const app = await developed(late, nova)
    const location = await callback(app)
    late.advance(11 * minute)
    expect(wordsOf(await app.browser.open(location))).toContain('This test login has ended')
  })

  test('of who switched accounts midway reaches nobody', async () => {
    const app = await own()
    const consent = await begun(app)
    const { request = '' } = formTo(consent, '/consent').fields
    const signIn = await app.browser.open(`/sign-in?request=${request}`)
    const page = await app.browser.allow(await app.browser.signIn(signIn, jun))
    expect(page.status).toBe(404)
    expect(await tokensOf(server, jun.handle, app.apiKey)).toEqual([])
  })
})

/** The apps of this key that may act for somebody. */
async function tokensOf({ store }: TestServer, handle: string, apiKey: string) {
  const user = (await store.findUserByHandle(handle)) ?? expect.unreachable()
  return (await store.listAuthorizedApps(user.id, Date.now())).filter(({ app }) => app.apiKey === apiKey)
}
