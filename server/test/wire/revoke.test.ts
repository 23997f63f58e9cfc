import { fileServer, hour, ownServer } from '@stagedoor/testkit/server'
import {
  App,
  anotherApp,
  appAndBrowser,
  type Changes,
  encoded,
  expectOAuthError,
  type Pair,
  pairOf,
  post,
} from '@stagedoor/testkit/wire-app'
import { describe, expect, test } from 'vitest'

const server = await fileServer()
const { app, browser } = await appAndBrowser(server)
const other = await anotherApp(server, app)
const form = 'application/x-www-form-urlencoded'

const revoked = { status: 200, body: {} }

async function expectDead({ access, refresh }: Pair): Promise<void> {
  expect(await app.me(access)).toBe(401)
  expectOAuthError(await app.refresh(refresh), 400, 'invalid_grant', /revoked/)
}

describe('everything of the login ends at once', () => {
  test.each<[string, (pair: Pair) => string]>([
    ['refresh', (pair) => pair.refresh],
    ['access', (pair) => pair.access],
  ])('by its %s token (RV-1, RV-2)', async (_, token) => {
    const first = await app.pair(browser)
    const next = pairOf(await app.refresh(first.refresh))
    const answer = await app.revoke(token(next))
    expect(answer).toMatchObject(revoked)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    await expectDead(first)
    await expectDead(next)
  })

  test('by a refresh token that was used already', async () => {
    const first = await app.pair(browser)
    const next = pairOf(await app.refresh(first.refresh))
    expect(await app.revoke(first.refresh)).toMatchObject(revoked)
    await expectDead(next)
  })

  test.each<[string, Changes]>([
    ['access_token', { token_type_hint: 'access_token' }],
    ['refresh_token', { token_type_hint: 'refresh_token' }],
    ['zzz', { token_type_hint: 'zzz' }],
  ])('whatever the hint: %s (RV-7)', async (_, hint) => {
    for (const kind of ['access', 'refresh'] as const) {
      const pair = await app.pair(browser)
      expect(await app.revoke(pair[kind], hint)).toMatchObject(revoked)
      await expectDead(pair)
    }
  })

  test('sent as a form, with the client_id in any spelling', async () => {
    const pair = await app.pair(browser)
    const body = encoded({ token: pair.refresh, client_id: `0x${app.apiKey?.toUpperCase()}` })
    expect(await post(`${server.url}/v1/oauth/revoke`, body, form)).toMatchObject(revoked)
    await expectDead(pair)
  })

  test.each<[string, Changes]>([
    ['left out', { client_id: null }],
    ['empty', { client_id: '' }],
  ])('by the token alone, with client_id %s', async (_, changes) => {
    for (const kind of ['access', 'refresh'] as const) {
      const pair = await app.pair(browser)
      expect(await app.revoke(pair[kind], changes)).toMatchObject(revoked)
      await expectDead(pair)
    }
  })

  test('as often as it is asked', async () => {
    const pair = await app.pair(browser)
    const answers = await Promise.all(Array.from({ length: 20 }, () => app.revoke(pair.refresh)))
    for (const answer of answers) expect(answer).toMatchObject(revoked)
    await expectDead(pair)
  })

  test('of an app without an API key', async () => {
    const demo = new App(server.url, { appName: 'My demo' }, 'https://demo.example/cb')
    const { access, refresh } = await demo.pair(browser)
    expect(await demo.revoke(refresh)).toMatchObject(revoked)
    expect(await demo.me(access)).toBe(401)
  })

  test('and other logins go on', async () => {
    const [one, another] = [await app.pair(browser), await app.pair(browser)]
    await app.revoke(one.refresh)
    expect(await app.me(another.access)).toBe(200)
  })
})

describe('nothing ends, and the answer does not tell,', () => {
  test.each<[string, Changes]>([
    ['for another client', { client_id: other.apiKey }],
    ['for another client in capitals', { client_id: `0X${other.apiKey}`.toUpperCase().replace('0X', '0x') }],
  ])('%s', async (_, changes) => {
    const { access, refresh } = await app.pair(browser)
    for (const token of [access, refresh]) expect(await app.revoke(token, changes)).toMatchObject(revoked)
    expect(await app.me(access)).toBe(200)
    expect((await app.refresh(refresh)).status).toBe(200)
  })

  test.each<[string, (pair: Pair) => string]>([
    ['cut short', ({ refresh }) => refresh.slice(0, -1)],
    ['with a dot behind it', ({ refresh }) => `${refresh}.`],
    ['renamed', ({ refresh }) => refresh.replace('sdrt_', 'sdat_')],
    ['unknown', () => 'nope'],
    ['very long', () => 'x'.repeat(60_000)],
  ])('for a token that is %s (RV-3)', async (_, change) => {
    const pair = await app.pair(browser)
    expect(await app.revoke(change(pair))).toMatchObject(revoked)
    expect(await app.me(pair.access)).toBe(200)
  })

  test('for a token that expired', async () => {
    const server = await ownServer()
    const { app, browser } = await appAndBrowser(server)
    const { access } = await app.pair(browser)
    server.advance(2 * hour)
    expect(await app.revoke(access)).toMatchObject(revoked)
  })
})

describe('a request that is none is refused:', () => {
  test.each<[string, Changes]>([
    ['without a token', { token: null }],
    ['with an empty one', { token: '' }],
  ])('%s', async (_, changes) => {
    expectOAuthError(await app.revoke('x', changes), 400, 'invalid_request', /token is missing/)
  })

  test.each<[string, Changes]>([
    ['that no app has', { client_id: 'f'.repeat(40) }],
    ['that is none', { client_id: 'zzz' }],
    ['one digit short', { client_id: app.apiKey?.slice(1) ?? null }],
  ])('with a client_id %s, whatever the token', async (_, changes) => {
    const { access } = await app.pair(browser)
    for (const token of [access, 'nope'])
      expectOAuthError(await app.revoke(token, changes), 400, 'invalid_client', /client_id/)
    expect(await app.me(access)).toBe(200)
  })

  test('with two tokens (RV-8)', async () => {
    const body = encoded({ token: ['x', 'x'], client_id: app.apiKey })
    const answer = await post(`${server.url}/v1/oauth/revoke`, body, form)
    expectOAuthError(answer, 400, 'invalid_request', /more than once/)
  })

  test('with the token in the query (TK-2)', async () => {
    const pair = await app.pair(browser)
    const url = `${server.url}/v1/oauth/revoke?${encoded({ token: pair.refresh, client_id: app.apiKey })}`
    expectOAuthError(await post(url, '', form), 400, 'invalid_request', /query/)
    expect(await app.me(pair.access)).toBe(200)
  })

  test('of another type', async () => {
    const answer = await post(`${server.url}/v1/oauth/revoke`, 'token=x', 'text/plain')
    expectOAuthError(answer, 415, 'invalid_request')
  })
})

test('while the database cannot answer, nothing is said to be revoked (RV-5)', async () => {
  const server = await ownServer()
  const { app, browser } = await appAndBrowser(server)
  const { refresh } = await app.pair(browser)
  await server.store.close()
  const answer = await app.revoke(refresh)
  expectOAuthError(answer, 503, 'temporarily_unavailable')
  expect(answer.headers.get('retry-after')).toMatch(/^\d+$/)
})
