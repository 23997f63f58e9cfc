import { newcomer } from '@stagedoor/testkit/newcomer'
import { fileServer } from '@stagedoor/testkit/server'
import { App } from '@stagedoor/testkit/wire-app'
import { type Browser, formTo } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'

const server = await fileServer()
const attack = `"><img src=x onerror=alert(1)><script>alert(1)</script>`

async function registered(name: string, on = server) {
  const uri = 'https://app.example/cb'
  return new App(on.url, { apiKey: await on.register(name, uri) }, uri)
}
const formOf = async (browser: Browser, page: string, action: string) =>
  formTo(await browser.open(page), action)
describe('what others see of a profile', () => {
  test('is text in every field', async () => {
    const { browser } = await newcomer(server)
    const fields = { name: attack, bio: attack, location: attack, website: 'https://a.example/?q=1&amp;x' }
    const saved = await browser.submit(await formOf(browser, '/account', '/account/profile'), fields)
    expect(saved.status).toBe(200)
    const app = await registered('Shows It')
    for (const page of [
      saved,
      await browser.open('/'),
      await app.begin(browser),
      await browser.open('/sign-out'),
    ])
      expect(page.text).not.toMatch(/<script>|<img src=x/)
  })

  test.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'https://a b',
    'https://x"onclick=alert(1)',
    'ftp://x',
  ])('has no website %j', async (website) => {
    const { browser } = await newcomer(server)
    const shown = await browser.submit(await formOf(browser, '/account', '/account/profile'), { website })
    expect(shown.status).toBe(422)
  })

  test('has no name that hides, reorders or is empty', async () => {
    const { browser } = await newcomer(server)
    for (const name of ['', ' ', 'a\u202eb', 'a\u200bb', 'x'.repeat(65)])
      expect(
        (await browser.submit(await formOf(browser, '/account', '/account/profile'), { name })).status,
      ).toBe(422)
  })
})
