import { day, hour, second } from '@stagedoor/testkit/server'
import { expectOAuthError, pairOf } from '@stagedoor/testkit/wire-app'
import { formTo } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'
import { expectDead, expectReuse, loggedIn } from './refreshed.ts'

describe('time:', () => {
  test('an access token lives an hour', async () => {
    const { server, app, first } = await loggedIn()
    server.advance(hour - 5 * second)
    expect(await app.me(first.access)).toBe(200)
    server.advance(6 * second)
    expect(await app.me(first.access)).toBe(401)
    expect(await app.me(pairOf(await app.refresh(first.refresh)).access)).toBe(200)
  })

  test('a refresh token lives 30 days unused', async () => {
    const { server, app, browser, first } = await loggedIn()
    server.advance(30 * day - 5 * second)
    const next = pairOf(await app.refresh(first.refresh))
    server.advance(30 * day + second)
    expectOAuthError(await app.refresh(next.refresh), 400, 'invalid_grant', /expired/)
    formTo(await app.begin(browser), '/sign-in')
  })

  test('a login ends after 180 days, however often it is refreshed (RT-9)', async () => {
    const { server, app, first } = await loggedIn()
    let pair = first
    for (let month = 0; month < 7; month += 1) {
      server.advance(25 * day)
      pair = pairOf(await app.refresh(pair.refresh))
    }
    const last = await app.refresh(pair.refresh)
    expect(last.body['refresh_expires_in']).toBeGreaterThan(4 * 86_400)
    expect(last.body['refresh_expires_in']).toBeLessThanOrEqual(5 * 86_400)
    server.advance(5 * day - 10 * second)
    const shortest = await app.refresh(pairOf(last).refresh)
    expect(shortest.body['expires_in']).toBeLessThanOrEqual(10)
    expect(await app.me(pairOf(shortest).access)).toBe(200)
    server.advance(11 * second)
    expectOAuthError(await app.refresh(pairOf(shortest).refresh), 400, 'invalid_grant', /expired/)
    expect(await app.me(pairOf(shortest).access)).toBe(401)
  })

  test('a clock set back ends no login (F-12)', async () => {
    const { server, app, first } = await loggedIn()
    const next = pairOf(await app.refresh(first.refresh))
    server.advance(-hour)
    expect(pairOf(await app.refresh(first.refresh))).toEqual(next)
    expect((await app.refresh(next.refresh)).status).toBe(200)
  })

  test('what was swept away stays refused, and what lives stays', async () => {
    const { server, app, first } = await loggedIn()
    const next = pairOf(await app.refresh(first.refresh))
    server.advance(20 * day)
    const latest = pairOf(await app.refresh(next.refresh))
    server.advance(11 * second)
    while ((await server.store.sweep(Date.now() + 20 * day, 1000)) > 0);
    expect(await app.me(first.access)).toBe(401)
    expect(await app.me(latest.access)).toBe(200)
    expectReuse(await app.refresh(next.refresh))
    await expectDead(app, latest)
  })
})
