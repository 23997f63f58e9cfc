import { randomBytes } from 'node:crypto'
import { App, expectProblem } from '@stagedoor/testkit/wire-app'
import { jun as junPerson, signedIn } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'
import { addApp } from '../store/world.ts'
import { apiServer, dataOf, listOf } from './api.ts'

const { server, call, nova, jun, app } = await apiServer()
const theirs = 'https://intruder.example/cb'

/** An app of jun's own, which is not the one that jun's tokens were issued to. */
const appOfJun = () =>
  addApp(server.store, { name: `Of Jun ${randomBytes(6).toString('hex')}`, ownerId: jun.userId })

test('an app with a developer’s write token adds no redirect URI to the developer’s other app', async () => {
  const apiKey = await appOfJun()
  const path = `/v1/developer-apps/${apiKey}`
  const before = dataOf(await call('GET', path))
  for (const body of [{ redirect_uris: [theirs] }, { name: 'Renamed' }, {}]) {
    const answer = await call('PUT', path, { token: jun.write, body })
    expectProblem(answer, 403, 'insufficient_scope', /management token/)
  }
  expect(dataOf(await call('GET', path))).toEqual(before)
})

const body = { name: 'Made by an app', redirect_uris: [theirs] }
const closed: readonly (readonly [what: string, method: string, path: string, body: object | undefined])[] = [
  ['registers no app', 'POST', '/v1/developer-apps', body],
  ['changes not even its own app', 'PUT', `/v1/developer-apps/${app.apiKey}`, body],
  ['deletes not even its own app', 'DELETE', `/v1/developer-apps/${app.apiKey}`, undefined],
  ['sees no list of registered apps', 'GET', `/v1/users/${jun.id}/developer-apps`, undefined],
  ['sees no list of authorized apps', 'GET', `/v1/users/${jun.id}/authorized_apps`, undefined],
  ['ends no other app’s access', 'DELETE', `/v1/users/${jun.id}/grants/${'0'.repeat(40)}`, undefined],
]

describe('an app’s token', () => {
  test.each(closed)('%s', async (_, method, path, body) => {
    for (const token of [jun.write, jun.read]) {
      const answer = await call(method, path, { token, body })
      const words = token === jun.read && path.includes('/grants/') ? /scope write/ : /management token/
      expectProblem(answer, 403, 'insufficient_scope', words)
      expect(answer.headers.get('www-authenticate')).toMatch(/error="insufficient_scope"/)
    }
    expectProblem(await call(method, path, { body }), 401, 'invalid_token')
    expectProblem(await call(method, path, { token: 'sdat_nonsense', body }), 401, 'invalid_token')
    expectProblem(await call(method, path, { token: `sdmt_${'A'.repeat(49)}`, body }), 401, 'invalid_token')
  })

  test('ends its own access, and leaves that of others', async () => {
    const browser = await signedIn(server.url, junPerson)
    const own = new App(server.url, { apiKey: await server.register('Own App', theirs) }, theirs)
    const { access } = await own.pair(browser, { scope: 'write' })
    const path = `/v1/users/${jun.id}/grants/${own.apiKey}`
    expectProblem(await call('DELETE', path, { token: jun.write }), 403, 'insufficient_scope')
    expect(await own.me(access)).toBe(200)
    const spelled = `/v1/users/${jun.id}/grants/0x${own.apiKey?.toUpperCase()}`
    expect((await call('DELETE', spelled, { token: access })).body).toEqual({ success: true })
    expect(await own.me(access)).toBe(401)
    expect(await app.me(jun.write)).toBe(200)
  })
})

describe('a management token', () => {
  const elsewhere: readonly (readonly [string, string, object | undefined])[] = [
    ['GET', '/v1/me', undefined],
    ['GET', `/v1/users/${jun.id}`, undefined],
    ['GET', `/v1/developer-apps/${app.apiKey}`, undefined],
    ['PUT', `/v1/users/${jun.id}`, { name: 'Renamed' }],
    ['POST', '/v1/tracks', { title: 'Song' }],
  ]
  test.each(elsewhere)('is no login: %s %s refuses it', async (method, path, body) => {
    const answer = await call(method, path, { token: jun.manage, body })
    expectProblem(answer, 401, 'invalid_token', /management token/)
  })

  test('is nothing at the token and revocation endpoints, and starts no upload', async () => {
    expect((await app.refresh(jun.manage)).body).toMatchObject({ error: 'invalid_grant' })
    expect((await app.revoke(jun.manage)).status).toBe(200)
    const answer = await fetch(`${server.url}/files/`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${jun.manage}`,
        'tus-resumable': '1.0.0',
        'upload-length': '10',
        'upload-metadata': `template ${btoa('audio')},filename ${btoa('a.mp3')}`,
      },
    })
    expect(answer.status).toBe(401)
    await answer.body?.cancel()
    expect((await call('GET', `/v1/users/${jun.id}/developer-apps`, { token: jun.manage })).status).toBe(200)
  })

  test('registers, lists, changes and deletes the apps of its owner, and of nobody else', async () => {
    const name = `App ${randomBytes(6).toString('hex')}`
    const made = await call('POST', '/v1/developer-apps', { token: jun.manage, body: { name } })
    const path = `/v1/developer-apps/${made.body['api_key']}`
    const listed = await call('GET', `/v1/users/${jun.id}/developer-apps`, { token: jun.manage })
    expect(listOf(listed).map(({ name }) => name)).toContain(name)
    const change = { redirect_uris: [theirs] }
    expectProblem(await call('PUT', path, { token: nova.manage, body: change }), 404, 'not_found')
    const changed = await call('PUT', path, { token: jun.manage, body: change })
    expect(dataOf(changed)).toMatchObject({ user_id: jun.id, redirect_uris: [theirs] })
    expect((await call('DELETE', path, { token: jun.manage })).status).toBe(200)
  })
})
