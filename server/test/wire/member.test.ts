import { fileServer } from '@stagedoor/testkit/server'
import { App } from '@stagedoor/testkit/wire-app'
import { Browser, formTo, jun, nova, signedIn, wordsOf } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'
import { readForm } from '../../src/http/params.ts'
import { purposeOf } from '../../src/pages/login/destination.ts'

const server = await fileServer()
const attack = `"><script>alert(1)</script>`

/** Ends a browser's session on the server, as when it has run out; the browser does not know. */
async function endSession(browser: Browser): Promise<void> {
  const same = new Browser(browser.origin)
  for (const [name, value] of browser.cookies) same.cookies.set(name, value)
  await same.submit(formTo(await same.open('/sign-out'), '/sign-out'))
}

describe('a page of a member', () => {
  test('asks who is there, and comes back to itself with its query', async () => {
    const browser = new Browser(server.url)
    const page = await browser.open('/account?done=saved')
    expect(page.url).toBe(`${server.url}/sign-in?next=${encodeURIComponent('/account?done=saved')}`)
    const back = await browser.signIn(page, nova)
    expect(back.url).toBe(`${server.url}/account?done=saved`)
    expect(wordsOf(back)).toContain('Your profile is saved.')
  })

  test('is come back to also by way of a mistake and of a new account', async () => {
    const browser = new Browser(server.url)
    const page = await browser.open('/account')
    const wrong = await browser.signIn(page, { ...nova, password: 'wrong pass-phrase' })
    expect(wrong.status).toBe(422)
    const [, signUp = ''] = /href="(\/sign-up[^"]*)"/.exec(wrong.text) ?? []
    const form = formTo(await browser.open(signUp), '/sign-up')
    const person = { handle: 'comes_back', name: 'Back', email: 'back@example.com' }
    const refused = await browser.submit(form, { ...person, password: 'short' })
    const again = formTo(refused, '/sign-up')
    expect((await browser.submit(again, { password: 'a new pass-phrase' })).url).toBe(`${server.url}/account`)
  })

  test('runs our own script alone and is framed by nobody', async () => {
    const { headers, text } = await (await signedIn(server.url)).open('/account')
    const policy = headers.get('content-security-policy') ?? ''
    for (const part of [
      "default-src 'none'",
      "script-src 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ])
      expect(policy).toContain(part)
    expect(policy).not.toContain('unsafe')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(text.match(/<script[^>]*>/g)).toEqual([
      expect.stringMatching(/^<script src="\/assets\/member\.[0-9a-f]{12}\.js" defer/),
    ])
  })

  test('is not under another name of the server', async () => {
    const answer = await fetch(`${server.url.replace('localhost', '127.0.0.1')}/account`, {
      redirect: 'manual',
    })
    expect(answer.status).toBe(421)
  })
})

describe('where a sign-in leads', () => {
  const inside = [
    '/account',
    '/account/apps',
    '/account/security?done=password',
    '/developers/app_1-x?a=b%20c&d=e',
    '/account/',
    '/developers/app_1-x/log?q=code*&from=10:00,11:00/b?',
  ]
  test.each(inside)('%s', (next) => {
    expect(purposeOf(readForm(new URLSearchParams({ next }).toString())).next).toBe(next)
  })

  const outside = [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example/account',
    'https:evil.example',
    'javascript:alert(1)',
    '/account//evil.example',
    '/account/../sign-out',
    '/account/%2e%2e/sign-out',
    '/accounts',
    '/account@evil.example',
    '/account/\u0009evil',
    '/account#x',
    '/account?x=\r\nset-cookie:a=b',
    '/sign-out',
    '/v1/oauth/authorize?x=y',
    ' /account',
    '',
  ]
  test.each(outside)('never to %j', async (next) => {
    const browser = new Browser(server.url)
    const page = await browser.open(`/sign-in?${new URLSearchParams({ next })}`)
    expect(formTo(page, '/sign-in').fields).not.toHaveProperty('next')
    const tampered = formTo(page, '/sign-in')
    const shown = await browser.submit(tampered, { login: nova.handle, password: nova.password, next })
    // A body with control characters in it is refused whole.
    const expected = /[\t\r\n]/.test(next) ? { status: 400 } : { url: `${server.url}/` }
    expect(shown).toMatchObject({ ...expected, leftFor: null })
  })

  test('is the app’s request, where there is one as well', async () => {
    const uri = 'https://app.example/cb'
    const app = new App(server.url, { apiKey: await server.register('Both Ways', uri) }, uri)
    const browser = new Browser(server.url)
    const page = await app.begin(browser)
    const fields = { login: nova.handle, password: nova.password, next: '/account' }
    expect((await browser.submit(formTo(page, '/sign-in'), fields)).url).toContain('/consent?request=')
  })
})

describe('a form of a member whose session has ended', () => {
  test('is kept as it was typed, and goes on after the sign-in', async () => {
    const browser = await signedIn(server.url, jun)
    const form = formTo(await browser.open('/account'), '/account/profile')
    await endSession(browser)
    const typed = { name: 'Jun & Co', bio: 'two\nlines', location: attack }
    const held = await browser.submit(form, typed)
    expect(held.status).toBe(401)
    expect(wordsOf(held)).toContain('You are signed out')
    expect(held.text).not.toContain('<script')
    const kept = formTo(held, '/account/profile')
    expect(kept.fields).toMatchObject(typed)

    const tab = await browser.open('/sign-in')
    await browser.signIn(tab, jun)
    const saved = await browser.submit(kept)
    expect(saved.url).toBe(`${server.url}/account?done=saved`)
    expect(formTo(saved, '/account/profile').fields).toMatchObject(typed)
    expect(saved.text).not.toContain('<script>')
  })

  test('keeps no password', async () => {
    const browser = await signedIn(server.url)
    const form = formTo(await browser.open('/account'), '/account/profile')
    await endSession(browser)
    const fields = {
      name: 'N',
      password: 'old pass-phrase',
      new_password: 'new pass-phrase',
      newPassword: 'pass-phrase',
    }
    const held = await browser.submit(form, fields)
    expect(held.text).not.toContain('pass-phrase')
    expect(Object.keys(formTo(held, '/account/profile').fields)).not.toContain('password')
  })

  test.each(['application/json', 'text/plain', 'application/x-www-form-urlencodedx', 'multipart/form-data'])(
    'is not read as %s',
    async (type) => {
      const browser = await signedIn(server.url)
      const shown = await browser.post('/account/profile', { name: 'x' }, { 'content-type': type })
      expect([400, 415]).toContain(shown.status)
    },
  )

  test.each(['\u0000', '\u0007', '\ud800', '\u007f'])(
    'holds nothing that nobody can type: %j',
    async (character) => {
      const browser = await signedIn(server.url)
      const form = formTo(await browser.open('/account'), '/account/profile')
      const shown = await browser.submit(form, { name: `a${character}b` })
      // Half a character is replaced on its way.
      expect(shown.status).toBe(400)
    },
  )
})
