import { fileServer, ownServer } from '@stagedoor/testkit/server'
import { App } from '@stagedoor/testkit/wire-app'
import { Browser, formTo, jun, nova, signedIn, wordsOf } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'
import { type Developed, developed } from './developer.ts'

const server = await fileServer()
const own = () => developed(server, nova)

const pathOf = ({ apiKey }: Pick<Developed, 'apiKey'>) => `/developers/${apiKey}/test-login`
const callbackOf = (app: Pick<Developed, 'apiKey'>, url = server.url) => `${url}${pathOf(app)}/callback`

describe('what only its own developer can do', () => {
  test('is to begin a test', async () => {
    const app = await own()
    const [stranger, other] = [await signedIn(server.url, jun), new Browser(server.url)]
    const csrf = formTo(await stranger.open('/developers'), '/developers').fields['csrf'] ?? ''
    expect((await stranger.open(pathOf(app))).status).toBe(404)
    expect((await stranger.post(pathOf(app), { csrf })).status).toBe(404)
    expect((await other.open(pathOf(app))).url).toContain('/sign-in?next=')
    const form = formTo(await app.browser.open(pathOf(app)), pathOf(app))
    expect((await app.browser.post(form.action, { ...form.fields, csrf })).status).toBe(403)
    const forged = await app.browser.post(form.action, form.fields, { origin: 'https://evil.example' })
    expect(forged.status).toBe(403)
  })

  test.each([
    ['somebody else', () => signedIn(server.url, jun)],
    ['who is not signed in', async () => new Browser(server.url)],
  ])('is to be sent to the page where it ends: not %s', async (_, open) => {
    const app = await own()
    const page = await (await open()).open(app.app.authorizePath({ redirect_uri: callbackOf(app) }))
    expect(page.status).toBe(400)
    expect(wordsOf(page)).toContain('This redirect URI is not registered')
  })

  test('is that even when the address is registered, or is any app’s in development', async () => {
    const app = await own()
    await server.store.addRedirectUri(app.apiKey, callbackOf(app), 50, Date.now())
    const path = app.app.authorizePath({ redirect_uri: callbackOf(app) })
    expect((await (await signedIn(server.url, jun)).open(path)).status).toBe(400)

    const apiKey = 'f'.repeat(40)
    const samples = { apiKey, handles: [], confirmsByLink: false }
    const development = await ownServer({}, samples)
    await developed(development, nova, 'Sample', apiKey)
    const its = new App(development.url, { apiKey }, 'http://localhost:5177/')
    const other = await signedIn(development.url, jun)
    expect((await other.open(its.authorizePath())).status).toBe(200)
    const redirect_uri = callbackOf({ apiKey }, development.url)
    expect((await other.open(its.authorizePath({ redirect_uri }))).status).toBe(400)
  })

  test('is to return to the page of this very app', async () => {
    const [app, other] = [await own(), await own()]
    const page = await app.browser.open(app.app.authorizePath({ redirect_uri: callbackOf(other) }))
    expect(page.status).toBe(400)
    const near = await app.browser.open(app.app.authorizePath({ redirect_uri: `${callbackOf(app)}/` }))
    expect(near.status).toBe(400)
  })
})
