import { describe } from 'vitest'
import { says } from '../harness/bare.ts'
import { expireAccessToken, logIn, storedTokens } from '../harness/people.ts'
import { statusOf } from '../harness/server.ts'
import { expect, test } from '../harness.ts'

describe('A logout', () => {
  test.for([
    ['leaves nothing behind, here or at the server', true],
    ['leaves nothing behind even where its own word to the server is lost', false],
  ] as const)('during a refresh %s', async ([, isHeard], { page, bare, server, person }) => {
    await page.goto(bare.origin)
    await logIn(page, person, 'Log in')
    await says(page, person.handle)
    const before = await storedTokens(page)
    await expireAccessToken([page])
    const issued = Promise.withResolvers<string>()
    const loggedOut = Promise.withResolvers<void>()
    await page.route('**/v1/oauth/token', async (route) => {
      const response = await route.fetch()
      const body: { access_token: string } = await response.json()
      issued.resolve(body.access_token)
      await loggedOut.promise
      await route.fulfill({ response })
    })
    const refreshed = page.evaluate(() => window.audius.oauth.refreshAccessToken())
    const accessToken = await issued.promise
    expect(accessToken).not.toBe(before?.accessToken)
    if (!isHeard) await page.route('**/v1/oauth/revoke', (route) => route.abort(), { times: 1 })
    await page.evaluate(() => window.audius.oauth.logout())
    loggedOut.resolve()
    expect(await refreshed).toBeNull()
    const stored = () => page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)])
    // A logout that the server has not heard of is noted until it has.
    expect((await stored()).filter((key) => !key.endsWith(':logouts'))).toEqual([])
    for (const token of [before?.accessToken ?? '', accessToken])
      await expect.poll(() => statusOf(token, server)).toBe(401)
    await page.reload()
    await says(page, 'signed out')
    await expect.poll(stored).toEqual([])
  })
})
