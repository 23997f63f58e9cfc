import { CALLBACK, rejection, requestOf, sdkIn } from '@stagedoor/testkit/sdk'
import { describe, expect, test } from 'vitest'
import { exchanges, returned } from './returned.ts'

describe('the URL', () => {
  test.each([
    ['#code=a&state=$', ''],
    ['?keep=1#code=a&state=$&iss=x', '?keep=1'],
    ['?code=coupon&state=NY#code=a&state=$', '?code=coupon&state=NY'],
    ['?a=%20b&code=a&state=$&c#/route', '?a=%20b&c#/route'],
    ['?error=x&error_description=y&error_uri=z&state=$', ''],
    ['#tab=2&c%6fde=a&state=$', '#tab=2'],
  ])('%s loses the answer at once and keeps %s (CL-17)', async (given, kept) => {
    const { server, browser, url } = await returned()
    const callback = browser.tab(CALLBACK + given.replace('$', requestOf(url)['state'] ?? ''))
    sdkIn(callback, server.url)
    expect(callback.location.href).toBe(CALLBACK + kept)
    expect(callback.history.state).toEqual({ app: 1 })
  })

  test.each(['', '?code=coupon', '#code=coupon', '?state=NY', '?error=oops', '#/route?code=a'])(
    '%s is the app’s own (CL-6)',
    async (own) => {
      const { server, browser } = await returned()
      const callback = browser.tab(`https://app.example/page${own}`)
      const oauth = sdkIn(callback, server.url)
      expect(oauth.hasRedirectResult()).toBe(false)
      await oauth.handleRedirect()
      expect(callback.location.href).toBe(`https://app.example/page${own}`)
      expect(exchanges(server)).toEqual([])
    },
  )

  test('of another server’s answer on another page is left to it', async () => {
    const { server, browser } = await returned()
    for (const answer of [
      '?code=a&state=b',
      '#error=no&state=b',
      '#code=a&state=b&iss=https://other.example',
    ]) {
      const page = browser.tab(`https://app.example/other-login${answer}`)
      const oauth = sdkIn(page, server.url)
      expect(oauth.hasRedirectResult()).toBe(false)
      await oauth.handleRedirect()
      expect(page.location.href).toBe(`https://app.example/other-login${answer}`)
    }
  })

  test('of our answer on another page is handled, whether its login waits or not', async () => {
    const { server, browser, url } = await returned()
    const place = 'https://app.example/page'
    const late = browser.tab(`${place}#code=a&state=b&iss=${server.url}`)
    expect(await rejection(sdkIn(late, server.url).handleRedirect())).toMatchObject({
      code: 'state_mismatch',
    })
    const waited = browser.tab(`${place}#code=a&state=${requestOf(url)['state']}`)
    await sdkIn(waited, server.url).handleRedirect()
    expect(exchanges(server)).toHaveLength(1)
    expect([late.location.href, waited.location.href]).toEqual([place, place])
  })

  test('of another app of this origin is left to it', async () => {
    const { server, callback } = await returned()
    const before = callback.location.href
    const other = sdkIn(callback, server.url, { apiKey: 'f'.repeat(40) })
    await other.handleRedirect()
    expect(callback.location.href).toBe(before)
  })
})
