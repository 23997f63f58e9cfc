import { fileServer, hour, minute, ownServer } from '@stagedoor/testkit/server'
import { type App, answerTo, appAndBrowser, newVerifier, pairOf } from '@stagedoor/testkit/wire-app'
import {
  Browser,
  decoded,
  formTo,
  nova,
  type Shown,
  signedIn,
  wordsOf,
} from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'

const server = await fileServer()
const { app, browser } = await appAndBrowser(server)

/** The address under *Start again*. */
function startAgain(shown: Shown): string {
  const [, href = ''] = /<a class="button" href="([^"]*)">Start again</.exec(shown.text) ?? []
  return decoded(href)
}

const appName = async (each: App): Promise<string> =>
  (await server.store.findApp(each.apiKey ?? ''))?.name ?? 'no app'

describe('a login that cannot go on', () => {
  test('says that its time is up, names the app, and starts again with all that was asked and typed', async () => {
    const server = await ownServer()
    const { app } = await appAndBrowser(server)
    const { name } = (await server.store.findApp(app.apiKey ?? '')) ?? { name: 'no app' }
    const browser = new Browser(server.url)
    const verifier = newVerifier()
    const asked = { prompt: 'consent', response_mode: 'query', display: 'fullScreen', state: 'a&b=ü' }
    const page = await app.begin(browser, asked, verifier)
    for (const late of [11 * minute, 5 * hour]) {
      server.advance(late)
      const ended = await browser.signIn(page, nova)
      expect(ended).toMatchObject({ status: 400, leftFor: null })
      expect(wordsOf(ended)).toMatch(/This login has ended.*ten minutes/)
      expect(wordsOf(ended)).toContain(name)
      const again = await browser.open(startAgain(ended))
      expect(formTo(again, '/sign-in').fields['login']).toBe(nova.handle)
    }
    const again = await browser.open(startAgain(await browser.signIn(page, nova)))
    const consent = await browser.signIn(again, nova)
    const answer = answerTo(await browser.allow(consent), app.redirectUri)
    expect(answer['state']).toBe('a&b=ü')
    pairOf(await app.exchange({ code: answer['code'] ?? '', verifier }))
  })

  test('starts again with the key that its tokens were to be bound to (RFC 9449 §10)', async () => {
    const thumbprint = 'x'.repeat(43)
    const page = await app.begin(new Browser(server.url), { dpop_jkt: thumbprint })
    const again = new URL(startAgain(await browser.open(page.url)), server.url)
    expect(again.searchParams.get('dpop_jkt')).toBe(thumbprint)
  })

  test('says that the clock was set back, and does not ask for a sign-in again and again', async () => {
    const server = await ownServer()
    const { app, browser } = await appAndBrowser(server)
    const page = await app.begin(browser, { prompt: 'login' })
    server.advance(-hour)
    const ended = await browser.signIn(page, nova)
    expect(wordsOf(ended)).toMatch(/This login has ended.*clock of this server was set back/)
    const again = await browser.open(startAgain(ended))
    expect(answerTo(await browser.signIn(again, nova), app.redirectUri)).toHaveProperty('code')
  })

  test('says that another browser has begun it', async () => {
    const page = await app.begin(new Browser(server.url))
    const shown = await browser.open(page.url)
    expect(wordsOf(shown)).toContain('This login belongs to another browser')
    expect(wordsOf(shown)).toContain(await appName(app))
    expect(answerTo(await browser.open(startAgain(shown)), app.redirectUri)['code']).toBeDefined()
  })

  test('says that it is finished, and what was answered', async () => {
    const page = await app.begin(browser, { prompt: 'consent' })
    await browser.cancel(page)
    const shown = await browser.allow(page)
    expect(wordsOf(shown)).toMatch(/already finished.*You have cancelled/)
    expect(wordsOf(shown)).toContain(await appName(app))
    formTo(await browser.open(startAgain(shown)), '/consent')
  })

  test('says that the browser keeps no cookies, before anything is typed', async () => {
    const page = await app.begin(new Browser(server.url))
    const shown = await new Browser(server.url).open(page.url)
    expect(wordsOf(shown)).toContain('This browser keeps no cookies')
    expect(startAgain(shown)).toMatch(/^\/v1\/oauth\/authorize\?/)
  })

  test('says so of a form as well', async () => {
    const form = formTo(await browser.open('/sign-in'), '/sign-in')
    const shown = await new Browser(server.url).submit(form)
    expect(shown.status).toBe(403)
    expect(wordsOf(shown)).toContain('This browser keeps no cookies')
  })

  test.each(['', 'x', 'sdrq_', `sdrq_${'A'.repeat(400)}`, '\u{1f600}'])(
    'says that it is not known: %j',
    async (request) => {
      const shown = await browser.open(`/consent?request=${encodeURIComponent(request)}`)
      expect(shown).toMatchObject({ status: 400, leftFor: null })
      expect(wordsOf(shown)).toContain('This login is not known here')
    },
  )

  test('is not known when one character of it is another', async () => {
    const page = await app.begin(browser, { prompt: 'consent' })
    const { request = '' } = formTo(page, '/consent').fields
    for (const at of [5, 10, 20, 60, request.length - 3]) {
      const other = request[at] === 'A' ? 'B' : 'A'
      const changed = request.slice(0, at) + other + request.slice(at + 1)
      const shown = await browser.submit(formTo(page, '/consent'), { request: changed })
      expect(wordsOf(shown)).toContain('This login is not known here')
    }
  })

  test('has one answer, however its text is written', async () => {
    const page = await app.begin(browser, { prompt: 'consent' })
    const { request = '' } = formTo(page, '/consent').fields
    const first = answerTo(await browser.allow(page), app.redirectUri)
    for (const same of [`${request}=`, `${request}==`, `${request} `])
      expect(
        answerTo(await browser.submit(formTo(page, '/consent'), { request: same }), app.redirectUri),
      ).toEqual(first)
  })

  test('for another account offers to see which', async () => {
    const page = await app.begin(browser, { prompt: 'consent' })
    const shown = await browser.submit(formTo(page, '/consent'), { account: 'somebody' })
    expect(shown.status).toBe(409)
    formTo(await browser.open(startAgain(shown)), '/consent')
  })
})

test('a form that was left open for hours signs in all the same', async () => {
  const server = await ownServer()
  const browser = new Browser(server.url)
  const page = await browser.open('/sign-in')
  server.advance(9 * hour)
  expect((await browser.signIn(page, nova)).status).toBe(200)
  expect((await signedIn(server.url)).cookies.size).toBe(2)
})
