import { appAndBrowser } from '@stagedoor/testkit/wire-app'
import { jun as junPerson, signedIn, wordsOf } from '@stagedoor/testkit/wire-browser'
import { expect, test } from 'vitest'
import { apiServer } from './api.ts'

const { server, app, call, publish, nova, jun } = await apiServer()
const { app: other, browser } = await appAndBrowser(server, junPerson)
const byOther = (await other.pair(browser, { scope: 'write' })).access

const save = (id: string, token: string) => call('POST', `/v1/tracks/${id}/favorites`, { token })

/** How many tracks each of jun's apps has published and saved. */
async function doings() {
  const connected = await server.store.listConnectedApps(jun.userId, Date.now())
  const of = (apiKey: string | null) => {
    const found = connected.find((one) => one.app?.apiKey === apiKey)
    return [found?.trackCount, found?.savedCount]
  }
  return { app: of(app.apiKey), other: of(other.apiKey) }
}

test('what an app published and saved for somebody is told to them, and nobody else', async () => {
  const [first, second, third] = [await publish(nova), await publish(nova), await publish(nova)]
  expect(await doings()).toEqual({ app: [0, 0], other: [0, 0] })
  await save(first, jun.write)
  await save(first, nova.write)
  await save(second, jun.write)
  // What is there already is not taken over.
  await save(second, byOther)
  await save(third, byOther)
  await publish(jun)
  expect(await doings()).toEqual({ app: [1, 2], other: [0, 1] })

  const page = wordsOf(await (await signedIn(server.url, junPerson)).open('/account/apps'))
  expect(page).toContain(
    'It has published 1 track for you and saved 2 tracks to your library. What it did stays.',
  )
  expect(page).toContain('It has saved 1 track to your library. What it did stays.')
  const exported = await browser.open('/account/data/export')
  expect(JSON.parse(exported.text).connected_apps).toContainEqual(
    expect.objectContaining({ api_key: app.apiKey, track_count: 1, saved_count: 2 }),
  )

  await call('DELETE', `/v1/tracks/${second}/favorites`, { token: byOther })
  await call('DELETE', `/v1/tracks/${third}`, { token: nova.write })
  expect(await doings()).toEqual({ app: [1, 1], other: [0, 0] })
  await save(second, byOther)
  expect(await doings()).toEqual({ app: [1, 1], other: [0, 1] })
})
