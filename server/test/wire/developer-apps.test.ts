import { randomBytes } from 'node:crypto'
import { App, expectProblem } from '@stagedoor/testkit/wire-app'
import { signedIn } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'
import { apiServer, dataOf, faultyFields, listOf, type Member } from './api.ts'

const { server, call, publish, nova, jun } = await apiServer()

const newName = () => `App ${randomBytes(6).toString('hex')}`
const uris = ['https://app.example/cb', 'myapp://callback']

const create = (by: Member, body: unknown) => call('POST', '/v1/developer-apps', { token: by.manage, body })

/** An app of nova's. */
async function created(body: object = {}): Promise<{ apiKey: string; path: string }> {
  const answer = await create(nova, { name: newName(), redirect_uris: uris, ...body })
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  const apiKey = String(answer.body['api_key'])
  return { apiKey, path: `/v1/developer-apps/${apiKey}` }
}

describe('registering an app', () => {
  test('answers its key and its facts, which everyone can read', async () => {
    const name = newName()
    const { apiKey, path } = await created({ name, description: 'Finds gigs' })
    expect(apiKey).toMatch(/^[0-9a-f]{40}$/)
    expect(dataOf(await call('GET', path))).toEqual({
      address: apiKey,
      user_id: nova.id,
      name,
      description: 'Finds gigs',
      image_url: null,
      client_uri: null,
      tos_uri: null,
      policy_uri: null,
      contact: null,
      redirect_uris: uris,
    })
    const own = listOf(await call('GET', `/v1/users/${nova.id}/developer-apps`, { token: nova.manage }))
    expect(own.map(({ address }) => address)).toContain(apiKey)
  })

  test('keeps what it says of itself, each as browsers write it', async () => {
    const said = {
      client_uri: ' https://App.example ',
      tos_uri: 'http://localhost:3000/terms',
      contact: 'mailto:help@app.example',
    }
    const { path } = await created(said)
    const kept = {
      client_uri: 'https://app.example/',
      tos_uri: said.tos_uri,
      policy_uri: null,
      contact: 'help@app.example',
    }
    expect(dataOf(await call('GET', path))).toMatchObject(kept)
    const body = { policy_uri: 'https://app.example/privacy', tos_uri: null, contact: '' }
    const changed = dataOf(await call('PUT', path, { token: nova.manage, body }))
    expect(changed).toMatchObject({ ...kept, policy_uri: body.policy_uri, tos_uri: null, contact: null })
  })

  test('is done once with an Idempotency-Key, however often it is sent', async () => {
    const send = (name: string, key: string) => {
      const headers = { 'idempotency-key': key }
      return call('POST', '/v1/developer-apps', { token: nova.manage, body: { name }, headers })
    }
    const name = newName()
    const answers = await Promise.all(Array.from({ length: 4 }, () => send(name, 'app-1')))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(new Set(answers.map(({ body }) => body['api_key'])).size).toBe(1)
    expectProblem(await send(newName(), 'app-1'), 422, 'invalid_request')
    expectProblem(await send(name, 'app-2'), 400, 'invalid_request')
  })

  test('takes a management token, of the user that the call is for', async () => {
    const body = { name: newName() }
    expectProblem(await call('POST', '/v1/developer-apps', { body }), 401, 'invalid_token')
    const path = `/v1/developer-apps?user_id=${jun.id}`
    expectProblem(await call('POST', path, { token: nova.manage, body }), 403, 'access_denied')
  })

  test('names nobody else as its owner', async () => {
    const { path } = await created({ user_id: jun.id, owner_id: jun.userId, address: 'ab'.repeat(20) })
    expect(dataOf(await call('GET', path))).toMatchObject({ user_id: nova.id })
  })

  test.each([
    ['no name', {}, ['name']],
    ['a name that imitates', { name: 'Аudius' }, ['name']],
    ['a name that hides something', { name: 'My\u202eApp' }, ['name']],
    ['a website without TLS', { name: newName(), client_uri: 'http://app.example/' }, ['client_uri']],
    ['terms that are a script', { name: newName(), tos_uri: 'javascript:alert(1)' }, ['tos_uri']],
    [
      'a policy with a user name, and no contact',
      { name: newName(), policy_uri: 'https://app.example@evil.example/', contact: 'app.example' },
      ['policy_uri', 'contact'],
    ],
    ['a long contact', { name: newName(), contact: `${'x'.repeat(200)}@app.example` }, ['contact']],
    ['a long description', { name: newName(), description: 'x'.repeat(301) }, ['description']],
    [
      'redirect URIs that are no list',
      { name: newName(), redirect_uris: 'https://a.example/' },
      ['redirect_uris'],
    ],
    [
      'two bad redirect URIs',
      { name: newName(), redirect_uris: ['https://a.example/', 'javascript:"x"', 'https://A.example/"'] },
      ['redirect_uris', 'redirect_uris'],
    ],
    [
      'more redirect URIs than there may be',
      { name: newName(), redirect_uris: Array.from({ length: 51 }, (_, n) => `https://${n}.example/`) },
      ['redirect_uris'],
    ],
  ])('refuses %s, and names the field', async (_, body, fields) => {
    const before = (await server.store.listApps()).length
    const answer = await create(nova, body)
    expectProblem(answer, 400, 'invalid_request')
    expect(faultyFields(answer)).toEqual(fields)
    expect(await server.store.listApps()).toHaveLength(before)
  })

  test('offers the form of a redirect URI that may be registered', async () => {
    const answer = await create(nova, { name: newName(), redirect_uris: [uris[0], 'http://app.example/cb'] })
    expectProblem(answer, 400, 'invalid_request', /^redirect_uris\[1\] It must begin with https/)
    expect(answer.body['detail']).toContain('Register https://app.example/cb instead.')
  })

  test('gives a name once, also to those who ask at once', async () => {
    const name = newName()
    const answers = await Promise.all([nova, jun, nova, jun].map((by) => create(by, { name })))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400])
  })
})

