import { fileServer } from '@stagedoor/testkit/server'
import { answerTo, appAndBrowser } from '@stagedoor/testkit/wire-app'
import { Browser, formTo, jun, nova, type Shown, signedIn } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'

const server = await fileServer()
const { app } = await appAndBrowser(server)
const uri = app.redirectUri

/** Two tabs of a browser that ask at the same moment, before either has an answer. */
async function atOnce(browser: Browser, paths: readonly [string, string]): Promise<[Shown, Shown]> {
  const [one, two] = paths.map((path) => {
    const tab = new Browser(server.url)
    for (const [name, value] of browser.cookies) tab.cookies.set(name, value)
    return { tab, shown: tab.request(path, { headers: {} }) }
  })
  if (one === undefined || two === undefined) throw new Error('two tabs')
  const answers = [await one.shown, await two.shown] as const
  for (const { tab } of [one, two]) for (const [name, value] of tab.cookies) browser.cookies.set(name, value)
  const follow = (shown: Shown) =>
    shown.status === 303 ? browser.open(shown.headers.get('location') ?? '') : Promise.resolve(shown)
  return [await follow(answers[0]), await follow(answers[1])]
}

describe('two tabs that open at once on a first visit', () => {
  test('both complete their login', async () => {
    for (const order of [0, 1] as const) {
      const browser = new Browser(server.url)
      const tabs = await atOnce(browser, [app.authorizePath(), app.authorizePath()])
      const [first, second] = order === 0 ? tabs : [tabs[1], tabs[0]]
      const signed = await browser.signIn(first, nova)
      expect(
        answerTo(signed.leftFor === null ? await browser.allow(signed) : signed, uri)['code'],
      ).toBeDefined()
      const other = await browser.signIn(second, nova)
      expect(answerTo(other.leftFor === null ? await browser.allow(other) : other, uri)['code']).toBeDefined()
    }
  })

  test.each(['/sign-in', '/sign-up'])('both may send the form at %s', async (path) => {
    const browser = new Browser(server.url)
    for (const page of await atOnce(browser, [path, path]))
      expect((await browser.submit(formTo(page, path), { login: 'nobody' })).status).not.toBe(403)
  })

  test('are one browser from then on, which gets no other cookie', async () => {
    const browser = new Browser(server.url)
    await atOnce(browser, ['/sign-in', '/sign-in'])
    const names = [...browser.cookies.keys()]
    expect(names).toHaveLength(2)
    await browser.open('/sign-in')
    await app.begin(browser)
    expect([...browser.cookies.keys()]).toEqual(names)
  })

  test('are no other browser: what one has begun, another cannot go on with', async () => {
    const browser = new Browser(server.url)
    const [page] = await atOnce(browser, [app.authorizePath(), app.authorizePath()])
    const thief = await signedIn(server.url, jun)
    expect(await thief.open(page.url)).toMatchObject({ status: 400, leftFor: null })
    const own = formTo(await thief.open('/sign-in'), '/sign-in')
    const { csrf = '' } = formTo(page, '/sign-in').fields
    const fields = { login: jun.handle, password: jun.password, csrf }
    expect(await thief.submit(own, fields)).toMatchObject({ status: 403, leftFor: null })
  })
})

/** A browser that sends the cookies of some others, each under a name of its own, before or after its own one. */
const withCookies = (own: Browser, names: (index: number) => string, others: readonly Browser[]): Browser => {
  const browser = new Browser(server.url)
  for (const [index, other] of others.entries())
    browser.cookies.set(names(index), [...other.cookies.values()][0] ?? '')
  for (const [name, value] of own.cookies) browser.cookies.set(name, value)
  return browser
}

describe('a browser is known by', () => {
  test('eight cookies at most: whoever can set more makes it no other one’s', async () => {
    const others = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const other = new Browser(server.url)
        await other.open('/sign-in')
        return other
      }),
    )
    const own = new Browser(server.url)
    const page = await app.begin(own)
    const [base = ''] = [...own.cookies.keys()].map((name) => name.replace(/-[^-]*$/, ''))
    const named = (index: number) => `${base}-${index}`
    expect((await withCookies(own, named, others.slice(1)).open(page.url)).status).toBe(200)
    expect((await withCookies(own, named, others).open(page.url)).status).toBe(400)
  })

  test('its cookies of this port alone: another server at this host may have one that begins alike', async () => {
    const own = new Browser(server.url)
    const page = await app.begin(own)
    const elsewhere = new Browser(server.url)
    for (const [name, value] of own.cookies) elsewhere.cookies.set(name.replace(/-(\w+)$/, '1-$1'), value)
    expect((await elsewhere.open(page.url)).status).toBe(400)
  })
})

test('signing out in one tab leaves a login in the other to be signed in to', async () => {
  const browser = await signedIn(server.url)
  const page = await app.begin(browser, { prompt: 'consent' })
  await browser.submit(formTo(await browser.open('/sign-out'), '/sign-out'))
  const asked = await browser.allow(page)
  expect(answerTo(await browser.allow(await browser.signIn(asked, nova)), uri)['code']).toBeDefined()
})
