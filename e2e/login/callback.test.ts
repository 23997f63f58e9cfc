import { describe } from 'vitest'
import { says, serveBare } from '../harness/bare.ts'
import { allow, logIn, openPopup, pressAndClose, reach, signIn, tokenRequests } from '../harness/people.ts'
import { authorization } from '../harness/server.ts'
import { expect, test } from '../harness.ts'

describe('The callback page', () => {
  test('may be another path of the same origin', async ({ page, bare, person }) => {
    await page.goto(`${bare.origin}/shop/checkout?step=2`)
    await logIn(page, person, 'Log in')
    await says(page, person.handle)
    expect(page.url()).toBe(`${bare.origin}/shop/checkout?step=2`)
  })

  test('may be on another site than the server', async ({ page, server, person }) => {
    const bare = await serveBare(server, { host: '127.0.0.1' })
    await page.goto(bare.origin)
    await logIn(page, person, 'Log in')
    await says(page, person.handle)
    await bare.stop()
  })

  test('may sever itself from what opened it', async ({ page, server, person }) => {
    const bare = await serveBare(server, { headers: { 'cross-origin-opener-policy': 'same-origin' } })
    await page.goto(bare.origin)
    const popup = await openPopup(page, 'Log in')
    await signIn(popup, person)
    expect(await popup.evaluate(() => window.opener)).toBeNull()
    await pressAndClose(popup, 'Allow')
    await says(page, person.handle)
    await bare.stop()
  })

  test('takes the answer from the query where the app wants it there', async ({ page, bare, person }) => {
    await page.goto(bare.origin)
    await page.evaluate(() => {
      window.loginOptions = { responseMode: 'query' }
    })
    await logIn(page, person, 'Log in')
    await says(page, person.handle)
    await page.evaluate(async () => {
      await window.audius.oauth.logout()
      window.loginOptions = { responseMode: 'query', display: 'fullScreen' }
    })
    await page.getByRole('button', { name: 'Log in' }).click()
    await reach(page, `${bare.origin}/callback`)
    await says(page, person.handle)
  })

  test('leaves a code alone that is the app’s own', async ({ context, page, bare }) => {
    const grants = tokenRequests(context)
    await page.goto(`${bare.origin}/?code=SUMMER&page=2#top`)
    await says(page, 'signed out')
    expect(page.url()).toBe(`${bare.origin}/?code=SUMMER&page=2#top`)
    expect(grants).toEqual([])
  })

  test('is not any page to which another server sends its answer', async ({ context, page, bare }) => {
    const grants = tokenRequests(context)
    for (const answer of [
      '?code=theirs&state=theirs',
      '#code=theirs&state=theirs',
      '?error=no&state=theirs',
    ]) {
      await page.goto(`${bare.origin}/other-login${answer}`)
      await says(page, 'signed out')
      expect(page.url()).toBe(`${bare.origin}/other-login${answer}`)
      expect(await page.evaluate(() => window.audius.oauth.hasRedirectResult())).toBe(false)
    }
    expect(grants).toEqual([])
  })

  test('refuses the code of an attacker, and the login under way goes on', async ({
    browser,
    context,
    page,
    bare,
    server,
    person,
  }) => {
    const attacker = await browser.newContext({ javaScriptEnabled: false })
    const theirs = await attacker.newPage()
    await theirs.goto(authorization(server, { redirect_uri: `${bare.origin}/callback` }).url)
    await signIn(theirs, await server.newPerson())
    await allow(theirs)
    await reach(theirs, `${bare.origin}/callback#*`)
    const grants = tokenRequests(context)
    await page.goto(bare.origin)
    const popup = await openPopup(page, 'Log in')
    const forged = await context.newPage()
    await forged.goto(theirs.url())
    await says(forged, 'state_mismatch')
    expect(forged.url()).toBe(`${bare.origin}/callback`)
    expect(grants).toEqual([])
    await signIn(popup, person)
    await pressAndClose(popup, 'Allow')
    await says(page, person.handle)
    await attacker.close()
  })

  test('gets no fragment that somebody else wrote', async ({ page, bare, server, person }) => {
    const { url } = authorization(server, {
      redirect_uri: `${bare.origin}/plain`,
      response_mode: 'query',
      state: 'the-state',
    })
    await page.goto(`${url}#evil=1`)
    await signIn(page, person)
    await allow(page)
    await reach(page, `${bare.origin}/plain?*`)
    expect(new URL(page.url()).searchParams.get('state')).toBe('the-state')
    expect(page.url()).not.toContain('evil')
    // The second time there is no question, and so no page of ours between the two addresses.
    await page.goto(`${url}#evil=1`)
    await reach(page, `${bare.origin}/plain?*`)
    expect(page.url()).not.toContain('evil')
  })
})
