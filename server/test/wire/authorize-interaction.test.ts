import { temporaryFolder } from '@stagedoor/testkit/command'
import { freePort } from '@stagedoor/testkit/ports'
import { fileServer, minute, ownServer, testServer } from '@stagedoor/testkit/server'
import { App, answerTo, appAndBrowser, pairOf } from '@stagedoor/testkit/wire-app'
import { Browser, formTo, jun, nova, signedIn, wordsOf } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'

const server = await fileServer()
const { app, browser } = await appAndBrowser(server)
const uri = app.redirectUri
const consentPage = () => app.begin(browser, { prompt: 'consent' })
const gone = { status: 400, leftFor: null, text: expect.stringContaining('This login has ended') }
const unknown = { ...gone, text: expect.stringContaining('This login is not known here') }
const elsewhere = { ...gone, text: expect.stringContaining('This login belongs to another browser') }
const finished = { status: 400, leftFor: null, text: expect.stringContaining('already finished') }

describe('an authorization request', () => {
  test('allowed twice at once gives the same code to both (AZ-17)', async () => {
    const page = await consentPage()
    const answers = await Promise.all(Array.from({ length: 20 }, () => browser.allow(page)))
    expect(new Set(answers.map((answer) => answerTo(answer, uri)['code'])).size).toBe(1)
  })

  test('allowed and cancelled at once ends one way only', async () => {
    const page = await consentPage()
    const answers = await Promise.all([browser.allow(page), browser.cancel(page)])
    expect(answers.filter(({ leftFor }) => leftFor !== null)).toHaveLength(1)
  })

  test('asked twice is two requests, and each has its own answer', async () => {
    const [first, second] = [await consentPage(), await consentPage()]
    expect(answerTo(await browser.allow(second), uri)['code']).toBeDefined()
    expect(answerTo(await browser.allow(first), uri)['code']).toBeDefined()
  })

  test('that is finished shows no page any more', async () => {
    const page = await consentPage()
    await browser.allow(page)
    for (const path of ['/sign-in', '/sign-up'])
      expect(await browser.open(path + new URL(page.url).search)).toMatchObject(finished)
  })

  test('is open for ten minutes (AZ-18)', async () => {
    const server = await ownServer()
    const { app, browser } = await appAndBrowser(server)
    const [page, late] = [
      await app.begin(browser, { prompt: 'consent' }),
      await app.begin(browser, { prompt: 'consent' }),
    ]
    server.advance(9 * minute)
    expect(answerTo(await browser.allow(page), uri)['code']).toBeDefined()
    server.advance(2 * minute)
    expect(await browser.allow(late)).toMatchObject(gone)
    expect(await browser.cancel(late)).toMatchObject(gone)
    expect(await browser.open(late.url)).toMatchObject(gone)
  })

  test.each(['', 'nope', `sdrq_${'A'.repeat(49)}`, 'x'.repeat(9000)])(
    'that does not exist is gone: %.40s',
    async (request) => {
      expect(await browser.open(`/sign-in?request=${request || '%20'}`)).toMatchObject(unknown)
      const page = await consentPage()
      expect(await browser.submit(formTo(page, '/consent'), { request })).toMatchObject(unknown)
    },
  )

  test('of another browser is gone, whoever is signed in there', async () => {
    const page = await consentPage()
    const other = await signedIn(server.url)
    expect(await other.open(page.url)).toMatchObject(elsewhere)
    const own = await app.begin(other, { prompt: 'consent' })
    const { request = '' } = formTo(page, '/consent').fields
    expect(await other.submit(formTo(own, '/consent'), { request })).toMatchObject(elsewhere)
    expect(await other.submit({ ...formTo(own, '/cancel'), action: '/cancel' }, { request })).toMatchObject(
      elsewhere,
    )
    expect(answerTo(await browser.allow(page), uri)['code']).toBeDefined()
  })

  test('ends with its app', async () => {
    const fresh = new App(server.url, { apiKey: await server.register('Short-lived', uri) }, uri)
    const page = await fresh.begin(browser)
    await server.store.deleteApp(fresh.apiKey ?? '', Date.now())
    const noApp = { ...gone, text: expect.stringContaining('This app is not known here') }
    expect(await browser.allow(page)).toMatchObject(noApp)
    expect(await browser.cancel(page)).toMatchObject(noApp)
  })
})

