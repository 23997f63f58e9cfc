import { newcomer } from '@stagedoor/testkit/newcomer'
import { fileServer } from '@stagedoor/testkit/server'
import { App } from '@stagedoor/testkit/wire-app'
import { Browser, formTo, type Shown, signedIn, wordsOf } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'

const server = await fileServer()
const attack = `"><img src=x onerror=alert(1)><script>alert(1)</script>`

const isSignedIn = async (browser: Browser) =>
  (await browser.open('/account')).url === `${browser.origin}/account`
async function registered(name: string, on = server) {
  const uri = 'https://app.example/cb'
  return new App(on.url, { apiKey: await on.register(name, uri) }, uri)
}
const formOf = async (browser: Browser, page: string, action: string) =>
  formTo(await browser.open(page), action)
const changed = { new_password: 'a changed pass-phrase' }

/** The forms that end something, by the session they name. */
const sessionForms = ({ text }: Shown) =>
  [...text.matchAll(/name="session" value="([^"]+)"/g)].map(([, id = '']) => id)

describe('a changed password', () => {
  test('signs out every other browser, keeps this one under a new session, and leaves the apps', async () => {
    const { person, browser } = await newcomer(server)
    const elsewhere = await signedIn(server.url, person)
    const app = await registered('Stays')
    const { access } = await app.pair(browser)
    const cookie = () => [...browser.cookies].find(([name]) => name.includes('session'))?.[1]
    const before = cookie() ?? ''
    const form = await formOf(browser, '/account/security', '/account/password')
    const shown = await browser.submit(form, { password: person.password, ...changed })
    expect(wordsOf(shown)).toContain('Your password is changed')
    expect(cookie()).not.toBe(before)
    expect(await isSignedIn(browser)).toBe(true)
    expect(await isSignedIn(elsewhere)).toBe(false)
    // Whoever fixed or stole the session of before has nothing of it.
    const thief = new Browser(server.url)
    for (const [name, value] of browser.cookies)
      thief.cookies.set(name, name.includes('session') ? before : value)
    expect(await isSignedIn(thief)).toBe(false)
    expect(await app.me(access)).toBe(200)
    expect(await isSignedIn(await signedIn(server.url, person))).toBe(false)
    expect(await isSignedIn(await signedIn(server.url, { ...person, password: changed.new_password }))).toBe(
      true,
    )
  })

  test('ends the apps as well when that is chosen', async () => {
    const { person, browser } = await newcomer(server)
    const app = await registered('Goes')
    const pair = await app.pair(browser)
    const form = await formOf(browser, '/account/security', '/account/password')
    await browser.submit(form, { password: person.password, ...changed, end_apps: 'yes' })
    expect(await app.me(pair.access)).toBe(401)
    expect((await app.refresh(pair.refresh)).status).toBe(400)
    expect((await app.begin(browser)).leftFor).toBeNull()
  })

  test('sent twice, or from a second tab, is one change', async () => {
    const { person, browser } = await newcomer(server)
    const form = await formOf(browser, '/account/security', '/account/password')
    const fields = { ...form.fields, password: person.password, ...changed }
    const answers = await Promise.all([1, 2].map(() => browser.post('/account/password', fields)))
    const statuses = answers.map(({ status }) => status).sort()
    expect(statuses[0]).toBe(303)
    expect([303, 401, 422]).toContain(statuses[1])
    expect(await isSignedIn(await signedIn(server.url, { ...person, password: changed.new_password }))).toBe(
      true,
    )
  })

  test.each([
    ['a wrong current password', { password: 'wrong pass-phrase', ...changed }, /not your current password/],
    ['no current password', { password: '', ...changed }, /not your current password/],
    ['a short new one', { password: 'pass-phrase', new_password: 'short' }, /8 to 128/],
    ['one too long', { password: 'pass-phrase', new_password: 'x'.repeat(129) }, /8 to 128/],
  ])('is refused with %s, and nothing typed is shown', async (_, fields, words) => {
    const { browser } = await newcomer(server)
    const form = await formOf(browser, '/account/security', '/account/password')
    const shown = await browser.submit(form, fields)
    expect(shown.status).toBe(422)
    expect(wordsOf(shown)).toMatch(words)
    expect(shown.text).not.toContain('pass-phrase')
  })

  test('held while signed out keeps no password', async () => {
    const { person, browser } = await newcomer(server)
    const form = await formOf(browser, '/account/security', '/account/password')
    await server.store.disableUser(person.handle, Date.now())
    const held = await browser.submit(form, { password: person.password, ...changed })
    expect(held.status).toBe(401)
    expect(held.text).not.toContain('pass-phrase')
  })
})

