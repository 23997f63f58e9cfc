import { describe } from 'vitest'
import { says } from '../harness/bare.ts'
import { serveIncumbent } from '../harness/incumbent.ts'
import { allow, logIn, reach, signIn, tokenRequests } from '../harness/people.ts'
import { statusOf } from '../harness/server.ts'
import { loggedIn } from '../harness/tool.ts'
import { publishTone } from '../harness/uploads.ts'
import type { Site } from '../harness/web.ts'
import { test as base, expect } from '../harness.ts'

const test = base.extend<{ $file: { incumbent: Site } }>({
  incumbent: [
    async ({ server }, use) => {
      const site = await serveIncumbent(server)
      await use(site)
      await site.stop()
    },
    { scope: 'file' },
  ],
})

/** The name of every account that the tests open. */
const shown = 'Signed in as Robin'

describe('A page written for @audius/sdk', () => {
  test('logs in by popup, restores, refreshes and logs out with its own token store', async ({
    context,
    page,
    incumbent,
    server,
    person,
  }) => {
    const grants = tokenRequests(context)
    await page.goto(incumbent.origin)
    await says(page, 'signed out')
    await logIn(page, person, 'Log in')
    await says(page, shown)
    expect(await page.evaluate(() => window.storeCalls)).toEqual(['setTokens'])
    expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => /token/.test(key)))).toEqual(
      [],
    )

    await page.reload()
    await says(page, shown)
    const found = await page.evaluate(async () => {
      const { oauth } = window.audiusSdk
      const { handle, userId } = await oauth.getUser()
      return {
        handle,
        userId,
        isIn: await oauth.isAuthenticated(),
        canRefresh: await oauth.hasRefreshToken(),
      }
    })
    expect(found).toEqual({
      handle: person.handle,
      userId: expect.any(Number),
      isIn: true,
      canRefresh: true,
    })

    const fresh = await page.evaluate(() => window.audiusSdk.oauth.refreshAccessToken())
    expect(await statusOf(fresh ?? '', server)).toBe(200)
    expect(grants).toEqual(['authorization_code', 'refresh_token'])

    await page.evaluate(() => window.audiusSdk.oauth.logout())
    expect(await page.evaluate(() => window.storeCalls)).toEqual(['setTokens', 'clear'])
    expect(await statusOf(fresh ?? '', server)).toBe(401)
    const left = await page.evaluate(async () => {
      const { oauth } = window.audiusSdk
      return [
        await oauth.isAuthenticated(),
        await oauth.hasRefreshToken(),
        sessionStorage.getItem('my-tokens'),
      ]
    })
    expect(left).toEqual([false, false, null])
  })

  test('logs in on the full page, by handleRedirect() of an sdk() without a redirectUri', async ({
    page,
    incumbent,
    person,
  }) => {
    await page.goto(incumbent.origin)
    await says(page, 'signed out')
    await page.evaluate(() => {
      window.audiusSdk.oauth.login({ scope: 'read', display: 'fullScreen' })
    })
    await signIn(page, person)
    await allow(page)
    await says(page, person.handle)
    expect(page.url()).toBe(`${incumbent.origin}/callback`)
  })

  test('logs in by services.openUrl and handleRedirect(url)', async ({
    context,
    page,
    incumbent,
    person,
  }) => {
    await page.addInitScript(() => {
      window.opensUrls = true
    })
    await page.goto(incumbent.origin)
    await says(page, 'signed out')
    await page.getByRole('button', { name: 'Log in' }).click()
    const url = await page.waitForFunction(() => window.openedUrl)
    const elsewhere = await context.newPage()
    await elsewhere.goto((await url.jsonValue()) ?? '')
    await signIn(elsewhere, person)
    await allow(elsewhere)
    await reach(elsewhere, `${incumbent.origin}/plain#*`)
    await page.evaluate((link) => window.audiusSdk.oauth.handleRedirect(link), elsewhere.url())
    await says(page, shown)
  })

  test('finds an artist and a track, saves it and plays it', async ({ page, incumbent, server, person }) => {
    const artist = await server.newPerson()
    const trackId = await publishTone(server, await loggedIn(server, artist), { title: 'Tone' })
    await page.goto(incumbent.origin)
    await says(page, 'signed out')
    const seen = await page.evaluate(async (handle) => {
      const { users } = window.audiusSdk
      const { data: user } = await users.getUserByHandle({ handle })
      const { data: tracks } = await users.getTracksByUser({ id: user?.id ?? '', limit: 10 })
      return tracks?.map(({ id, title, user }) => [id, title, user.handle])
    }, artist.handle)
    expect(seen).toEqual([[trackId, 'Tone', artist.handle]])

    await logIn(page, person, 'Log in')
    await says(page, shown)
    const saved = await page.evaluate(
      async ({ trackId, handle }) => {
        const { users, tracks } = window.audiusSdk
        const { data: user } = await users.getUserByHandle({ handle })
        const userId = user?.id ?? ''
        const isSaved = async () => (await tracks.getTrack({ trackId, userId })).data?.hasCurrentUserSaved
        const seen = [await isSaved()]
        await tracks.favoriteTrack({ trackId, userId })
        seen.push(await isSaved())
        const { data: library } = await users.getUserLibraryTracks({ id: userId, type: 'favorite' })
        await tracks.unfavoriteTrack({ trackId, userId })
        seen.push(await isSaved())
        const { ok } = await fetch(await tracks.getTrackStreamUrl({ trackId }))
        return { seen, library: library?.map(({ itemType, item }) => [itemType, item.id]), ok }
      },
      { trackId, handle: person.handle },
    )
    expect(saved).toEqual({ seen: [false, true, false], library: [['track', trackId]], ok: true })
  })
})