describe('changing an app', () => {
  test('changes what is named and leaves the rest', async () => {
    const { path } = await created({ description: 'Before' })
    const before = dataOf(await call('GET', path))
    const answer = await call('PUT', path, { token: nova.manage, body: { redirect_uris: [uris[1]] } })
    expect(dataOf(answer)).toEqual({ ...before, redirect_uris: [uris[1]] })
    const body = { description: null, redirect_uris: [] }
    expect(dataOf(await call('PUT', path, { token: nova.manage, body }))).toEqual({
      ...before,
      description: null,
      redirect_uris: [],
    })
  })

  test('changes all of it or nothing (RU-17)', async () => {
    const { path } = await created()
    const before = dataOf(await call('GET', path))
    const body = { name: newName(), redirect_uris: ['https://new.example/', 'http://new.example/'] }
    const answer = await call('PUT', path, { token: nova.manage, body })
    expectProblem(answer, 400, 'invalid_request')
    expect(faultyFields(answer)).toEqual(['redirect_uris'])
    expect(dataOf(await call('GET', path))).toEqual(before)
  })

  test('and deleting it is its owner’s alone: to others there is no such app', async () => {
    const { path } = await created()
    const before = dataOf(await call('GET', path))
    const body = { name: newName() }
    expectProblem(await call('PUT', path, { token: jun.manage, body }), 404, 'not_found')
    expectProblem(await call('DELETE', path, { token: jun.manage }), 404, 'not_found')
    expectProblem(await call('DELETE', path), 401, 'invalid_token')
    expect(dataOf(await call('GET', path))).toEqual(before)
    const unknown = `/v1/developer-apps/${'0'.repeat(40)}`
    expectProblem(await call('PUT', unknown, { token: nova.manage, body }), 404, 'not_found')
  })
})

test('deleting an app ends its tokens at once and leaves what it uploaded', async () => {
  const { apiKey, path } = await created()
  const app = new App(server.url, { apiKey }, 'https://app.example/cb')
  const { access } = await app.pair(await signedIn(server.url), { scope: 'write' })
  const track = await publish({ ...nova, write: access })
  expect((await call('DELETE', path, { token: nova.manage })).body).toEqual({ success: true })
  expect(await app.me(access)).toBe(401)
  expectProblem(await call('GET', path), 404, 'not_found')
  expectProblem(await call('DELETE', path, { token: nova.manage }), 404, 'not_found')
  expect((await call('GET', `/v1/tracks/${track}`)).status).toBe(200)
})
