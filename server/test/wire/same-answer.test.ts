import { fileServer, minute, ownServer, second } from '@stagedoor/testkit/server'
import {
  App,
  answerTo,
  appAndBrowser,
  expectOAuthError,
  newVerifier,
  pairOf,
} from '@stagedoor/testkit/wire-app'
import { Browser, formTo, jun, nova, signedIn, wordsOf } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'

const server = await fileServer()
const { app, browser } = await appAndBrowser(server)
const uri = app.redirectUri

describe('the same answer again', () => {
  test('leads to the same code: Allow twice, one after the other and at once', async () => {
    const verifier = newVerifier()
    const page = await app.begin(browser, { prompt: 'consent' }, verifier)
    const first = answerTo(await browser.allow(page), uri)
    const again = await Promise.all([browser.allow(page), browser.allow(page), browser.open(page.url)])
    for (const answer of again) expect(answerTo(answer, uri)).toEqual(first)
    pairOf(await app.exchange({ code: first['code'] ?? '', verifier }))
    expect(answerTo(await browser.allow(page), uri)).toEqual(first)
  })

  test('leads to the same refusal: Cancel twice, signed in or not', async () => {
    for (const someone of [browser, new Browser(server.url)]) {
      const page = await app.begin(someone, { prompt: 'consent' })
      const first = answerTo(await someone.cancel(page), uri)
      expect(first).toMatchObject({ error: 'access_denied' })
      for (const answer of await Promise.all([someone.cancel(page), someone.cancel(page)]))
        expect(answerTo(answer, uri)).toEqual(first)
    }
  })

  test('is the answer to a sign-in that is sent twice, where consent was given before', async () => {
    const page = await app.begin(browser, { prompt: 'login' })
    const [first, second] = await Promise.all([browser.signIn(page, nova), browser.signIn(page, nova)])
    expect(answerTo(first, uri)).toEqual(answerTo(second, uri))
  })

  test('works for an app that is known by its name alone', async () => {
    const demo = new App(server.url, { appName: 'My demo' }, 'https://demo.example/cb')
    const page = await demo.begin(browser)
    const first = answerTo(await browser.allow(page), demo.redirectUri)
    expect(answerTo(await browser.allow(page), demo.redirectUri)).toEqual(first)
  })

  test('is refused when it is another answer, another person’s, or too late for its code', async () => {
    const server = await ownServer()
    const { app, browser } = await appAndBrowser(server)
    const page = await app.begin(browser, { prompt: 'consent' })
    await browser.allow(page)
    const cancelled = await browser.cancel(page)
    expect(cancelled).toMatchObject({ status: 400, leftFor: null })
    expect(wordsOf(cancelled)).toContain('You have allowed this login')
    await browser.signIn(await browser.open('/sign-in'), jun)
    expect(await browser.allow(page)).toMatchObject({ status: 409, leftFor: null })
    expect(await browser.open(page.url)).toMatchObject({ status: 400, leftFor: null })
    await browser.signIn(await browser.open('/sign-in'), nova)
    server.advance(40 * second)
    expect(answerTo(await browser.allow(page), uri)['code']).toBeDefined()
    server.advance(20 * second)
    const late = await browser.allow(page)
    expect(late).toMatchObject({ status: 400, leftFor: null })
    expect(wordsOf(late)).toContain('already finished')
  })
})

describe('a browser that asks again for what it was allowed', () => {
  const allowed = async (changes = {}) => {
    const verifier = newVerifier()
    const page = await app.begin(browser, { prompt: 'consent', ...changes }, verifier)
    const { code = '' } = answerTo(await browser.allow(page), uri)
    const ask = (more = {}, from = browser) =>
      app.begin(from, { prompt: 'consent', ...changes, ...more }, verifier)
    return { verifier, code, ask }
  }

  test('gets another code at once, and the one before is worth nothing', async () => {
    const { verifier, code, ask } = await allowed()
    const { code: again = '' } = answerTo(await ask(), uri)
    expect(again).not.toBe(code)
    expectOAuthError(await app.exchange({ code, verifier }), 400, 'invalid_grant', /expired/)
    pairOf(await app.exchange({ code: again, verifier }))
  })

  test('ends what was issued from the one before, whose answer was lost', async () => {
    const { verifier, code, ask } = await allowed()
    const lost = pairOf(await app.exchange({ code, verifier }))
    const { code: again = '' } = answerTo(await ask(), uri)
    expect(await app.me(lost.access)).toBe(401)
    expectOAuthError(await app.refresh(lost.refresh), 400, 'invalid_grant', /revoked/)
    pairOf(await app.exchange({ code: again, verifier }))
  })

  test('gets it though the app has tried its code twice', async () => {
    const { verifier, code, ask } = await allowed()
    await app.exchange({ code, verifier })
    await app.exchange({ code, verifier })
    pairOf(await app.exchange({ code: answerTo(await ask(), uri)['code'] ?? '', verifier }))
  })

  test('is asked as ever for anything else', async () => {
    const { ask } = await allowed()
    for (const more of [{ state: 'other' }, { scope: 'write' }]) formTo(await ask(more), '/consent')
    formTo(await ask({}, await signedIn(server.url)), '/consent')
    formTo(await ask({}, new Browser(server.url)), '/sign-in')
    expect(answerTo(await ask(), uri)['code']).toBeDefined()
  })

  test('is asked as ever after two minutes', async () => {
    const server = await ownServer()
    const { app, browser } = await appAndBrowser(server)
    const verifier = newVerifier()
    await browser.allow(await app.begin(browser, { prompt: 'consent' }, verifier))
    server.advance(minute)
    expect(answerTo(await app.begin(browser, { prompt: 'consent' }, verifier), uri)['code']).toBeDefined()
    server.advance(minute)
    formTo(await app.begin(browser, { prompt: 'consent' }, verifier), '/consent')
  })

  test('keeps one login, however it is raced', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { verifier, code, ask } = await allowed()
      const [exchange, ...asked] = await Promise.all([app.exchange({ code, verifier }), ask(), ask()])
      const codes = asked.map((shown) => answerTo(shown, uri)['code'] ?? '')
      const exchanges = await Promise.all(codes.map((each) => app.exchange({ code: each, verifier })))
      expect(exchanges.map(({ status }) => status).toSorted()).toEqual([200, 400])
      if (exchange.status === 200) expect(await app.me(pairOf(exchange).access)).toBe(401)
    }
  })
})

test('a sign-up that is sent twice signs in, and tells nobody else about the account', async () => {
  const person = new Browser(server.url)
  const page = await app.begin(person)
  const form = formTo(await person.open(`/sign-up${new URL(page.url).search}`), '/sign-up')
  const typed = { handle: 'twice', name: 'Twice', email: 'twice@example.com', password: 'twice pass-phrase' }
  formTo(await person.submit(form, typed), '/consent')
  formTo(await person.submit(form, typed), '/consent')
  const other = { ...typed, password: 'another pass-phrase' }
  expect((await person.submit(form, other)).status).toBe(422)
  const stranger = new Browser(server.url)
  const own = formTo(await stranger.open('/sign-up'), '/sign-up')
  expect((await stranger.submit(own, typed)).status).toBe(422)
})
