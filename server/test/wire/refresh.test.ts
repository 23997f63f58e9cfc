import { fileServer, hour, second } from '@stagedoor/testkit/server'
import {
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
import { expectDead, expectReuse, loggedIn } from './refreshed.ts'

const server = await fileServer()
const { app, browser } = await appAndBrowser(server)
const other = await anotherApp(server, app)

describe('a refresh token is exchanged for the next pair', () => {
  test.each(['json', 'form'])('sent as %s', async (kind) => {
    const { refresh, access } = await app.pair(browser, { scope: 'write' })
    const body = { grant_type: 'refresh_token', refresh_token: refresh, client_id: app.apiKey }
    const answer =
      kind === 'json'
        ? await app.post('/v1/oauth/token', body)
        : await post(`${server.url}/v1/oauth/token`, encoded(body), 'application/x-www-form-urlencoded')
    expect({ status: answer.status, ...answer.body }).toEqual({
      status: 200,
      access_token: expect.stringMatching(/^sdat_[\w-]{57}$/),
      token_type: 'Bearer',
      expires_in: 3600,
      refresh_token: expect.stringMatching(/^sdrt_[\w-]{57}$/),
      refresh_expires_in: 2_592_000,
      scope: 'write',
    })
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('pragma')).toBe('no-cache')
    const next = pairOf(answer)
    expect(next.refresh).not.toBe(refresh)
    expect(next.access).not.toBe(access)
    expect(await app.me(next.access)).toBe(200)
    expect(await app.me(access)).toBe(200)
  })

  test('whose scope may be narrower, while the login keeps its own (RT-10)', async () => {
    const { refresh } = await app.pair(browser, { scope: 'write' })
    const narrow = await app.refresh(refresh, { scope: 'read' })
    expect(narrow.body).toMatchObject({ scope: 'read' })
    const wide = await app.refresh(pairOf(narrow).refresh)
    expect(wide.body).toMatchObject({ scope: 'write' })
    expect((await app.refresh(pairOf(wide).refresh, { scope: 'write read' })).body).toMatchObject({
      scope: 'write',
    })
  })
})

describe('a mistake leaves the token usable:', () => {
  test.each<[string, Changes, string, RegExp]>([
    ['another client', { client_id: other.apiKey }, 'invalid_grant', /client_id/],
    ['no client', { client_id: null }, 'invalid_request', /client_id is missing/],
    ['an unknown client', { client_id: 'f'.repeat(40) }, 'invalid_client', /client_id/],
    ['a wider scope', { scope: 'write' }, 'invalid_scope', /scope/],
    ['an unknown scope', { scope: 'admin' }, 'invalid_scope', /scope/],
    ['no token', { refresh_token: null }, 'invalid_request', /refresh_token is missing/],
  ])('%s', async (_, changes, error, words) => {
    const { refresh } = await app.pair(browser, { scope: 'read' })
    expectOAuthError(await app.refresh(refresh, changes), 400, error, words)
    expect((await app.refresh(refresh)).status).toBe(200)
  })

  test.each<[string, (pair: Pair) => string]>([
    ['an access token', ({ access }) => access],
    ['an access token renamed', ({ access }) => access.replace('sdat_', 'sdrt_')],
    ['cut short', ({ refresh }) => refresh.slice(0, -1)],
    ['with a dot behind it', ({ refresh }) => `${refresh}.`],
    ['in upper case', ({ refresh }) => refresh.toUpperCase()],
    ['of 10 kB', ({ refresh }) => refresh.repeat(200)],
  ])('%s', async (_, change) => {
    const pair = await app.pair(browser)
    expectOAuthError(await app.refresh(change(pair)), 400, 'invalid_grant', /not known/)
    expect((await app.refresh(pair.refresh)).status).toBe(200)
  })

  test('a code in its place (RT-12)', async () => {
    const login = await app.logIn(browser)
    expectOAuthError(await app.refresh(login.code), 400, 'invalid_grant', /not known/)
    expect((await app.exchange(login)).status).toBe(200)
  })
})