describe('a person who switches accounts with a consent page open', () => {
  test('allows nothing from the old page (AZ-12)', async () => {
    const browser = await signedIn(server.url, nova)
    const page = await app.begin(browser, { prompt: 'consent' })
    await browser.signIn(await browser.open('/sign-in'), jun)
    const answer = await browser.allow(page)
    expect(answer).toMatchObject({ status: 409, leftFor: null })
    expect(wordsOf(answer)).toContain('You switched accounts')
    const again = await browser.open(page.url)
    expect(wordsOf(again)).toContain('@jun')
    const code = answerTo(await browser.allow(again), uri)['code']
    expect(code).toBeDefined()
  })

  test('is asked to sign in after signing out', async () => {
    const browser = await signedIn(server.url, nova)
    const page = await app.begin(browser, { prompt: 'consent' })
    await browser.submit(formTo(await browser.open('/sign-out'), '/sign-out'))
    const answer = await browser.allow(page)
    expect(answer.leftFor).toBeNull()
    formTo(answer, '/sign-in')
  })

  test('is asked to sign in when the account was disabled', async () => {
    const server = await ownServer()
    const { app, browser } = await appAndBrowser(server)
    const page = await app.begin(browser, { prompt: 'consent' })
    await server.store.disableUser('nova', Date.now())
    formTo(await browser.allow(page), '/sign-in')
    const refused = await browser.signIn(await browser.open('/sign-in'), nova)
    expect(refused).toMatchObject({ status: 403 })
  })
})

describe('a form that another site sends', () => {
  const forged = { status: 403, leftFor: null, text: expect.stringContaining('not sent from our page') }

  test.each<[string, Record<string, string>]>([
    ['with another Origin', { origin: 'https://evil.example' }],
    ['with Origin null', { origin: 'null' }],
    ['with the origin of another port', { origin: 'http://localhost:1' }],
    ['with our origin and a path', { origin: `${server.url}/` }],
    ['with Sec-Fetch-Site cross-site', { 'sec-fetch-site': 'cross-site' }],
    ['with Sec-Fetch-Site same-site', { 'sec-fetch-site': 'same-site' }],
    ['with Sec-Fetch-Site none', { 'sec-fetch-site': 'none' }],
  ])('%s does nothing (AZ-8)', async (_, headers) => {
    const page = await consentPage()
    for (const path of ['/consent', '/cancel'])
      expect(await browser.submit({ ...formTo(page, '/consent'), action: path }, {}, headers)).toMatchObject(
        forged,
      )
    const before = new Map(browser.cookies)
    const signIn = formTo(await browser.open('/sign-in'), '/sign-in')
    const fields = { login: jun.handle, password: jun.password }
    expect(await browser.submit(signIn, fields, headers)).toMatchObject(forged)
    const signOut = formTo(await browser.open('/sign-out'), '/sign-out')
    expect(await browser.submit(signOut, {}, headers)).toMatchObject(forged)
    expect(browser.cookies).toEqual(before)
    expect(answerTo(await browser.allow(page), uri)['code']).toBeDefined()
  })

  test('without our token does nothing', async () => {
    const page = await consentPage()
    const form = formTo(page, '/consent')
    const { csrf = '' } = formTo(await app.begin(new Browser(server.url)), '/sign-in').fields
    for (const wrong of ['', csrf, `${form.fields['csrf']}x`, (form.fields['csrf'] ?? '').toUpperCase()])
      expect(await browser.submit(form, { csrf: wrong })).toMatchObject(forged)
    const { csrf: _, ...rest } = form.fields
    expect(await browser.submit({ ...form, fields: rest })).toMatchObject(forged)
    expect(answerTo(await browser.allow(page), uri)['code']).toBeDefined()
  })

  test('without cookies does nothing', async () => {
    const form = formTo(await consentPage(), '/consent')
    expect(await new Browser(server.url).submit(form)).toMatchObject({
      ...forged,
      text: expect.stringContaining('This browser keeps no cookies'),
    })
  })

  test('with the token of one page and the request of another is bound by the request (AZ-10)', async () => {
    const [page, other] = [await consentPage(), await consentPage()]
    const { request = '' } = formTo(other, '/consent').fields
    const { code } = answerTo(await browser.submit(formTo(page, '/consent'), { request }), uri)
    expect(code).toBeDefined()
    expect(answerTo(await browser.allow(other), uri)['code']).toBe(code)
    expect(answerTo(await browser.allow(page), uri)['code']).not.toBe(code)
  })

  test('as JSON across origins is refused like any other (AC-3)', async () => {
    const body = JSON.stringify(formTo(await consentPage(), '/consent').fields)
    const headers = { 'content-type': 'application/json', origin: 'https://evil.example' }
    expect(await browser.request('/consent', { method: 'POST', headers, body })).toMatchObject(forged)
  })

  test('allows nothing by GET (AZ-9)', async () => {
    const { fields } = formTo(await consentPage(), '/consent')
    const shown = await browser.open(`/consent?${new URLSearchParams({ ...fields, approve: '1' })}`)
    expect(shown).toMatchObject({ status: 200, leftFor: null })
    const cancelled = await browser.open(`/cancel?${new URLSearchParams(fields)}`)
    expect(cancelled).toMatchObject({ status: 405, leftFor: null })
    expect(cancelled.headers.get('allow')).toBe('POST')
  })
})

