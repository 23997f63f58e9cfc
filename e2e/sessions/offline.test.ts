import { describe } from 'vitest'
import { says, sessionIs, watchSession } from '../harness/bare.ts'
import { expireAccessToken, logIn, storedTokens } from '../harness/people.ts'
import { startBehindProxy } from '../harness/proxy.ts'
import { test as base, expect } from '../harness.ts'

const test = base
  // biome-ignore lint/correctness/noEmptyPattern: it depends on nothing
  .extend('proxied', { scope: 'file' }, async ({}, { onCleanup }) => {
    const proxied = await startBehindProxy('browser-offline')
    onCleanup(proxied.stop)
    return proxied
  })
  .override('server', { scope: 'file' }, ({ proxied }) => proxied)

describe('A session that cannot be renewed', () => {
  test('since the server is down when the page starts is kept, and recovers by itself', async ({
    page,
    bare,
    proxied,
    person,
  }) => {
    await page.goto(bare.origin)
    await logIn(page, person, 'Log in')
    await says(page, person.handle)
    await expireAccessToken([page])
    const before = await storedTokens(page)
    await proxied.goDown()
    await page.reload()
    await says(page, 'unreachable')
    await watchSession(page)
    await sessionIs(page, 'unreachable')
    expect(await page.evaluate(() => window.audius.oauth.isAuthenticated())).toBe(true)
    expect(await storedTokens(page)).toEqual(before)
    await proxied.comeBack()
    await sessionIs(page, 'authenticated')
    expect((await storedTokens(page))?.refreshToken).not.toBe(before?.refreshToken)
    expect(await page.evaluate(async () => (await window.audius.oauth.getUser()).handle)).toBe(person.handle)
  })

  test('since the network is gone is renewed when it is back', async ({ context, page, bare, person }) => {
    await page.goto(bare.origin)
    await logIn(page, person, 'Log in')
    await says(page, person.handle)
    await watchSession(page)
    await context.setOffline(true)
    await expireAccessToken([page])
    const failed = await page.evaluate(() => window.audius.oauth.getUser().catch((error) => error.code))
    expect(failed).toBe('unreachable')
    await sessionIs(page, 'unreachable')
    await context.setOffline(false)
    await sessionIs(page, 'authenticated')
    const told = await page.evaluate(() => window.heard.map(({ type }) => type))
    expect(told).toEqual(['unreachable', 'refreshed'])
  })
})
