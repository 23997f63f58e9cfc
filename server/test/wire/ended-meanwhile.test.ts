import { fileServer, ownServer } from '@stagedoor/testkit/server'
import { answerTo, appAndBrowser, expectOAuthError, expectProblem, post } from '@stagedoor/testkit/wire-app'
import { formTo, nova, signedIn } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'
import { afterTheLook } from './ended-meanwhile.ts'

const server = await fileServer()
const { app } = await appAndBrowser(server)

describe('of a request whose session ends while it is looked at, nothing is given', () => {
  const signOut = () => afterTheLook(server, (_, digest) => server.store.deleteSession(digest))

  test('when the person presses Allow; they sign in and allow it then', async () => {
    const browser = await signedIn(server.url)
    const page = await app.begin(browser, { prompt: 'consent' })
    signOut()
    const asked = await browser.allow(page)
    expect(asked).toMatchObject({ status: 200, leftFor: null })
    expect(asked.url).toContain('/sign-in?request=')
    const end = await browser.allow(await browser.signIn(asked, nova))
    expect(answerTo(end, app.redirectUri)['code']).toBeDefined()
  })

  test('when the app was allowed before', async () => {
    const browser = await signedIn(server.url)
    signOut()
    expect((await app.begin(browser, { scope: 'write' })).url).toContain('/sign-in?request=')
  })

  test('when the app asks without a page', async () => {
    const browser = await signedIn(server.url)
    signOut()
    const told = await app.begin(browser, { scope: 'write', prompt: 'none' })
    expect(answerTo(told, app.redirectUri)).toMatchObject({ error: 'login_required' })
  })

  test('when the app asks once more for what it was just given', async () => {
    const browser = await signedIn(server.url)
    const path = app.authorizePath({ scope: 'write' })
    expect(answerTo(await browser.open(path), app.redirectUri)['code']).toBeDefined()
    signOut()
    expect((await browser.open(path)).url).toContain('/sign-in?request=')
  })

  test('when the person presses Cancel, but for the app being told that', async () => {
    const browser = await signedIn(server.url)
    const page = await app.begin(browser, { prompt: 'consent' })
    signOut()
    expect(answerTo(await browser.cancel(page), app.redirectUri)).toMatchObject({ error: 'access_denied' })
  })

  test('when the person allows a device', async () => {
    const browser = await signedIn(server.url)
    const login = await app.post('/v1/oauth/device_authorization', { client_id: app.apiKey })
    const { device_code: code, user_code: userCode } = login.body
    const page = await browser.open(`/device/allow?user_code=${userCode}`)
    signOut()
    const asked = await browser.submit(formTo(page, '/device/answer'), { answer: 'allow' })
    expect(asked.url).toContain('/sign-in?next=')
    const grant = { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code: String(code) }
    const polled = () => app.post('/v1/oauth/token', { ...grant, client_id: app.apiKey })
    expectOAuthError(await polled(), 400, 'authorization_pending')
    const again = await browser.signIn(asked, nova)
    expect(again.url).toBe(`${server.url}/device/allow?user_code=${userCode}`)
    await browser.submit(formTo(again, '/device/answer'), { answer: 'allow' })
    expect((await polled()).status).toBe(200)
  })
})

test('an app whose user is disabled while its call is looked at writes nothing, and hears that its token is dead', async () => {
  const own = await ownServer()
  const { app: writer, browser } = await appAndBrowser(own)
  const { access } = await writer.pair(browser, { scope: 'write' })
  const { findAccessToken } = own.store
  Object.assign(own.store, {
    findAccessToken: async (...given: Parameters<typeof findAccessToken>) => {
      const token = await findAccessToken(...given)
      await own.store.disableUser(nova.handle, Date.now())
      return token
    },
  })
  const headers = { authorization: `Bearer ${access}`, 'idempotency-key': 'once' }
  const body = JSON.stringify({ playlist_name: 'A list' })
  const answer = await post(`${own.url}/v1/playlists`, body, 'application/json', headers)
  expectProblem(answer, 401, 'invalid_token', /expired, revoked or unknown/)
  await own.store.enableUser(nova.handle, Date.now())
  const { id = 0 } = (await own.store.findUserByHandle(nova.handle)) ?? {}
  const list = { userId: id, isAlbum: false, offset: 0, limit: 100, viewerId: id }
  expect((await own.store.listPlaylists(list)).map(({ name }) => name)).not.toContain('A list')
})
