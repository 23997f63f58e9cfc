import { day, fileServer, ownServer, second } from '@stagedoor/testkit/server'
import { App, appAndBrowser, expectOAuthError } from '@stagedoor/testkit/wire-app'
import { describe, expect, test } from 'vitest'

const server = await fileServer()
const { app, browser } = await appAndBrowser(server)

describe('a code ends', () => {
  test('after 60 seconds (CD-6)', async () => {
    const server = await ownServer()
    const { app, browser } = await appAndBrowser(server)
    const [first, second_] = [await app.logIn(browser), await app.logIn(browser)]
    server.advance(59 * second)
    expect((await app.exchange(first)).status).toBe(200)
    server.advance(2 * second)
    expectOAuthError(await app.exchange(second_), 400, 'invalid_grant', /expired/)
  })

  test('with its redirect URI (RM-16)', async () => {
    const uri = 'https://app.example/one'
    const apiKey = await server.register('One of two', uri, 'https://app.example/two')
    const mover = new App(server.url, { apiKey }, uri)
    const login = await mover.logIn(browser)
    await server.store.removeRedirectUri(apiKey, uri, Date.now())
    expectOAuthError(await mover.exchange(login), 400, 'invalid_grant')
  })

  test('with its app', async () => {
    const apiKey = await server.register('Deleted', app.redirectUri)
    const deleted = new App(server.url, { apiKey }, app.redirectUri)
    const login = await deleted.logIn(browser)
    await server.store.deleteApp(apiKey, Date.now())
    expectOAuthError(await deleted.exchange(login), 400, 'invalid_client')
  })

  test('with its account (CD-10)', async () => {
    const server = await ownServer()
    const { app, browser } = await appAndBrowser(server)
    const login = await app.logIn(browser)
    await server.store.disableUser('nova', Date.now())
    expectOAuthError(await app.exchange(login), 400, 'invalid_grant')
  })

  test('and is known no more when it was swept away', async () => {
    const server = await ownServer()
    const { app, browser } = await appAndBrowser(server)
    const login = await app.logIn(browser)
    server.advance(day)
    while ((await server.store.sweep(Date.now() + day, 1000)) > 0);
    expectOAuthError(await app.exchange(login), 400, 'invalid_grant')
  })
})