describe('a token used before', () => {
  test('within the window gets the same pair again, with what is left of its time (RT-3)', async () => {
    const { server, app, first } = await loggedIn()
    const next = pairOf(await app.refresh(first.refresh))
    server.advance(9 * second)
    const again = await app.refresh(first.refresh)
    expect(pairOf(again)).toEqual(next)
    expect(again.body['expires_in']).toBeLessThanOrEqual(3591)
    expect(again.body['refresh_expires_in']).toBeLessThanOrEqual(2_591_991)
    expect(await app.me(next.access)).toBe(200)
  })

  test('has its window from the first use, and asking again does not extend it (RT-4)', async () => {
    const { server, app, first } = await loggedIn()
    const next = pairOf(await app.refresh(first.refresh))
    for (let time = 0; time < 3; time += 1) {
      server.advance(3 * second)
      expect(pairOf(await app.refresh(first.refresh))).toEqual(next)
    }
    server.advance(2 * second)
    expect(await app.me(next.access)).toBe(200)
    expectReuse(await app.refresh(first.refresh))
    await expectDead(app, first, next)
  })

  test('whose answer was lost gets the same pair hours later, and the login goes on with it (RN-11)', async () => {
    const { server, app, first } = await loggedIn()
    const lost = pairOf(await app.refresh(first.refresh))
    for (const wait of [11.5 * second, 20 * second, 9 * hour]) {
      server.advance(wait)
      expect(pairOf(await app.refresh(first.refresh))).toEqual(lost)
    }
    const late = await app.refresh(first.refresh)
    expect(late.body).toMatchObject({ expires_in: 0, scope: 'write' })
    const next = pairOf(await app.refresh(pairOf(late).refresh))
    expect(await app.me(next.access)).toBe(200)
    expectReuse(await app.refresh(first.refresh))
    await expectDead(app, next)
  })

  test('is reuse for a thief as soon as the app has called anything with its new access token (RT-5)', async () => {
    const calls: ((access: string) => [string, RequestInit])[] = [
      (access) => ['/v1/me', { headers: { authorization: `Bearer ${access}` } }],
      (access) => ['/v1/oauth/me', { headers: { authorization: `Bearer ${access}` } }],
      (access) => [
        '/files/',
        { method: 'POST', headers: { authorization: `Bearer ${access}`, 'tus-resumable': '1.0.0' } },
      ],
    ]
    for (const call of calls) {
      const { server, app, first } = await loggedIn()
      const next = pairOf(await app.refresh(first.refresh))
      const [path, init] = call(next.access)
      await fetch(`${server.url}${path}`, init)
      server.advance(11 * second)
      expectReuse(await app.refresh(first.refresh))
      await expectDead(app, first, next)
    }
  })

  test('whose successor was used as well is reuse, within the window too (RT-6)', async () => {
    const first = await app.pair(browser)
    const next = pairOf(await app.refresh(first.refresh))
    const latest = pairOf(await app.refresh(next.refresh))
    expectReuse(await app.refresh(first.refresh))
    await expectDead(app, first, next, latest)
  })

  test.each<[string, Changes, string]>([
    ['client', { client_id: other.apiKey }, 'invalid_grant'],
    ['scope', { scope: 'read' }, 'invalid_scope'],
    ['wider scope', { scope: 'admin' }, 'invalid_scope'],
  ])('gets nothing again for another %s (RT-7)', async (_, changes, error) => {
    const first = await app.pair(browser, { scope: 'write' })
    const next = pairOf(await app.refresh(first.refresh))
    expectOAuthError(await app.refresh(first.refresh, changes), 400, error)
    expect(pairOf(await app.refresh(first.refresh))).toEqual(next)
  })

  test('has no window where the installation turned it off', async () => {
    const { app, first } = await loggedIn({ REFRESH_GRACE_SECONDS: '0' })
    const next = pairOf(await app.refresh(first.refresh))
    expectReuse(await app.refresh(first.refresh))
    await expectDead(app, first, next)
  })

  test('shows nothing of the pair after its login was revoked', async () => {
    const first = await app.pair(browser)
    const next = pairOf(await app.refresh(first.refresh))
    await app.revoke(next.refresh)
    expectOAuthError(await app.refresh(first.refresh), 400, 'invalid_grant', /revoked/)
  })
})

describe('of a hundred refreshes at once', () => {
  test('all get the same pair (RT-2)', async () => {
    const { refresh } = await app.pair(browser)
    const answers = await Promise.all(Array.from({ length: 100 }, () => app.refresh(refresh)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect(new Set(answers.map((answer) => pairOf(answer).refresh)).size).toBe(1)
    expect(new Set(answers.map((answer) => pairOf(answer).access)).size).toBe(1)
    const [first] = answers
    expect(first && (await app.me(pairOf(first).access))).toBe(200)
  })

  test('exactly one gets a pair where there is no window, and then the login is over', async () => {
    const { app, first } = await loggedIn({ REFRESH_GRACE_SECONDS: '0' })
    const answers = await Promise.all(Array.from({ length: 100 }, () => app.refresh(first.refresh)))
    const good = answers.filter(({ status }) => status === 200)
    expect(good).toHaveLength(1)
    for (const answer of answers)
      if (answer !== good[0]) expectOAuthError(answer, 400, 'invalid_grant', /reuse|revoked/)
    await expectDead(app, ...good.map(pairOf))
  })
})

test('a login revoked while it is refreshed ends, whoever comes first', async () => {
  for (let round = 0; round < 50; round += 1) {
    const { refresh } = await app.pair(browser)
    const calls = [app.revoke(refresh), app.refresh(refresh), app.refresh(refresh)]
    const [revoked, ...refreshed] = await Promise.all(
      round % 2 === 0 ? calls : [calls[0], ...calls.slice(1).reverse()],
    )
    expect(revoked?.status).toBe(200)
    for (const answer of refreshed) if (answer?.status === 200) await expectDead(app, pairOf(answer))
  }
})

describe('a login ends', () => {
  test('with its account', async () => {
    const { server, app, first } = await loggedIn()
    await server.store.disableUser('nova', Date.now())
    await expectDead(app, first)
  })

  test('with its app', async () => {
    const { server, app, first } = await loggedIn()
    await server.store.deleteApp(app.apiKey ?? '', Date.now())
    expect(await app.me(first.access)).toBe(401)
    expect((await app.refresh(first.refresh)).status).toBe(400)
  })

  test('by itself alone: another login of the same person and app goes on', async () => {
    const [one, another] = [await app.pair(browser), await app.pair(browser)]
    pairOf(await app.refresh(pairOf(await app.refresh(one.refresh)).refresh))
    expectReuse(await app.refresh(one.refresh))
    expect(await app.me(another.access)).toBe(200)
  })
})