describe('the browsers one is signed in with', () => {
  test('are told by words of ours, and are signed out one by one or all', async () => {
    const { person, browser } = await newcomer(server)
    const agents = [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 (KHTML) Version/18.0 Safari/604.1',
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0',
      `Mozilla/5.0 ${attack} Linux Firefox/140.0`,
    ]
    const others = await Promise.all(
      agents.map(async (agent) => {
        const other = new Browser(server.url)
        const form = formTo(await other.open('/sign-in'), '/sign-in')
        await other.post(
          '/sign-in',
          { ...form.fields, login: person.handle, password: person.password },
          { 'user-agent': agent },
        )
        return other
      }),
    )
    const page = await browser.open('/account/security')
    for (const words of [
      'Safari on iPhone',
      'Edge on Windows',
      'Firefox on Linux',
      '(this one)',
      'from 127.0.0.*',
    ])
      expect(wordsOf(page)).toContain(words)
    expect(page.text).not.toMatch(/onerror|127\.0\.0\.1\b/)
    const [one = ''] = sessionForms(page)
    const { fields } = formTo(page, '/account/sessions/end')
    await browser.post('/account/sessions/end', { ...fields, session: one })
    const left = await Promise.all(others.map(isSignedIn))
    expect(left.filter(Boolean)).toHaveLength(2)
    expect((await browser.post('/account/sessions/end', { ...fields, session: one })).status).toBe(303)
    await browser.submit(await formOf(browser, '/account/security', '/account/sessions/end-others'))
    expect(await Promise.all(others.map(isSignedIn))).toEqual([false, false, false])
    expect(await isSignedIn(browser)).toBe(true)
  })

  test('are nobody else’s to sign out', async () => {
    const { person, browser } = await newcomer(server)
    await signedIn(server.url, person)
    const [session = ''] = sessionForms(await browser.open('/account/security'))
    const stranger = await newcomer(server)
    const { fields } = await formOf(stranger.browser, '/account/security', '/account/password')
    await stranger.browser.post('/account/sessions/end', { csrf: fields['csrf'] ?? '', session })
    expect(sessionForms(await browser.open('/account/security'))).toEqual([session])
    for (const garbage of ['', 'x', '%00', 'A'.repeat(5000)])
      expect(
        (
          await browser.post('/account/sessions/end', {
            ...fields,
            csrf: (await formOf(browser, '/account/security', '/account/password')).fields['csrf'] ?? '',
            session: garbage,
          })
        ).status,
      ).toBe(303)
  })
})

describe('the apps one has allowed', () => {
  test('are ended at once: access token, refresh token, and the consent', async () => {
    const { browser } = await newcomer(server)
    const app = await registered(`Ends ${attack}`.slice(0, 60))
    const pair = await app.pair(browser, { scope: 'write' })
    expect((await app.begin(browser)).leftFor).not.toBeNull()
    const page = await browser.open('/account/apps')
    expect(page.text).not.toMatch(/<script>|<img src=x/)
    expect(wordsOf(page)).toMatch(/Allowed since\s+today\s*\. Last used\s+today/)
    expect(wordsOf(page)).toContain('Upload, edit and delete tracks')
    const form = formTo(page, '/account/apps/end')
    const shown = await browser.submit(form)
    expect(wordsOf(shown)).toMatch(/access has ended.*No app may use your account/)
    expect(await app.me(pair.access)).toBe(401)
    expect((await app.refresh(pair.refresh)).body).toMatchObject({ error: 'invalid_grant' })
    expect(wordsOf(await app.begin(browser))).toContain('Allow')
    // The same press again, from another tab or by going back.
    expect((await browser.post(form.action, form.fields)).status).toBe(303)
  })

  test('without a key are named as they name themselves, and are ended too', async () => {
    const { browser } = await newcomer(server)
    const app = new App(server.url, { appName: 'Gig "finder"' }, 'https://gigs.example/cb')
    const { access } = await app.pair(browser)
    const page = await browser.open('/account/apps')
    expect(wordsOf(page)).toMatch(/“\s*Gig "finder"\s*”.*gigs\.example.*not registered/)
    await browser.submit(formTo(page, '/account/apps/end'))
    expect(await app.me(access)).toBe(401)
  })

  test('are nobody else’s to end', async () => {
    const [{ browser }, stranger] = [await newcomer(server), await newcomer(server)]
    const app = await registered('Mine To End')
    const { access } = await app.pair(browser)
    const form = await formOf(browser, '/account/apps', '/account/apps/end')
    const { fields } = await formOf(stranger.browser, '/account/security', '/account/password')
    await stranger.browser.post(form.action, { ...form.fields, csrf: fields['csrf'] ?? '' })
    expect((await stranger.browser.post(form.action, form.fields)).status).toBe(403)
    expect((await browser.post(form.action, form.fields, { origin: 'https://evil.example' })).status).toBe(
      403,
    )
    expect(await app.me(access)).toBe(200)
  })
})