describe('a session', () => {
  const cookieOf = (browser: Browser, what: string) =>
    Array.from(browser.cookies).find(([name]) => name.includes(what))

  test('that was there before a sign-in ends with it and is not taken over (AC-1)', async () => {
    const browser = await signedIn(server.url, jun)
    const [name = '', planted = ''] = cookieOf(browser, 'session') ?? []
    await browser.signIn(await browser.open('/sign-in'), nova)
    const thief = new Browser(server.url)
    thief.cookies.set(name, planted)
    formTo(await app.begin(thief), '/sign-in')
    expect(cookieOf(browser, 'session')?.[1]).not.toBe(planted)
  })

  test('made up by somebody else is none', async () => {
    const browser = new Browser(server.url)
    browser.cookies.set(`stagedoor-session-${new URL(server.url).port}`, `sdse_${'A'.repeat(49)}`)
    formTo(await app.begin(browser), '/sign-in')
  })

  test('ends on the server when the person signs out', async () => {
    const browser = await signedIn(server.url)
    const [name = '', value = ''] = cookieOf(browser, 'session') ?? []
    await browser.submit(formTo(await browser.open('/sign-out'), '/sign-out'))
    expect(cookieOf(browser, 'session')).toBeUndefined()
    browser.cookies.set(name, value)
    formTo(await app.begin(browser), '/sign-in')
  })

  test('goes on when a sign-in comes too late for its app', async () => {
    const server = await ownServer()
    const { app, browser } = await appAndBrowser(server)
    const page = await app.begin(browser, { prompt: 'login' })
    server.advance(11 * minute)
    expect(await browser.signIn(page, nova)).toMatchObject(gone)
    expect((await app.begin(browser)).leftFor).not.toBeNull()
  })

  test('and account are not begun by a sign-up that comes too late for its app', async () => {
    const server = await ownServer()
    const { app } = await appAndBrowser(server)
    const browser = new Browser(server.url)
    const asked = await app.begin(browser)
    const page = await browser.open(`/sign-up${new URL(asked.url).search}`)
    server.advance(11 * minute)
    const typed = { handle: 'late', name: 'Late', email: 'late@example.com', password: 'late pass-phrase' }
    expect(await browser.submit(formTo(page, '/sign-up'), typed)).toMatchObject(gone)
    expect(await server.store.findUserByHandle('late')).toBeUndefined()
  })

  test('and an open request outlive the server process (F-16)', async () => {
    const settings = { DATA_DIR: temporaryFolder(), PORT: String(await freePort()) }
    const first = await testServer(settings)
    const { app, browser } = await appAndBrowser(first)
    const page = await app.begin(browser, { prompt: 'consent' })
    const { refresh } = await app.pair(browser)
    await first.stop()
    await ownServer(settings)
    expect(answerTo(await browser.allow(page), uri)['code']).toBeDefined()
    expect((await app.begin(browser)).leftFor).not.toBeNull()
    expect(await app.me(pairOf(await app.refresh(refresh)).access)).toBe(200)
  })
})
