import { newcomer } from '@stagedoor/testkit/newcomer'
import { fileServer } from '@stagedoor/testkit/server'
import { App, expectOAuthError } from '@stagedoor/testkit/wire-app'
import { formTo, wordsOf } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'
import { withOutbox } from './mail.ts'
import { create, keyOn } from './registered.ts'
import { trusting } from './reset.ts'
import { type Actor, ofApps, ofPeople, secretOfRadio, testLogin, uri, type Way } from './ways-in.ts'

const server = await fileServer({ ...trusting, RESOURCE_SERVERS: `radio:${secretOfRadio}` }, withOutbox)

/** Somebody new, and an app of their own. */
async function actor(): Promise<Actor> {
  const somebody = await newcomer(server)
  const apiKey = keyOn(await create(somebody.browser, { redirect_uris: uri }))
  return { ...somebody, app: new App(server.url, { apiKey }, uri) }
}

const now = () => Date.now()
const disable = ({ person }: Actor) => server.store.disableUser(person.handle, now())
const suspend = ({ app }: Actor) => server.store.suspendApp(app.apiKey ?? '', now())

const tests = { 'the test of an app': testLogin }

describe.each<[string, (actor: Actor) => Promise<unknown>, Readonly<Record<string, Way>>]>([
  ['a disabled user', disable, { ...ofPeople, ...ofApps, ...tests }],
  [
    'a deleted user',
    ({ person }) => server.store.removeUser(person.handle, 'dead', now()),
    { ...ofPeople, ...ofApps, ...tests },
  ],
  ['a suspended app', suspend, { ...ofApps, ...tests }],
  ['a deleted app', ({ app }) => server.store.deleteApp(app.apiKey ?? '', now()), { ...ofApps, ...tests }],
])('%s does not get in by', (_, end, ways) => {
  test.each(Object.entries(ways))('%s', async (_, way) => {
    const [somebody, ended] = [await actor(), await actor()]
    // The same way leads in as long as nothing has ended.
    expect(await (await way(somebody))()).toBe(true)
    const attempt = await way(ended)
    await end(ended)
    expect(await attempt()).toBe(false)
  })
})

test('a disabled user who is let in again has what they know and hold, and nothing that acted for them', async () => {
  const holds = ['the password', 'a passkey']
  for (const [name, way] of Object.entries({ ...ofPeople, ...ofApps })) {
    const somebody = await actor()
    const attempt = await way(somebody)
    await disable(somebody)
    await server.store.enableUser(somebody.person.handle, now())
    expect([name, await attempt()]).toEqual([name, holds.includes(name)])
  }
})

test('a suspended app begins nothing: no login on a page, by a device, or for a test', async () => {
  const owner = await actor()
  const { app, browser } = owner
  await suspend(owner)
  expect(wordsOf(await app.begin(browser))).toContain('This app is suspended')
  expectOAuthError(
    await app.post('/v1/oauth/device_authorization', { client_id: app.apiKey }),
    403,
    'unauthorized_client',
  )
  const path = `/developers/${app.apiKey}/test-login`
  const shown = await browser.open(path)
  const begun = shown.text.includes('<form') ? await browser.submit(formTo(shown, path)) : shown
  expect(begun.url).not.toContain('/consent')
})
