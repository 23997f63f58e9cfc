import { App, expectProblem } from '@stagedoor/testkit/wire-app'
import { jun as junPerson, signedIn } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'
import { addApp } from '../store/world.ts'
import { apiServer, dataOf, faultyFields, listOf } from './api.ts'

const { server, call, nova, jun, app } = await apiServer()
const authorized = (id: string, token: string) => call('GET', `/v1/users/${id}/authorized_apps`, { token })
const withdraw = (apiKey: string | null, token: string, id = jun.id) =>
  call('DELETE', `/v1/users/${id}/grants/${apiKey}`, { token })

describe('an app', () => {
  test('is public by its key in any spelling', async () => {
    const key = String(app.apiKey)
    for (const spelling of [key, `0x${key}`, key.toUpperCase()])
      expect(dataOf(await call('GET', `/v1/developer-apps/${spelling}`))).toEqual({
        address: key,
        user_id: null,
        name: expect.stringMatching(/^App /),
        description: null,
        image_url: null,
        redirect_uris: [app.redirectUri],
        client_uri: null,
        tos_uri: null,
        policy_uri: null,
        contact: null,
      })
    expectProblem(await call('GET', `/v1/developer-apps/${'0'.repeat(40)}`), 404, 'not_found')
    const answer = await call('GET', '/v1/developer-apps/nope')
    expectProblem(answer, 400, 'invalid_request', /api_key/)
    expect(faultyFields(answer)).toEqual(['api_key'])
  })
})

test('the apps that one has registered are listed for oneself alone', async () => {
  const apiKey = await addApp(server.store, { name: 'Of Jun', ownerId: jun.userId })
  const path = `/v1/users/${jun.id}/developer-apps`
  const listed = listOf(await call('GET', path, { token: jun.manage }))
  expect(listed).toMatchObject([{ address: apiKey, user_id: jun.id, name: 'Of Jun' }])
  expectProblem(await call('GET', path, { token: nova.manage }), 403, 'access_denied')
  expectProblem(await call('GET', path), 401, 'invalid_token')
})

describe('the apps that one has allowed', () => {
  test('are listed for oneself alone', async () => {
    const apps = listOf(await authorized(jun.id, jun.manage))
    expect(apps).toMatchObject([{ address: app.apiKey, scope: 'write', grantor_user_id: jun.id }])
    expectProblem(await authorized(jun.id, nova.manage), 403, 'access_denied')
    expectProblem(await call('GET', `/v1/users/${jun.id}/authorized_apps`), 401, 'invalid_token')
  })

  test('are withdrawn by oneself alone', async () => {
    expectProblem(await withdraw(app.apiKey, jun.read), 403, 'insufficient_scope')
    expectProblem(await withdraw(app.apiKey, nova.write), 403, 'access_denied')
    expectProblem(await withdraw(app.apiKey, nova.manage), 403, 'access_denied')
    expectProblem(await withdraw('nope', jun.write), 400, 'invalid_request', /api_key/)
    expectProblem(await withdraw('0'.repeat(40), jun.manage), 404, 'not_found')
    expect(await app.me(jun.read)).toBe(200)
  })

  test('once withdrawn, end at once: tokens, codes under way, and the consent (RT-15)', async () => {
    const browser = await signedIn(server.url, junPerson)
    const uri = 'https://other.example/cb'
    const other = new App(server.url, { apiKey: await server.register('Another App', uri) }, uri)
    const kept = await other.pair(browser, { scope: 'write' })
    const ended = await app.pair(browser, { scope: 'write' })
    const login = await app.logIn(browser)
    expect((await app.begin(browser)).leftFor).not.toBeNull()

    expect((await withdraw(app.apiKey, jun.manage)).body).toEqual({ success: true })
    for (const token of [ended.access, jun.write, jun.read]) expect(await app.me(token)).toBe(401)
    expect((await app.refresh(ended.refresh)).body).toMatchObject({ error: 'invalid_grant' })
    expect((await app.exchange(login)).body).toMatchObject({ error: 'invalid_grant' })
    expect((await app.begin(browser)).leftFor).toBeNull()
    expect(listOf(await authorized(jun.id, jun.manage))).toMatchObject([{ address: other.apiKey }])
    expect(await other.me(kept.access)).toBe(200)
    expect(await app.me(nova.write)).toBe(200)
    expectProblem(await withdraw(app.apiKey, jun.manage), 404, 'not_found')
  })
})

test('a deleted app’s tokens write nothing', async () => {
  await server.store.deleteApp(String(app.apiKey), Date.now())
  const body = { name: 'Ghost' }
  const answer = await call('PUT', `/v1/users/${nova.id}`, { token: nova.write, body })
  expectProblem(answer, 401, 'invalid_token')
  expectProblem(await call('GET', `/v1/developer-apps/${app.apiKey}`), 404, 'not_found')
})
