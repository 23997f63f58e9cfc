import { fileServer, hour, ownServer } from '@stagedoor/testkit/server'
import { answerTo, appAndBrowser, type Changes } from '@stagedoor/testkit/wire-app'
import { Browser, decoded, formTo, jun, nova, sam, signedIn, wordsOf } from '@stagedoor/testkit/wire-browser'
import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'

const server = await fileServer()
const openid: Changes = { scope: 'openid profile' }

test('prompt=none logs in nobody but whom the ID token names (OC-4)', async () => {
  const { app, browser } = await appAndBrowser(server)
  const answer = await app.exchange(await app.logIn(browser, openid))
  const hint = String(answer.body['id_token'])
  const mine = await app.begin(browser, { ...openid, prompt: 'none', id_token_hint: hint })
  expect(answerTo(mine, app.redirectUri)).toHaveProperty('code')
  const other = await signedIn(server.url, jun)
  await app.logIn(other, openid)
  const [head, , signature] = hint.split('.')
  const forged = Buffer.from(JSON.stringify({ ...decodeJwt(hint), sub: 'other' })).toString('base64url')
  for (const token of [hint, 'no token', `${head}.${forged}.${signature}`]) {
    const shown = await app.begin(other, { ...openid, prompt: 'none', id_token_hint: token })
    expect(answerTo(shown, app.redirectUri)).toMatchObject({
      error: 'login_required',
      error_description: expect.stringContaining('whom id_token_hint names is not the one'),
    })
  }
})

describe('with an id_token_hint the person whom it names answers, and nobody else (OpenID Connect Core §3.1.2.1):', () => {
  async function appAndHint() {
    const { app, browser } = await appAndBrowser(server)
    const answer = await app.exchange(await app.logIn(browser, openid))
    return { app, hint: String(answer.body['id_token']) }
  }

  test('somebody else who is signed in is asked to sign in as them, and goes on then', async () => {
    const { app, hint } = await appAndHint()
    const browser = await signedIn(server.url, jun)
    await app.logIn(browser, openid)
    const page = await app.begin(browser, { ...openid, id_token_hint: hint })
    expect(page.leftFor).toBeNull()
    expect(wordsOf(page)).toMatch(/You are signed in as @jun \. App \w+ asks for @nova and nobody else\./)
    expect(wordsOf(page)).not.toContain('Sign up')
    expect(formTo(page, '/sign-in').fields).toMatchObject({ login: 'nova' })
    const wrong = await browser.signIn(page, sam)
    expect(wordsOf(wrong)).toContain('You are signed in as @sam .')
    const end = await browser.signIn(wrong, nova)
    expect(answerTo(end, app.redirectUri)).toHaveProperty('code')
  })

  test('who cancels sends the app access_denied, and who starts again is asked for the same person', async () => {
    const { app, hint } = await appAndHint()
    const browser = await signedIn(server.url, jun)
    const page = await app.begin(browser, { ...openid, id_token_hint: hint })
    const denied = await browser.cancel(page)
    expect(answerTo(denied, app.redirectUri)).toMatchObject({ error: 'access_denied' })
    const ended = await new Browser(server.url).open(page.url)
    const again = /href="(\/v1\/oauth\/authorize[^"]+)"/.exec(ended.text)?.[1] ?? ''
    expect(wordsOf(await browser.open(decoded(again)))).toContain('asks for @nova')
  })

  test('they themselves answer without a page, and prompt=login asks them alone', async () => {
    const { app, hint } = await appAndHint()
    const browser = await signedIn(server.url)
    const end = await app.begin(browser, { ...openid, id_token_hint: hint })
    expect(answerTo(end, app.redirectUri)).toHaveProperty('code')
    const page = await app.begin(browser, { ...openid, prompt: 'login', id_token_hint: hint })
    expect(wordsOf(page)).toContain('asks for @nova')
    expect(wordsOf(page)).not.toContain('You are signed in as')
    expect(answerTo(await browser.signIn(page, nova), app.redirectUri)).toHaveProperty('code')
  })

  test('a page that asked for consent before somebody else signed in allows nothing', async () => {
    const { app, hint } = await appAndHint()
    const browser = await signedIn(server.url)
    const page = await app.begin(browser, { ...openid, prompt: 'consent', id_token_hint: hint })
    await browser.signIn(await browser.open('/sign-in'), jun)
    const shown = await browser.allow(page)
    expect(wordsOf(shown)).toContain('You are signed in as @jun .')
  })

  test.each(['no token', 'a.b.c', `${Buffer.from('{"alg":"none"}').toString('base64url')}.e30.`])(
    'what is no ID token of this server (%s) is told to the app',
    async (token) => {
      const { app, browser } = await appAndBrowser(server)
      const shown = await app.begin(browser, { ...openid, id_token_hint: token })
      expect(answerTo(shown, app.redirectUri)).toMatchObject({
        error: 'invalid_request',
        error_description: expect.stringContaining('id_token_hint is no ID token of this server'),
      })
    },
  )

  test('without openid in the scope one that cannot be read is ignored, and one that can is heeded', async () => {
    const { app, hint } = await appAndHint()
    const browser = await signedIn(server.url, jun)
    const page = await app.begin(browser, { id_token_hint: 'no token' })
    expect(wordsOf(page)).not.toContain('asks for')
    expect(wordsOf(await app.begin(browser, { id_token_hint: hint }))).toContain('asks for @nova')
  })

  test('an expired one names them still, and of an account that is gone the app is told', async () => {
    const own = await ownServer()
    const { app, browser } = await appAndBrowser(own, jun)
    const answer = await app.exchange(await app.logIn(browser, openid))
    const hint = String(answer.body['id_token'])
    const deletion = formTo(await browser.open('/account/data'), '/account/delete')
    own.advance(3 * hour)
    const other = await signedIn(own.url)
    expect(wordsOf(await app.begin(other, { ...openid, id_token_hint: hint }))).toContain('asks for @jun')
    await browser.submit(deletion, { handle: jun.handle, password: jun.password })
    const shown = await app.begin(other, { ...openid, id_token_hint: hint })
    expect(answerTo(shown, app.redirectUri)).toMatchObject({
      error: 'login_required',
      error_description: expect.stringContaining('has no account here any more'),
    })
  })
})
