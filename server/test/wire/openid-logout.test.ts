import { fileServer } from '@stagedoor/testkit/server'
import { appAndBrowser, type Changes, encoded, pairOf } from '@stagedoor/testkit/wire-app'
import { formTo, signedIn } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'

const server = await fileServer()

const openid: Changes = { scope: 'openid profile', nonce: 'nonce of the app' }

describe('a logout that an app begins', () => {
  const logout = (parameters: Changes) => `/v1/oauth/logout?${encoded(parameters)}`

  test('ends the session and what the app was given in it, and leads back', async () => {
    const { app, browser } = await appAndBrowser(server)
    const answer = await app.exchange(await app.logIn(browser, openid))
    const other = await app.exchange(await app.logIn(await signedIn(server.url), openid))
    const end = await browser.open(
      logout({
        id_token_hint: String(answer.body['id_token']),
        post_logout_redirect_uri: app.redirectUri,
        state: 'a&b#c',
      }),
    )
    expect(end.leftFor).toBe(`${app.redirectUri}?state=a%26b%23c`)
    expect((await browser.open('/account')).url).toContain('/sign-in')
    expect(await app.me(pairOf(answer).access)).toBe(401)
    expect(await app.me(pairOf(other).access)).toBe(200)
  })

  test('asks first whom it was not shown to in this session (OC-9)', async () => {
    const { app, browser } = await appAndBrowser(server)
    const elsewhere = await app.exchange(await app.logIn(await signedIn(server.url), openid))
    for (const hint of [null, 'forged', String(elsewhere.body['id_token'])]) {
      const page = await browser.open(
        logout({
          id_token_hint: hint,
          client_id: app.apiKey,
          post_logout_redirect_uri: 'https://app.example/',
        }),
      )
      expect(page.status).toBe(200)
      expect((await browser.open('/account')).url).not.toContain('/sign-in')
    }
    const page = await browser.open(
      logout({ client_id: app.apiKey, post_logout_redirect_uri: app.redirectUri }),
    )
    const forged = await browser.submit(formTo(page, '/logout'), { csrf: 'another' })
    expect(forged.status).toBe(403)
    expect((await browser.submit(formTo(page, '/logout'))).leftFor).toBe(app.redirectUri)
    expect((await browser.open('/account')).url).toContain('/sign-in')
  })

  test.each([
    ['an address of somebody else', { post_logout_redirect_uri: 'https://evil.example/cb' }],
    ['the app’s host and another path', { post_logout_redirect_uri: 'https://app.example/away' }],
    ['what only begins like it', { post_logout_redirect_uri: 'https://app.example.evil.example/' }],
    ['a script', { post_logout_redirect_uri: 'javascript:alert(1)' }],
    ['an app that is not there', { client_id: '0'.repeat(40) }],
    ['an address twice', { post_logout_redirect_uri: ['https://app.example/cb', 'https://evil.example/'] }],
  ] as const)('does not lead to %s (OC-10)', async (_, changes) => {
    const { app, browser } = await appAndBrowser(server)
    const page = await browser.open(logout({ client_id: app.apiKey, ...changes }))
    expect({ status: page.status, leftFor: page.leftFor }).toEqual({ status: 400, leftFor: null })
    const nobody = await browser.open(logout({ post_logout_redirect_uri: app.redirectUri }))
    expect(nobody.status).toBe(400)
  })

  test('by a form of the app’s page comes to the same', async () => {
    const { app, browser } = await appAndBrowser(server)
    const answer = await app.exchange(await app.logIn(browser, openid))
    const fields = {
      id_token_hint: String(answer.body['id_token']),
      post_logout_redirect_uri: app.redirectUri,
    }
    const first = await browser.post('/v1/oauth/logout', fields, { 'sec-fetch-site': 'cross-site' })
    expect(first.status).toBe(303)
    expect((await browser.open(first.headers.get('location') ?? '')).leftFor).toBe(app.redirectUri)
  })
})