describe('one’s data', () => {
  test('is one file that holds no secret', async () => {
    const { person, browser } = await newcomer(server)
    const app = await registered('In The Export')
    const { access, refresh } = await app.pair(browser)
    const { status, headers, text } = await browser.request('/account/data/export', { headers: {} })
    expect(status).toBe(200)
    expect(headers.get('content-disposition')).toBe(`attachment; filename="${person.handle}.json"`)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(JSON.parse(text)).toMatchObject({
      email: `${person.handle}@example.com`,
      profile: { handle: person.handle, name: 'Robin' },
      sign_ins: [{ network: '127.0.0.*' }],
      connected_apps: [{ name: 'In The Export', api_key: app.apiKey }],
      registered_apps: [],
      tracks: [],
      library: [],
    })
    expect(text).not.toMatch(/argon|sd(?:at|rt|se|br)_|pass-phrase|digest/)
    for (const secret of [access, refresh, ...browser.cookies.values()]) expect(text).not.toContain(secret)
    expect((await new Browser(server.url).open('/account/data/export')).url).toContain('/sign-in?next=')
  })
})

describe('a deleted account', () => {
  test('is dead in every tab, browser and app at once, and its handle stays taken', async () => {
    const { person, browser } = await newcomer(server)
    const elsewhere = await signedIn(server.url, person)
    const app = await registered('Loses All')
    const pair = await app.pair(browser)
    const stale = await formOf(browser, '/account', '/account/profile')
    const form = await formOf(browser, '/account/data', '/account/delete')
    const shown = await browser.submit(form, {
      handle: `@${person.handle.toUpperCase()}`,
      password: person.password,
    })
    expect(wordsOf(shown)).toContain('Your account is deleted')
    expect(await Promise.all([browser, elsewhere].map(isSignedIn))).toEqual([false, false])
    expect((await browser.submit(stale, { name: 'Back From The Dead' })).status).toBe(401)
    expect(await app.me(pair.access)).toBe(401)
    expect((await app.refresh(pair.refresh)).status).toBe(400)
    expect((await fetch(`${server.url}/v1/users/handle/${person.handle}`)).status).toBe(404)
    expect(await isSignedIn(await signedIn(server.url, person))).toBe(false)
    const again = new Browser(server.url)
    const fields = { ...person, name: 'N', email: 'other.one@example.com' }
    const refused = await again.submit(await formOf(again, '/sign-up', '/sign-up'), fields)
    expect(wordsOf(refused)).toContain('This handle is taken')
  })

  test.each([
    ['another handle', { handle: 'nova' }, /Type p_\w+ to confirm/],
    ['a wrong password', { password: 'wrong pass-phrase' }, /not your current password/],
  ])('is not to be had by %s', async (_, change, words) => {
    const { person, browser } = await newcomer(server)
    const form = await formOf(browser, '/account/data', '/account/delete')
    const shown = await browser.submit(form, { ...person, ...change })
    expect(shown.status).toBe(422)
    expect(wordsOf(shown)).toMatch(words)
    expect(shown.text).not.toContain('pass-phrase')
    expect(await isSignedIn(browser)).toBe(true)
    expect(
      (await browser.post(form.action, { ...form.fields, ...person }, { 'sec-fetch-site': 'cross-site' }))
        .status,
    ).toBe(403)
    expect((await browser.open('/account/delete')).status).toBe(405)
    expect(await isSignedIn(browser)).toBe(true)
  })
})
